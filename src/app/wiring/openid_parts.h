// OpenidParts: the OpenID Provider's services and handlers, made once and plugged into each other.
// Safe from any thread; what it is made of must outlive it.
#pragma once

#include <memory>

#include "api/openid/connections_api.h"
#include "api/openid/openid_endpoints.h"
#include "api/openid/parties_api.h"
#include "app/adapters/logout_sender.h"
#include "app/adapters/openid_claims.h"
#include "app/adapters/openid_session_endings.h"
#include "app/adapters/openid_sign_ins.h"
#include "app/adapters/party_documents.h"
#include "app/keys/openid_keys.h"
#include "crypto/key_provider.h"

namespace app {

struct OpenidGround {
  store::Database& data;
  vault::Vault& vault;
  crypto::KeyProvider& root;
  identity::AssuranceService& assurance;
  core::Rng& rng;
};

class OpenidParts {
 public:
  /// @param public_url  our issuer.
  OpenidParts(OpenidGround ground, std::unique_ptr<OpenidKeys> keys, const std::string& public_url);

  [[nodiscard]] std::vector<http::Route> routes();
  [[nodiscard]] identity::SessionEndings& endings() { return endings_; }
  [[nodiscard]] openid::PartyService& parties() { return parties_; }
  /// Before the first request.
  void plug_terms(openid::ConsentTerms terms) { authorizations_.plug_terms(std::move(terms)); }
  [[nodiscard]] openid::ConnectionService& connections() { return connections_; }
  [[nodiscard]] openid::LogoutService& logouts() { return logouts_; }
  [[nodiscard]] core::Status purge(core::Instant now);

 private:
  std::unique_ptr<OpenidKeys> keys_;
  OpenidClaims claims_;
  OpenidSignIns sign_ins_;
  http::Client document_client_;
  FetchedPartyDocuments documents_;
  openid::PartyService parties_;
  openid::TokenService tokens_;
  openid::AuthorizationService authorizations_;
  openid::ConnectionService connections_;
  openid::DeviceService devices_;
  http::Client client_;
  LogoutFormSender sender_;
  openid::LogoutService logouts_;
  OpenidSessionEndings endings_;
  identity::StaffService staff_;
  api::OpenidEndpoints endpoints_;
  api::ConnectionsApi connections_api_;
  api::PartiesApi parties_api_;
};

}  // namespace app
