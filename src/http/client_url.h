// ClientUrl: an absolute http or https URL of the configuration, taken apart. Internal to the HTTP
// room. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace http {

struct ClientUrl {
  bool tls = false;
  std::string host;    ///< lower case, an IPv6 address without brackets
  std::string port;    ///< digits; the scheme's own if the URL names none
  std::string target;  ///< path and query, at least "/"

  /// Errors: kInvalidInput "client.url" not absolute, another scheme, or with userinfo.
  [[nodiscard]] static core::Result<ClientUrl> parse(std::string_view text);
  /// "https://host:port": what connections are kept under.
  [[nodiscard]] std::string origin() const;
  /// The Host field.
  [[nodiscard]] std::string authority() const;
};

}  // namespace http
