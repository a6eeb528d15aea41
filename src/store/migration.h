// Migrations: numbered SQL scripts that bring a database to the schema this binary needs, forward
// only. beresta_embed_migrations (EmbedMigrations.cmake) compiles migrations/*.sql into a list.
// Called by app/ at start and by the `migrate` command; safe with several processes at once.
#pragma once

#include <span>
#include <string_view>

#include "core/instant.h"
#include "core/result.h"
#include "store/database.h"

namespace store {

/// One script, "0001_outbox.sql" -> {1, "outbox", text}. Never edited after it was released.
struct Migration {
  int number = 0;
  std::string_view name;
  std::string_view sql;
};

/// What migrate() found and did.
struct MigrationReport {
  int version_before = 0;  ///< highest number recorded before; 0 = an empty database
  int version_after = 0;
  int applied = 0;  ///< scripts run now
};

/// Applies every script that is not recorded yet, in order, each in its own transaction.
/// @param migrations  ascending numbers from 1 up.
/// @param now         stands in schema_migration.applied_at_utc.
/// Errors: kConflict "store.too_new" the database was migrated by a newer binary;
///         "store.migration_edited" a recorded script differs from ours;
///         "store.migration_missing" a script older than a recorded one was never applied;
///         kInvalidInput "store.migration_order" the list itself is out of order;
///         and those of UnitOfWork::run_script; scripts before the failing one stay applied.
[[nodiscard]] core::Result<MigrationReport> migrate(Database& database,
                                                    std::span<const Migration> migrations,
                                                    core::Instant now);

/// Checks without changing anything that the schema is exactly the one this binary needs.
/// Errors: as migrate(), and kUnavailable "store.schema_old" scripts wait to be applied.
[[nodiscard]] core::Status check_schema(Database& database, std::span<const Migration> migrations);

}  // namespace store
