#include "identity/account/erasure_service.h"

#include "codec/json.h"
#include "crypto/digest.h"
#include "identity/account/deletion_store.h"
#include "identity/account/farewell.h"
#include "store/outbox.h"
#include "vault/destruction.h"

namespace identity {
namespace {

codec::JsonArray to_json(const RowCounts& counts) {
  codec::JsonArray rows;
  for (const auto& count : counts) {
    if (count.rows > 0) {
      rows.push_back(codec::JsonObject{{"table", count.table}, {"rows", count.rows}});
    }
  }
  return rows;
}

/// The proof: what went and what stays. Its digest tells whether it was touched afterwards.
std::string report_of(const ErasureCounts& counts, const KeptRecord& kept, const Erasure& erasure) {
  codec::JsonObject report{{"erased", to_json(counts.erased)}, {"kept", to_json(counts.kept)}};
  if (!counts.kept.empty()) {
    report["kept_what"] = kept.what;
    report["kept_basis"] = kept.basis;
    report["kept_until"] = core::to_rfc3339(erasure.keep_until);
  }
  return codec::to_text(report);
}

}  // namespace

core::Result<int> ErasureService::run(core::Instant now) {
  TRY(const auto due, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::list_due_deletions(unit, now, kBatchMax);
  }));
  int erased = 0;
  for (const auto& row : due) {
    TRY(const bool ours, ports_.data.write([&](store::UnitOfWork& unit) {
      return sql::claim_deletion(unit, row, now + kLease);
    }));
    if (!ours) continue;
    TRY_VOID(erase(row, now));
    ++erased;
  }
  return erased;
}

core::Status ErasureService::erase(const sql::DeletionRow& row, core::Instant now) {
  TRY(const auto farewell,
      ports_.vault.open_transient(sql::deletion_place(row.citizen_id), row.sealed));
  const auto dedup_key = core::to_hex(row.receipt_hash);
  const store::OutboxMessage message{
      .kind = std::string(kFarewellKind),
      .dedup_key = dedup_key,
      .payload = ports_.vault.seal_transient(farewell_place(dedup_key), farewell),
      .not_before = {}};
  const Erasure erasure{.citizen_id = row.citizen_id,
                        .receipt_hash = row.receipt_hash,
                        .confirmed_at = *row.confirmed_at,
                        .keep_until = now + kept_.term};
  TRY(const auto keys, vault::destroy_keys(ports_.keys, row.citizen_id));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    ErasureCounts counts;
    counts.erased.push_back({"data_key", keys});
    for (auto* holder : holders_) {
      TRY_VOID(holder->erase(unit, erasure, counts));
    }
    TRY_VOID(sql::delete_deletion(unit, row.citizen_id));
    TRY_VOID(sql::end_receipt(unit, {.receipt_hash = row.receipt_hash,
                                     .state = "erased",
                                     .confirmed_at = {},
                                     .due_at = {},
                                     .ended_at = now,
                                     .report = report_of(counts, kept_, erasure)}));
    TRY_VOID(store::enqueue(unit, message, now, ports_.rng));
    return {};
  });
}

}  // namespace identity
