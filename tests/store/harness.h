// What every store test needs: an empty place for a database on either engine, seeded randomness, a
// clock that is set by hand, and one small table. For tests only.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <span>
#include <string>

#include "store/database.h"
#include "store/migration.h"

namespace store_test {

/// migrations/*.sql as the server has them.
std::span<const store::Migration> app_migrations();
/// migrations/keys/*.sql: the key database's.
std::span<const store::Migration> key_migrations();

class SeededRng final : public core::Rng {
 public:
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_{20240229};
};

/// A clock that stands until it is moved.
class HandClock {
 public:
  [[nodiscard]] core::Instant now() const { return core::Instant::from_micros(micros_.load()); }
  void advance(core::Duration by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_{1'800'000'000'000'000};
};

/// Counts what the store reports.
class CountingMetrics : public store::StoreMetrics {
 public:
  void group_committed(std::size_t units, std::chrono::nanoseconds took) override;
  void queue_depth(std::size_t waiting) override { depth = waiting; }
  void write_retried() override { ++retries; }
  void statement_finished(std::string_view name, std::chrono::nanoseconds took,
                          bool succeeded) override;

  std::atomic<std::size_t> depth = 0;
  std::atomic<std::size_t> largest_group = 0;
  std::atomic<int> groups = 0;
  std::atomic<int> retries = 0;
  std::atomic<int> statements = 0;
  std::atomic<int> failed_statements = 0;
};

/// An empty place of its own: a temporary folder, or a schema of the test server. Removed at the
/// end.
class Place {
 public:
  explicit Place(store::Engine engine);
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place();

  /// A configuration for this place, with short waits.
  [[nodiscard]] store::DatabaseConfig config() const;
  /// SQLite: the folder.
  [[nodiscard]] const std::string& folder() const { return name_; }
  [[nodiscard]] std::string file() const { return name_ + "/main.db"; }

 private:
  store::Engine engine_;
  std::string name_;
};

/// The address of the test server; ends the test if there is none.
std::string server_url();

/// Opens or ends the process: for arranging, not for what a test is about.
std::unique_ptr<store::Database> must_open(const store::DatabaseConfig& config, core::Rng& rng,
                                           store::StoreMetrics* metrics = nullptr);

/// account(account_id BIGINT primary key, amount BIGINT, label TEXT unique, note BYTEA).
void make_account_table(store::Database& database);
inline constexpr store::Query kInsertAccount{
    "account.insert",
    "INSERT INTO account (account_id, amount, label, note) VALUES ($1, $2, $3, $4)"};
inline constexpr store::Query kFindAccount{
    "account.find", "SELECT amount, label, note FROM account WHERE account_id = $1"};
inline constexpr store::Query kAddToAccount{
    "account.add", "UPDATE account SET amount = amount + $2 WHERE account_id = $1"};
inline constexpr store::Query kCountAccounts{"account.count",
                                             "SELECT CAST(count(*) AS BIGINT) FROM account"};

core::Status insert_account(store::UnitOfWork& unit, std::int64_t id, std::int64_t amount = 0);
std::int64_t count_accounts(store::Database& database);
/// A statement that runs far longer than any test waits.
inline constexpr store::Query kEndless{
    "test.endless",
    "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 100000000000) SELECT CAST(count(*) AS BIGINT) FROM n"};

/// The fixture of the contract suite: one open database per test.
class StoreContract : public ::testing::TestWithParam<store::Engine> {
 protected:
  StoreContract() : place(GetParam()), database(must_open(place.config(), rng)) {}

  SeededRng rng;
  Place place;
  std::unique_ptr<store::Database> database;
};

std::string engine_name(const ::testing::TestParamInfo<store::Engine>& info);

}  // namespace store_test

#define INSTANTIATE_ON_BOTH_ENGINES(Suite)                                                        \
  INSTANTIATE_TEST_SUITE_P(Engines, Suite,                                                        \
                           ::testing::Values(store::Engine::kSqlite, store::Engine::kPostgresql), \
                           ::store_test::engine_name)
