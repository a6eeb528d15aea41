#include "identity/abuse/counter_store.h"

#include <algorithm>

namespace identity::sql {
namespace {

constexpr store::Query kSpend{
    "abuse_counter.spend",
    "INSERT INTO abuse_counter (counter_key, kind, slice_start_utc, spent, expires_at_utc)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (counter_key, kind, slice_start_utc)"
    " DO UPDATE SET spent = abuse_counter.spent + excluded.spent RETURNING spent"};
constexpr store::Query kFindSpent{
    "abuse_counter.find",
    "SELECT CAST(COALESCE(SUM(spent), 0) AS BIGINT) FROM abuse_counter"
    " WHERE counter_key = $1 AND kind = $2 AND slice_start_utc > $3"};
constexpr store::Query kFindMost{
    "abuse_counter.find_most",
    "SELECT CAST(COALESCE(MAX(total), 0) AS BIGINT) FROM"
    " (SELECT SUM(spent) AS total FROM abuse_counter WHERE kind = $1 AND slice_start_utc > $2"
    " GROUP BY counter_key) AS totals"};
constexpr store::Query kForget{"abuse_counter.forget",
                               "DELETE FROM abuse_counter WHERE counter_key = $1 AND kind = $2"};
constexpr store::Query kPurge{"abuse_counter.purge",
                              "DELETE FROM abuse_counter WHERE expires_at_utc < $1"};

// More slices make the window's edge sharper and each sum longer.
constexpr std::int64_t kSlices = 12;

std::int64_t slice_micros(core::Duration window) {
  return std::max<std::int64_t>(window.count() / kSlices, 1);
}

/// Slices that begin after this moment belong to the window.
std::int64_t edge_micros(core::Duration window, core::Instant now) {
  return now.micros() - window.count() - slice_micros(window);
}

}  // namespace

core::Result<std::int64_t> find_spent(store::UnitOfWork& unit, const CounterId& id,
                                      core::Instant now) {
  TRY(const auto rows, unit.run(kFindSpent, {id.key, id.kind, edge_micros(id.window, now)}));
  return rows.front().int64(0);
}

core::Result<std::int64_t> spend(store::UnitOfWork& unit, const CounterId& id, std::int64_t amount,
                                 core::Instant now) {
  const auto slice = slice_micros(id.window);
  const auto start = now.micros() / slice * slice;
  const auto expires = start + id.window.count() + 2 * slice;
  TRY(const auto rows, unit.run(kSpend, {id.key, id.kind, start, amount, expires}));
  return rows.front().int64(0);
}

core::Result<std::int64_t> find_most_spent(store::UnitOfWork& unit, std::string_view kind,
                                           core::Duration window, core::Instant now) {
  TRY(const auto rows, unit.run(kFindMost, {kind, edge_micros(window, now)}));
  return rows.front().int64(0);
}

core::Status forget_spent(store::UnitOfWork& unit, const CounterId& id) {
  TRY_VOID(unit.run(kForget, {id.key, id.kind}));
  return {};
}

core::Result<std::int64_t> purge_counters(store::UnitOfWork& unit, core::Instant now) {
  TRY(const auto rows, unit.run(kPurge, {now}));
  return rows.affected();
}

}  // namespace identity::sql
