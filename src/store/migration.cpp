#include "store/migration.h"

#include <fmt/format.h>

#include <map>
#include <string>

namespace store {
namespace {

using core::ErrorCode;

constexpr Query kCreateTable{"migration.create_table",
                             "CREATE TABLE IF NOT EXISTS schema_migration ("
                             "number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
                             "checksum TEXT NOT NULL, applied_at_utc BIGINT NOT NULL)"};
constexpr Query kTableExistsSqlite{
    "migration.table_exists",
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'"};
constexpr Query kTableExistsPostgresql{
    "migration.table_exists",
    "SELECT 1 FROM information_schema.tables "
    "WHERE table_schema = current_schema() AND table_name = 'schema_migration'"};
constexpr Query kList{"migration.list",
                      "SELECT number, name, checksum FROM schema_migration ORDER BY number"};
constexpr Query kRecord{"migration.record",
                        "INSERT INTO schema_migration (number, name, checksum, applied_at_utc) "
                        "VALUES ($1, $2, $3, $4)"};

struct Recorded {
  std::string name;
  std::string checksum;
};
using History = std::map<std::int64_t, Recorded>;

/// FNV-1a over the text: finds an accidental edit; whoever can forge it can edit the tables too.
std::string checksum_of(const Migration& migration) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const std::uint8_t byte : core::as_bytes(migration.sql)) {
    hash = (hash ^ byte) * 0x100000001b3U;
  }
  return fmt::format("fnv1a64:{:016x}", hash);
}

std::string title(const Migration& migration) {
  return fmt::format("{:04}_{}", migration.number, migration.name);
}

core::Status check_order(std::span<const Migration> migrations) {
  int last = 0;
  for (const Migration& migration : migrations) {
    if (migration.number <= last) {
      return core::fail(ErrorCode::kInvalidInput, "store.migration_order", title(migration));
    }
    last = migration.number;
  }
  return {};
}

core::Result<History> read_history(UnitOfWork& unit) {
  TRY(const Rows rows, unit.run(kList));
  History history;
  for (const Row& row : rows) {
    history.emplace(row.int64(0), Recorded{std::string(row.text(1)), std::string(row.text(2))});
  }
  return history;
}

int version_of(const History& history) {
  return history.empty() ? 0 : static_cast<int>(history.rbegin()->first);
}

core::Status check_recorded(const Migration& ours, const Recorded& theirs) {
  if (theirs.name == ours.name && theirs.checksum == checksum_of(ours)) return {};
  return core::fail(ErrorCode::kConflict, "store.migration_edited",
                    title(ours) + " differs from what was applied to this database");
}

/// What is recorded must be a beginning of our list.
core::Status check_history(const History& history, std::span<const Migration> migrations) {
  const int newest = migrations.empty() ? 0 : migrations.back().number;
  const int version = version_of(history);
  if (version > newest) {
    return core::fail(
        ErrorCode::kConflict, "store.too_new",
        fmt::format("the database has schema {}, this program knows {}", version, newest));
  }
  std::size_t known = 0;
  for (const Migration& migration : migrations) {
    const auto found = history.find(migration.number);
    if (found != history.end()) {
      TRY_VOID(check_recorded(migration, found->second));
      ++known;
    } else if (migration.number < version) {
      return core::fail(ErrorCode::kConflict, "store.migration_missing",
                        title(migration) + " was left out of this database");
    }
  }
  if (known == history.size()) return {};
  return core::fail(ErrorCode::kConflict, "store.migration_edited",
                    "the database holds a migration that this program does not have");
}

core::Status apply(UnitOfWork& unit, const Migration& migration, core::Instant now) {
  const core::Status ran = unit.run_script({migration.name, migration.sql});
  if (!ran) {
    core::Error error = ran.error();
    error.detail = title(migration) + ": " + error.detail;
    return core::fail(std::move(error));
  }
  TRY_VOID(
      unit.run(kRecord, {migration.number, migration.name, checksum_of(migration), now.micros()}));
  return {};
}

/// One transaction: looks what another process did meanwhile, then applies at most one script.
/// @return the schema version after it; `applied` says whether a script ran.
struct Step {
  int version = 0;
  bool applied = false;
};
core::Result<Step> step(UnitOfWork& unit, std::span<const Migration> migrations,
                        core::Instant now) {
  TRY_VOID(unit.run(kCreateTable));
  TRY(const History history, read_history(unit));
  TRY_VOID(check_history(history, migrations));
  for (const Migration& migration : migrations) {
    if (history.contains(migration.number)) continue;
    TRY_VOID(apply(unit, migration, now));
    return Step{migration.number, true};
  }
  return Step{version_of(history), false};
}

core::Result<History> read_history_if_any(UnitOfWork& unit, Engine engine) {
  const Query& exists = engine == Engine::kSqlite ? kTableExistsSqlite : kTableExistsPostgresql;
  TRY(const Rows table, unit.run(exists));
  if (table.empty()) return History{};
  return read_history(unit);
}

}  // namespace

core::Result<MigrationReport> migrate(Database& database, std::span<const Migration> migrations,
                                      core::Instant now) {
  TRY_VOID(check_order(migrations));
  TRY(const History before, database.read([&](UnitOfWork& unit) {
    return read_history_if_any(unit, database.engine());
  }));
  MigrationReport report{.version_before = version_of(before)};
  for (std::size_t round = 0; round <= migrations.size(); ++round) {
    TRY(const Step done,
        database.change_schema([&](UnitOfWork& unit) { return step(unit, migrations, now); }));
    report.version_after = done.version;
    if (!done.applied) break;
    ++report.applied;
  }
  return report;
}

core::Status check_schema(Database& database, std::span<const Migration> migrations) {
  TRY_VOID(check_order(migrations));
  TRY(const History history, database.read([&](UnitOfWork& unit) {
    return read_history_if_any(unit, database.engine());
  }));
  TRY_VOID(check_history(history, migrations));
  if (history.size() == migrations.size()) return {};
  return core::fail(
      ErrorCode::kUnavailable, "store.schema_old",
      fmt::format("{} migrations wait; run `beresta migrate`", migrations.size() - history.size()));
}

}  // namespace store
