#include "openid/holder_erasure.h"

namespace openid {
namespace {

constexpr store::Query kRevoke{
    "token_family.revoke_all",
    "UPDATE token_family SET revoked_at_utc = $2 WHERE citizen_id = $1 AND revoked_at_utc IS NULL"};
// A code that is on its way, or a device that waits, would make a new sign-in.
constexpr store::Query kEndCodes{
    "authorization_code.end_all",
    "DELETE FROM authorization_code WHERE citizen_id = $1 AND used_at_utc IS NULL"};
constexpr store::Query kGrants{"party_grant.erase",
                               "DELETE FROM party_grant WHERE citizen_id = $1"};
constexpr store::Query kEndedGrants{"ended_party_grant.erase",
                                    "DELETE FROM ended_party_grant WHERE citizen_id = $1"};
constexpr store::Query kFamilies{"token_family.erase",
                                 "DELETE FROM token_family WHERE citizen_id = $1"};
constexpr store::Query kCodes{"authorization_code.erase",
                              "DELETE FROM authorization_code WHERE citizen_id = $1"};
constexpr store::Query kAccess{"access_token.erase",
                               "DELETE FROM access_token WHERE citizen_id = $1"};
constexpr store::Query kRefresh{"refresh_token.erase",
                                "DELETE FROM refresh_token WHERE citizen_id = $1"};
constexpr store::Query kDevices{"device_authorization.erase",
                                "DELETE FROM device_authorization WHERE citizen_id = $1"};

struct Removal {
  std::string_view table;
  store::Query query;
};

}  // namespace

core::Status revoke_everything(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                               core::Instant now) {
  TRY_VOID(unit.run(kRevoke, {citizen_id, now}));
  TRY_VOID(unit.run(kEndCodes, {citizen_id}));
  TRY_VOID(unit.run(kDevices, {citizen_id}));
  return {};
}

core::Result<ErasedRows> erase_holder(store::UnitOfWork& unit, const core::CitizenId& citizen_id) {
  ErasedRows erased;
  for (const auto& removal :
       {Removal{"party_grant", kGrants}, Removal{"ended_party_grant", kEndedGrants},
        Removal{"token_family", kFamilies}, Removal{"authorization_code", kCodes},
        Removal{"access_token", kAccess}, Removal{"refresh_token", kRefresh},
        Removal{"device_authorization", kDevices}}) {
    TRY(const auto rows, unit.run(removal.query, {citizen_id}));
    erased.emplace_back(removal.table, rows.affected());
  }
  return erased;
}

}  // namespace openid
