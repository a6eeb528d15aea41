#include "app/adapters/account_holders.h"

#include "audit/log_entry.h"
#include "audit/operation_erasure.h"
#include "openid/authorization/party_grant.h"
#include "openid/holder_erasure.h"
#include "privacy/informing/informing_store.h"
#include "privacy/kept_consent.h"
#include "privacy/request/holder_erasure.h"
#include "vault/destruction.h"
#include "wallet/holder_erasure.h"

namespace app {
namespace {

/// Records of consents, of whichever room, are one line of the report.
void add_kept(identity::ErasureCounts& counts, std::int64_t rows) {
  for (auto& count : counts.kept) {
    if (count.table != "kept_consent") continue;
    count.rows += rows;
    return;
  }
  counts.kept.push_back({"kept_consent", rows});
}

/// That somebody agreed to give a party something is proven as long as the rest, without them.
core::Status keep_party_consents(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                 identity::ErasureCounts& counts) {
  TRY(const auto grants, openid::list_grants(unit, erasure.citizen_id));
  std::vector<privacy::OtherConsent> others;
  for (const auto& grant : grants) {
    others.push_back({.act = "party:" + grant.client_id,
                      .document_sha256 = grant.document_sha256,
                      .given_at = grant.granted_at,
                      .ended_at = grant.withdrawn_at ? grant.withdrawn_at : grant.expires_at});
  }
  TRY(const auto kept, privacy::keep_others(unit, others,
                                            {.receipt_hash = erasure.receipt_hash,
                                             .ended_at = erasure.confirmed_at,
                                             .keep_until = erasure.keep_until}));
  add_kept(counts, kept);
  return {};
}

}  // namespace

core::Status WalletHolder::freeze(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                  core::Instant now) {
  return wallet::revoke_everything(unit, citizen_id, now);
}

core::Status WalletHolder::erase(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                 identity::ErasureCounts& counts) {
  TRY(const auto gone, wallet::erase_holder(unit, erasure.citizen_id));
  counts.erased.push_back({"document", gone.documents});
  counts.erased.push_back({"device", gone.devices});
  counts.erased.push_back({"attestation", gone.attestations});
  counts.erased.push_back({"portrait_index", gone.portraits});
  return {};
}

core::Status PrivacyHolder::freeze(store::UnitOfWork& /*unit*/,
                                   const core::CitizenId& /*citizen_id*/, core::Instant /*now*/) {
  return {};  // a consent given is withdrawn by the erasure, as of the confirmation
}

core::Status PrivacyHolder::erase(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                  identity::ErasureCounts& counts) {
  TRY(const auto moved, privacy::keep_consents(unit, erasure.citizen_id,
                                               {.receipt_hash = erasure.receipt_hash,
                                                .ended_at = erasure.confirmed_at,
                                                .keep_until = erasure.keep_until}));
  counts.erased.push_back({"consent", moved.consents});
  counts.erased.push_back({"acceptance", moved.acceptances});
  TRY(const auto asked, privacy::erase_requests(unit, erasure.citizen_id));
  counts.erased.push_back({"subject_request", asked.requests});
  counts.erased.push_back({"subject_request_event", asked.events});
  TRY(const auto informed, privacy::sql::erase_informing(unit, erasure.citizen_id));
  counts.erased.push_back({"informing_message", informed});
  add_kept(counts, moved.consents + moved.acceptances);
  return {};
}

core::Status OpenidHolder::freeze(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                  core::Instant now) {
  if (logouts_ != nullptr) {
    TRY_VOID(logouts_->sessions_ended(unit, citizen_id, {}, {}, now));
  }
  return openid::revoke_everything(unit, citizen_id, now);
}

core::Status OpenidHolder::erase(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                 identity::ErasureCounts& counts) {
  TRY_VOID(keep_party_consents(unit, erasure, counts));
  TRY(const auto gone, openid::erase_holder(unit, erasure.citizen_id));
  for (const auto& [table, rows] : gone) counts.erased.push_back({std::string(table), rows});
  return {};
}

core::Status RecordHolder::freeze(store::UnitOfWork& /*unit*/,
                                  const core::CitizenId& /*citizen_id*/, core::Instant /*now*/) {
  return {};
}

core::Status RecordHolder::erase(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                 identity::ErasureCounts& counts) {
  TRY(const auto gone, vault::destroy_records(unit, erasure.citizen_id));
  TRY(const auto entries, audit::forget_log_entries(unit, erasure.citizen_id));
  TRY(const auto operations, audit::erase_operations(unit, erasure.citizen_id));
  counts.erased.push_back({"personal_record", gone.records});
  counts.erased.push_back({"access_record", gone.accesses});
  counts.erased.push_back({"data_block", gone.blocks});
  counts.erased.push_back({"log_entry", entries});
  counts.erased.push_back({"operation", operations});
  return {};
}

}  // namespace app
