#include <set>

#include "app/backup/backup.h"
#include "app/keys/root_keys.h"
#include "app/wiring/foundation.h"
#include "core/strong_id.h"
#include "crypto/system_rng.h"

namespace app {
namespace {

using core::CitizenId;

constexpr std::int64_t kPageRows = 10'000;

constexpr store::Query kPeople{
    "backup.people",
    "SELECT DISTINCT citizen_id FROM personal_record WHERE citizen_id > $1 ORDER BY citizen_id"
    " LIMIT $2"};
constexpr store::Query kCitizens{
    "backup.citizens",
    "SELECT citizen_id FROM citizen WHERE citizen_id > $1 ORDER BY citizen_id LIMIT $2"};
constexpr store::Query kOwners{
    "backup.owners",
    "SELECT DISTINCT citizen_id FROM data_key WHERE citizen_id > $1 ORDER BY citizen_id LIMIT $2"};

/// Every id a query gives, a page at a time: no statement runs long, however many there are.
core::Result<std::set<CitizenId>> all_of(store::Database& database, const store::Query& query) {
  std::set<CitizenId> found;
  core::Bytes after;
  for (;;) {
    TRY(const auto rows, database.read([&](store::UnitOfWork& unit) {
      return unit.run(query, {after, kPageRows});
    }));
    for (const auto& row : rows) found.insert(row.id<CitizenId>(0));
    if (rows.size() < static_cast<std::size_t>(kPageRows)) return found;
    after = core::to_bytes(rows[rows.size() - 1].blob(0));
  }
}

/// Owners of keys, in a database that may be as empty as PostgreSQL makes it.
core::Result<std::set<CitizenId>> owners_in(store::Database& keys) {
  auto owners = all_of(keys, kOwners);
  if (owners || owners.error().reason != "store.statement") return owners;
  return core::fail(core::ErrorCode::kUnavailable, "store.missing", owners.error().detail);
}

}  // namespace

core::Result<PairReport> check_pair(const Config& config) {
  crypto::SystemRng rng;
  TRY(const auto data, open_store(config, config.store.data_url, false, rng, nullptr));
  TRY(const auto keys, open_store(config, config.store.keys_url, false, rng, nullptr));
  TRY(const auto root, open_root_keys(config.keys));
  TRY(const auto people, all_of(*data, kPeople));
  TRY(const auto citizens, all_of(*data, kCitizens));
  TRY(const auto owners, owners_in(*keys));
  TRY_VOID(check_root_keys(*root, *keys));
  PairReport report;
  report.people = static_cast<std::int64_t>(people.size());
  for (const auto& id : people) report.unreadable += owners.contains(id) ? 0 : 1;
  for (const auto& id : owners) report.keyless += citizens.contains(id) ? 0 : 1;
  return report;
}

}  // namespace app
