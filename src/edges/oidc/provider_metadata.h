// ProviderMetadata: the provider's discovery document, believed only as far as it agrees with the
// configured issuer. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace edges::oidc {

struct ProviderMetadata {
  std::string issuer;
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string jwks_uri;
  std::string userinfo_endpoint;  ///< empty if the provider has none
  bool says_iss = false;          ///< authorization_response_iss_parameter_supported

  /// Errors: kUnavailable "oidc.metadata" not JSON, a member missing or of a wrong form, an address
  ///         that is neither https nor http of a loopback name, no code flow or no S256, or an
  ///         issuer that is not byte for byte the configured one.
  /// Source: OpenID Connect Discovery 1.0, section 4.3 (issuer comparison).
  [[nodiscard]] static core::Result<ProviderMetadata> parse(std::string_view json_text,
                                                            std::string_view issuer);
};

/// https, or http whose host is localhost, 127.0.0.1 or [::1].
[[nodiscard]] bool is_safe_url(std::string_view url);

/// "<issuer>/.well-known/openid-configuration".
[[nodiscard]] std::string discovery_url(std::string_view issuer);

}  // namespace edges::oidc
