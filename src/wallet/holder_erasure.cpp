#include "wallet/holder_erasure.h"

namespace wallet {
namespace {

constexpr store::Query kRevokeAll{
    "revoked_attestation.insert_all",
    "INSERT INTO revoked_attestation (attestation_digest, revoked_at_utc, expires_at_utc)"
    " SELECT attestation_digest, CAST($2 AS BIGINT), expires_at_utc FROM attestation"
    " WHERE citizen_id = $1 AND expires_at_utc > $2"
    " ON CONFLICT (attestation_digest) DO NOTHING"};
constexpr store::Query kErasePortraits{
    "portrait_index.erase",
    "DELETE FROM portrait_index WHERE attestation_digest IN"
    " (SELECT attestation_digest FROM attestation WHERE citizen_id = $1)"};
constexpr store::Query kEraseAttestations{"attestation.erase",
                                          "DELETE FROM attestation WHERE citizen_id = $1"};
constexpr store::Query kEraseDevices{"device.erase", "DELETE FROM device WHERE citizen_id = $1"};
constexpr store::Query kEraseDocuments{"document.erase",
                                       "DELETE FROM document WHERE citizen_id = $1"};

}  // namespace

core::Status revoke_everything(store::UnitOfWork& unit, const CitizenId& id, core::Instant now) {
  TRY_VOID(unit.run(kRevokeAll, {id, now}));
  TRY_VOID(unit.run(kErasePortraits, {id}));
  TRY_VOID(unit.run(kEraseDevices, {id}));
  return {};
}

core::Result<ErasedHolder> erase_holder(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto portraits, unit.run(kErasePortraits, {id}));
  TRY(const auto attestations, unit.run(kEraseAttestations, {id}));
  TRY(const auto devices, unit.run(kEraseDevices, {id}));
  TRY(const auto documents, unit.run(kEraseDocuments, {id}));
  return ErasedHolder{documents.affected(), devices.affected(), attestations.affected(),
                      portraits.affected()};
}

}  // namespace wallet
