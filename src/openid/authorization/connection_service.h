// ConnectionService: the parties a citizen is connected to, and ending a connection. Safe from any
// thread.
#pragma once

#include <vector>

#include "openid/client/party_service.h"
#include "openid/token/token_service.h"
#include "store/database.h"

namespace openid {

/// A party the citizen agreed to give something to.
struct Connection {
  PartyPtr party;
  Texts claims;
  bool offline_access = false;
  core::Instant granted_at;
  core::Instant last_used_at;
};

class ConnectionService {
 public:
  ConnectionService(store::Database& data, PartyService& parties, TokenService& tokens)
      : data_(data), parties_(parties), tokens_(tokens) {}

  /// The last used first. Errors: the store's.
  [[nodiscard]] core::Result<std::vector<Connection>> list(const CitizenId& citizen_id,
                                                           core::Instant now);
  /// Errors: kNotFound "connection.unknown".
  [[nodiscard]] core::Status disconnect(const CitizenId& citizen_id, std::string_view client_id,
                                        core::Instant now);
  /// Whether the citizen's agreement with the party lives; for the vault.
  [[nodiscard]] static core::Result<bool> is_live(store::UnitOfWork& unit,
                                                  const CitizenId& citizen_id,
                                                  std::string_view client_id);

 private:
  store::Database& data_;
  PartyService& parties_;
  TokenService& tokens_;
};

}  // namespace openid
