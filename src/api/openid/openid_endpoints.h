// The OpenID Provider's endpoints for relying parties: discovery, keys, authorization, tokens,
// userinfo. Thin: parse, call one service, render in OAuth's form. Safe from any thread; the
// services must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "openid/authorization/authorization_service.h"
#include "openid/client/party_service.h"
#include "openid/device/device_service.h"
#include "openid/logout/logout_service.h"
#include "openid/token/token_service.h"

namespace api {

struct OpenidServices {
  openid::PartyService& parties;
  openid::AuthorizationService& authorizations;
  openid::TokenService& tokens;
  openid::DeviceService& devices;
  openid::LogoutService& logouts;
  openid::SigningKeys& keys;
  openid::ProviderAddress address;
};

class OpenidEndpoints {
 public:
  explicit OpenidEndpoints(OpenidServices services) : services_(std::move(services)) {}

  /// The endpoints' part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  using Handler = Answer (OpenidEndpoints::*)(const http::Request&);
  [[nodiscard]] Answer jwks(const http::Request& request);
  [[nodiscard]] Answer authorize(const http::Request& request);
  [[nodiscard]] Answer end_session(const http::Request& request);
  [[nodiscard]] Answer start_device(const http::Request& request);
  [[nodiscard]] Answer push(const http::Request& request);
  [[nodiscard]] Answer token(const http::Request& request);
  [[nodiscard]] Answer introspect(const http::Request& request);
  [[nodiscard]] Answer revoke(const http::Request& request);
  [[nodiscard]] Answer userinfo(const http::Request& request);
  [[nodiscard]] Answer serve_client(const openid::RelyingParty& party,
                                    const openid::Parameters& form, std::string_view jkt,
                                    core::Instant now);
  [[nodiscard]] Answer tell_userinfo(const openid::UserInfoRight& right,
                                     const openid::ClaimValues& values, core::Instant now);

  [[nodiscard]] core::Result<openid::TokenAnswer> grant(const openid::RelyingParty& party,
                                                        const openid::Parameters& form,
                                                        std::string_view jkt, core::Instant now);
  [[nodiscard]] core::Result<openid::PartyPtr> client_of(const http::Request& request,
                                                         const openid::Parameters& form);
  /// The thumbprint of the request's proof, used up; empty without one.
  [[nodiscard]] core::Result<std::string> proof_of(const http::Request& request,
                                                   std::string_view path,
                                                   std::string_view access_token);
  [[nodiscard]] http::Route endpoint(http::Method method, std::string path,
                                     std::string operation_id, Handler handler);

  OpenidServices services_;
};

/// The discovery document. Source: OpenID Connect Discovery 1.0, section 3; RFC 8414, section 2.
[[nodiscard]] codec::JsonObject discovery_document(const openid::ProviderAddress& address);

}  // namespace api
