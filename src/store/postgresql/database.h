// PostgresqlDatabase: the store on a PostgreSQL server, over a pool of connections. Made by
// open_database; safe from any thread.
#pragma once

#include <memory>

#include "store/database.h"
#include "store/pool.h"
#include "store/postgresql/connection.h"

namespace store {

/// Writes run SERIALIZABLE: a unit is written and tested against SQLite, whose writes are truly one
/// after another, and any weaker level would let two units pass a check that only one may pass.
/// Reads run REPEATABLE READ, READ ONLY: one snapshot, and they never fail for a conflict.
class PostgresqlDatabase final : public Database {
 public:
  /// Errors: as open_database.
  static core::Result<std::unique_ptr<Database>> open(const DatabaseConfig& config, core::Rng& rng,
                                                      StoreMetrics* metrics);

  [[nodiscard]] Engine engine() const override { return Engine::kPostgresql; }

 private:
  /// What one run of a unit came to.
  struct Attempt {
    core::Status status;
    bool again = false;  ///< nothing happened, and another run may succeed
  };

  PostgresqlDatabase(const DatabaseConfig& config, core::Rng& rng, StoreMetrics* metrics);

  core::Status run_read(const UnitFunction& work) override;
  core::Status run_write(const UnitFunction& work) override;
  core::Status run_schema_change(const UnitFunction& work) override;

  core::Status run_with_retries(const Query& begin, const UnitFunction& work, bool limited = true);
  Attempt run_once(const Query& begin, const UnitFunction& work, bool limited);
  Attempt run_in_transaction(PostgresqlConnection& connection, const Query& begin,
                             const UnitFunction& work);
  Attempt commit(PostgresqlConnection& connection, const UnitOfWork& unit);
  void pause_before(int attempt);

  DatabaseConfig config_;
  core::Rng& rng_;
  StoreMetrics* metrics_;
  Pool<PostgresqlConnection> pool_;
};

}  // namespace store
