#include "openid/authorization/connection_service.h"

#include "openid/authorization/authorization_store.h"

namespace openid {

core::Result<std::vector<Connection>> ConnectionService::list(const CitizenId& citizen_id,
                                                              core::Instant now) {
  TRY(const auto grants,
      data_.read([&](store::UnitOfWork& unit) { return sql::list_live_grants(unit, citizen_id); }));
  std::vector<Connection> connections;
  for (const auto& grant : grants) {
    const auto party = parties_.get(grant.client_id, now);
    if (!party) continue;
    connections.push_back(
        {*party, grant.claims, grant.offline_access, grant.granted_at, grant.last_used_at});
  }
  return connections;
}

core::Status ConnectionService::disconnect(const CitizenId& citizen_id, std::string_view client_id,
                                           core::Instant now) {
  const auto party = parties_.get(client_id, now);
  if (!party) return core::fail(core::ErrorCode::kNotFound, "connection.unknown");
  return tokens_.disconnect(citizen_id, **party, now);
}

core::Result<bool> ConnectionService::is_live(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                              std::string_view client_id) {
  TRY(const auto grant, sql::find_grant(unit, citizen_id, client_id));
  return grant && !grant->withdrawn_at;
}

}  // namespace openid
