// SqliteDatabase: the store on one SQLite file: a pool of readers and one writer. Made by
// open_database; safe from any thread.
#pragma once

#include <memory>
#include <string>

#include "store/database.h"
#include "store/pool.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/writer.h"

namespace store {

class SqliteDatabase final : public Database {
 public:
  /// @param path  the file; made if config says so.
  /// Errors: as open_database.
  static core::Result<std::unique_ptr<Database>> open(const DatabaseConfig& config,
                                                      const std::string& path,
                                                      StoreMetrics* metrics);

  [[nodiscard]] Engine engine() const override { return Engine::kSqlite; }
  /// As store::scrub.
  [[nodiscard]] core::Status scrub();

 private:
  SqliteDatabase(const DatabaseConfig& config, const SqliteOptions& options, StoreMetrics* metrics);

  core::Status run_read(const UnitFunction& work) override;
  core::Status run_write(const UnitFunction& work) override;
  core::Status run_schema_change(const UnitFunction& work) override;
  void run_write_soon(UnitFunction work) override;
  void run_write_then(UnitFunction work, Done done) override;
  core::Status submit(const UnitFunction& work, WriteKind kind);

  Pool<SqliteConnection> readers_;
  std::unique_ptr<SqliteWriter> writer_;  // none if read-only
};

}  // namespace store
