#include "openid/authorization/connection_service.h"

#include "audit/operation_log.h"
#include "openid/token/token_store.h"

namespace openid {
namespace {

using core::ErrorCode;
using core::fail;

core::Status check_narrower(const Texts& wanted, const Texts& now) {
  if (!covers(now, wanted)) return fail(ErrorCode::kInvalidInput, "consent.narrow_wider");
  if (covers(wanted, now)) return fail(ErrorCode::kInvalidInput, "consent.not_narrower");
  return {};
}

}  // namespace

core::Result<std::vector<Connection>> ConnectionService::list(const CitizenId& citizen_id,
                                                              core::Instant now) {
  TRY(const auto grants,
      data_.read([&](store::UnitOfWork& unit) { return list_live_grants(unit, citizen_id, now); }));
  std::vector<Connection> connections;
  for (const auto& grant : grants) {
    const auto party = parties_.get(grant.client_id, now);
    if (!party) continue;
    connections.push_back(
        {*party, grant.claims, grant.offline_access, grant.granted_at, grant.last_used_at});
  }
  return connections;
}

core::Result<std::vector<PartyConsent>> ConnectionService::list_all(const CitizenId& citizen_id,
                                                                    core::Instant now) {
  TRY(auto grants,
      data_.read([&](store::UnitOfWork& unit) { return list_grants(unit, citizen_id); }));
  std::vector<PartyConsent> consents;
  for (auto& grant : grants) {
    const auto party = parties_.get(grant.client_id, now);
    consents.push_back({std::move(grant), party ? *party : PartyPtr()});
  }
  return consents;
}

core::Result<ConsentDocument> ConnectionService::document(std::string_view sha256) {
  TRY(auto document,
      data_.read([&](store::UnitOfWork& unit) { return find_consent_document(unit, sha256); }));
  if (!document) return fail(ErrorCode::kNotFound, "consent.document_unknown");
  return *std::move(document);
}

core::Status ConnectionService::narrow(const CitizenId& citizen_id, std::string_view client_id,
                                       const Texts& claims, core::Instant now) {
  if (claims.empty()) return fail(ErrorCode::kInvalidInput, "consent.narrow_to_nothing");
  const auto party = parties_.get(client_id, now);
  if (!party) return fail(ErrorCode::kNotFound, "connection.unknown");
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto grant, find_grant(unit, citizen_id, client_id));
    if (!grant || !grant->is_live(now)) return fail(ErrorCode::kNotFound, "connection.unknown");
    TRY_VOID(check_narrower(claims, grant->claims));
    grant->claims = common(grant->claims, claims);
    grant->narrowed_at = now;
    TRY_VOID(narrow_grant(unit, *grant));
    return audit::record_operation(unit, {citizen_id, "party.narrowed", (*party)->name.ru}, now,
                                   rng_);
  });
}

core::Status ConnectionService::disconnect(const CitizenId& citizen_id, std::string_view client_id,
                                           core::Instant now) {
  const auto party = parties_.get(client_id, now);
  if (!party) return fail(ErrorCode::kNotFound, "connection.unknown");
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool was, withdraw_grant(unit, citizen_id, client_id, now));
    if (!was) return fail(ErrorCode::kNotFound, "connection.unknown");
    TRY_VOID(sql::revoke_families_of(unit, citizen_id, client_id, now));
    return audit::record_operation(unit, {citizen_id, "party.disconnected", (*party)->name.ru}, now,
                                   rng_);
  });
}

}  // namespace openid
