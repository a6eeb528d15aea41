#include "store/harness.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/assert.h"

namespace store_test {
namespace {

std::string make_folder() {
  std::string path = (std::filesystem::temp_directory_path() / "beresta-store.XXXXXX").string();
  CORE_ASSERT(::mkdtemp(path.data()) != nullptr);
  return path;
}

/// Runs one statement on the server outside any test schema.
void on_server(const std::string& sql) {
  SeededRng rng;
  const auto database = must_open({.url = server_url()}, rng);
  const core::Status done = database->change_schema([&](store::UnitOfWork& unit) {
    return unit.run_script({"test.server", sql});
  });
  CORE_ASSERT(done.has_value());
}

std::string make_schema() {
  static std::atomic<int> count = 0;
  const std::string name = "t" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  on_server("CREATE SCHEMA " + name);
  return name;
}

}  // namespace

void SeededRng::fill(std::span<std::uint8_t> out) {
  const std::lock_guard lock(mutex_);
  for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
}

void CountingMetrics::group_committed(std::size_t units, std::chrono::nanoseconds /*took*/) {
  ++groups;
  if (units > largest_group) largest_group = units;
}

void CountingMetrics::statement_finished(std::string_view /*name*/,
                                         std::chrono::nanoseconds /*took*/, bool succeeded) {
  ++statements;
  if (!succeeded) ++failed_statements;
}

std::string server_url() {
  const char* url = std::getenv("BERESTA_TEST_PG_URL");
  if (url == nullptr) {
    ADD_FAILURE() << "BERESTA_TEST_PG_URL is not set: run under tests/store/with_postgresql.sh";
    std::exit(1);
  }
  return url;
}

Place::Place(store::Engine engine)
    : engine_(engine), name_(engine == store::Engine::kSqlite ? make_folder() : make_schema()) {}

Place::~Place() {
  if (engine_ == store::Engine::kSqlite) {
    std::error_code ignored;
    std::filesystem::remove_all(name_, ignored);
  } else {
    on_server("DROP SCHEMA " + name_ + " CASCADE");
  }
}

store::DatabaseConfig Place::config() const {
  store::DatabaseConfig config;
  config.url = engine_ == store::Engine::kSqlite
                   ? "sqlite:" + file()
                   : server_url() + "&options=-csearch_path%3D" + name_;
  config.create_if_missing = true;
  return config;
}

std::unique_ptr<store::Database> must_open(const store::DatabaseConfig& config, core::Rng& rng,
                                           store::StoreMetrics* metrics) {
  auto database = store::open_database(config, rng, metrics);
  if (!database) {
    ADD_FAILURE() << database.error().reason << ": " << database.error().detail;
    std::exit(1);
  }
  return *std::move(database);
}

void make_account_table(store::Database& database) {
  const core::Status made = database.change_schema([](store::UnitOfWork& unit) {
    return unit.run_script({"account.create",
                            "CREATE TABLE account (account_id BIGINT NOT NULL PRIMARY KEY, "
                            "amount BIGINT NOT NULL CHECK (amount >= 0), label TEXT UNIQUE, "
                            "note BYTEA)"});
  });
  ASSERT_TRUE(made) << made.error().detail;
}

core::Status insert_account(store::UnitOfWork& unit, std::int64_t id, std::int64_t amount) {
  TRY_VOID(unit.run(kInsertAccount, {id, amount, nullptr, nullptr}));
  return {};
}

std::int64_t count_accounts(store::Database& database) {
  const auto count = database.read([](store::UnitOfWork& unit) -> core::Result<std::int64_t> {
    TRY(const store::Rows rows, unit.run(kCountAccounts));
    return rows.front().int64(0);
  });
  return count ? *count : -1;
}

std::string engine_name(const ::testing::TestParamInfo<store::Engine>& info) {
  return info.param == store::Engine::kSqlite ? "sqlite" : "postgresql";
}

}  // namespace store_test
