#include "store/postgresql/database.h"

#include <algorithm>
#include <thread>

#include "store/postgresql/error.h"
#include "store/unit_runner.h"

namespace store {
namespace {

using core::ErrorCode;
using std::chrono::milliseconds;

constexpr Query kBeginRead{"store.begin", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
constexpr Query kBeginWrite{"store.begin", "BEGIN ISOLATION LEVEL SERIALIZABLE"};
// READ COMMITTED, because a snapshot taken before the lock was granted would not show what the
// process before us did. The number is ours alone by convention: the letters "beresta".
constexpr Query kBeginSchemaChange{
    "store.begin_schema_change",
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; "
    "SET LOCAL lock_timeout = '60s'; SET LOCAL idle_in_transaction_session_timeout = 0; "
    "SELECT pg_advisory_xact_lock(27692290117137505)"};
constexpr Query kCommit{"store.commit", "COMMIT"};
constexpr Query kRollback{"store.rollback", "ROLLBACK"};

constexpr int kPauseDoublingsMax = 6;
constexpr std::int64_t kFirstPauseMicros = 1000;

class PostgresqlUnit final : public UnitOfWork {
 public:
  explicit PostgresqlUnit(PostgresqlConnection& connection) : connection_(connection) {}

 private:
  core::Result<Rows> execute(const Query& query, Params params) override {
    return connection_.run(query, params);
  }
  core::Status execute_script(const Query& script) override {
    return connection_.run_script(script);
  }
  core::Status prepare_only(const Query& query) override { return connection_.prepare_only(query); }

  PostgresqlConnection& connection_;
};

bool is_conflict(const core::Error& error) { return error.reason == kSerializationReason; }

/// Undoes what is open; a session that cannot even do that is not reusable and gets closed.
void roll_back(PostgresqlConnection& connection) {
  static_cast<void>(connection.run_script(kRollback));
}

}  // namespace

PostgresqlDatabase::PostgresqlDatabase(const DatabaseConfig& config, core::Rng& rng,
                                       StoreMetrics* metrics)
    : config_(config),
      rng_(rng),
      metrics_(metrics),
      pool_(
          {config.connections_max, config.busy_timeout},
          [config, metrics] { return PostgresqlConnection::open(config, metrics); }, metrics) {}

core::Result<std::unique_ptr<Database>> PostgresqlDatabase::open(const DatabaseConfig& config,
                                                                 core::Rng& rng,
                                                                 StoreMetrics* metrics) {
  std::unique_ptr<PostgresqlDatabase> database(new PostgresqlDatabase(config, rng, metrics));
  TRY_VOID(database->pool_.acquire());
  return database;
}

core::Status PostgresqlDatabase::run_read(const UnitFunction& work) {
  return run_with_retries(kBeginRead, work);
}

core::Status PostgresqlDatabase::run_write(const UnitFunction& work) {
  return run_with_retries(kBeginWrite, work);
}

core::Status PostgresqlDatabase::run_schema_change(const UnitFunction& work) {
  return run_with_retries(kBeginSchemaChange, work, /*limited=*/false);
}

core::Status PostgresqlDatabase::run_with_retries(const Query& begin, const UnitFunction& work,
                                                  bool limited) {
  for (int attempt = 1;; ++attempt) {
    const Attempt done = run_once(begin, work, limited);
    if (done.status || !done.again) return done.status;
    if (attempt >= config_.write_attempts_max) {
      if (!is_conflict(done.status.error())) return done.status;
      return core::fail(ErrorCode::kUnavailable, "store.busy", done.status.error().detail);
    }
    if (metrics_ != nullptr) metrics_->write_retried();
    pause_before(attempt + 1);
  }
}

/// Random, so that two units in conflict do not meet again in step.
void PostgresqlDatabase::pause_before(int attempt) {
  const int doublings = std::min(attempt - 2, kPauseDoublingsMax);
  const auto most = static_cast<std::uint64_t>(kFirstPauseMicros << doublings);
  std::this_thread::sleep_for(
      std::chrono::microseconds(static_cast<std::int64_t>(core::random_below(rng_, most + 1))));
}

PostgresqlDatabase::Attempt PostgresqlDatabase::run_once(const Query& begin,
                                                         const UnitFunction& work, bool limited) {
  auto lease = pool_.acquire();
  if (!lease) return {core::fail(lease.error())};
  PostgresqlConnection& connection = **lease;
  connection.limit_answers(limited);
  Attempt done = run_in_transaction(connection, begin, work);
  connection.limit_answers(true);
  // A server that went away took the idle sessions with it.
  if (!connection.alive()) pool_.close_idle();
  if (!connection.reusable()) lease->discard();
  return done;
}

PostgresqlDatabase::Attempt PostgresqlDatabase::run_in_transaction(PostgresqlConnection& connection,
                                                                   const Query& begin,
                                                                   const UnitFunction& work) {
  const core::Status begun = connection.run_script(begin);
  if (!begun) {
    if (connection.alive()) roll_back(connection);
    return {begun, !connection.alive()};
  }
  PostgresqlUnit unit(connection);
  core::Status status = run_unit(work, unit);
  // Before COMMIT is sent nothing can have happened, so a lost session is safe to repeat.
  if (!connection.alive()) return {core::fail(*unit.spoilt()), true};
  if (status) return commit(connection, unit);
  roll_back(connection);
  if (unit.spoilt() && is_conflict(*unit.spoilt())) return {core::fail(*unit.spoilt()), true};
  return {std::move(status)};
}

PostgresqlDatabase::Attempt PostgresqlDatabase::commit(PostgresqlConnection& connection,
                                                       const UnitOfWork& unit) {
  const core::Status committed = connection.run_script(kCommit);
  if (committed) {
    for (const std::string& topic : unit.announced()) announcements().publish(topic);
    return {};
  }
  if (!connection.alive()) {
    return {core::fail(ErrorCode::kUnavailable, "store.commit_unknown",
                       "the connection was lost during COMMIT")};
  }
  return {committed, is_conflict(committed.error())};
}

}  // namespace store
