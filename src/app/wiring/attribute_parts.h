// What is known about people and what it opens: attributes, the function table, links with identity
// providers, and their routes. Made once by Platform; safe from any thread.
#pragma once

#include <vector>

#include "api/identity/attribute_api.h"
#include "app/adapters/document_claims.h"
#include "app/adapters/room_bridges.h"
#include "app/config/jurisdiction.h"

namespace app {

/// What the parts rest on; all outlive them. The wallet's services may be made later, since the
/// wallet itself asks the gate; nothing of them is used before.
struct AttributePartsPorts {
  store::Database& data;
  vault::Vault& vault;
  identity::AssuranceService& assurance;
  const identity::IdentityProviders& providers;
  wallet::DocumentService& documents;
  wallet::DigitalIdService& digital_id;
  core::Rng& rng;
};

class AttributeParts {
 public:
  AttributeParts(const AttributePartsPorts& ports, const Jurisdiction& jurisdiction);

  [[nodiscard]] identity::FunctionGate& gate() { return gate_; }
  [[nodiscard]] std::vector<http::Route> routes() { return api_.routes(); }

 private:
  PassportClaims passport_;
  identity::AttributeService attributes_;
  identity::FunctionGate gate_;
  WalletEnds ends_;
  identity::LinkService links_;
  api::AttributeApi api_;
};

}  // namespace app
