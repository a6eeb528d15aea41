// Copies of a database on both engines: taken while others write, whole, and refused where they do
// not belong.
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/backup.h"
#include "store/harness.h"

namespace store_test {
namespace {

namespace fs = std::filesystem;

/// A SQLite file, or a PostgreSQL database of its own, that is gone afterwards.
class Home {
 public:
  explicit Home(store::Engine engine) : engine_(engine), folder_(fs::temp_directory_path()) {
    static std::atomic<int> count = 0;
    name_ = "copy_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    folder_ /= name_;
    fs::create_directory(folder_);
    if (engine == store::Engine::kPostgresql) on_server("CREATE DATABASE " + name_);
  }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
  ~Home() {
    if (engine_ == store::Engine::kPostgresql)
      on_server("DROP DATABASE " + name_ + " WITH (FORCE)");
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::string url() const {
    if (engine_ == store::Engine::kSqlite) return "sqlite:" + (folder_ / "main.db").string();
    auto url = server_url();
    const std::string from = "/beresta?";
    return url.replace(url.find(from), from.size(), "/" + name_ + "?");
  }
  [[nodiscard]] std::string file(const std::string& name) const {
    return (folder_ / name).string();
  }

 private:
  /// Outside of any transaction, as making and dropping a database must be.
  static void on_server(const std::string& sql) {
    PGconn* connection = PQconnectdb(server_url().c_str());
    PGresult* result = PQexec(connection, sql.c_str());
    EXPECT_EQ(PQresultStatus(result), PGRES_COMMAND_OK) << PQerrorMessage(connection);
    PQclear(result);
    PQfinish(connection);
  }

  store::Engine engine_;
  fs::path folder_;
  std::string name_;
};

std::string reason_of(const core::Status& status) { return status ? "ok" : status.error().reason; }

class Backup : public testing::TestWithParam<store::Engine> {
 protected:
  Backup() { make_account_table(*open(here_)); }

  std::unique_ptr<store::Database> open(const Home& home) {
    store::DatabaseConfig config;
    config.url = home.url();
    config.create_if_missing = true;
    return must_open(config, rng_);
  }
  static void add(store::Database& database, std::int64_t first, std::int64_t count) {
    for (std::int64_t id = first; id < first + count; ++id) {
      ASSERT_TRUE(
          database.write([&](store::UnitOfWork& unit) { return insert_account(unit, id, 1); }));
    }
  }

  SeededRng rng_;
  Home here_{GetParam()};
  Home there_{GetParam()};
};

TEST_P(Backup, BringsEverythingBackElsewhere) {
  add(*open(here_), 1, 200);
  const auto copy = here_.file("copy");
  ASSERT_EQ(reason_of(store::copy_out(here_.url(), copy)), "ok");
  struct stat status {};
  ASSERT_EQ(::stat(copy.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(reason_of(store::copy_in(there_.url(), copy)), "ok");
  const auto database = open(there_);
  EXPECT_EQ(count_accounts(*database), 200);
  add(*database, 1000, 1);
}

TEST_P(Backup, IsOneMomentWhileOthersWrite) {
  const auto database = open(here_);
  std::atomic<bool> enough = false;
  std::atomic<std::int64_t> written = 0;
  // Two rows together, always: half of a pair in the copy would be half of a transaction.
  std::thread writer([&] {
    for (std::int64_t id = 1; !enough; id += 2) {
      const auto done = database->write([&](store::UnitOfWork& unit) -> core::Status {
        TRY_VOID(insert_account(unit, id, 1));
        return insert_account(unit, id + 1, 1);
      });
      if (done) written += 2;
    }
  });
  while (written < 100) std::this_thread::yield();
  const auto before = written.load();
  const auto copied = store::copy_out(here_.url(), here_.file("copy"));
  enough = true;
  writer.join();
  ASSERT_EQ(reason_of(copied), "ok");
  ASSERT_EQ(reason_of(store::copy_in(there_.url(), here_.file("copy"))), "ok");
  const auto there = count_accounts(*open(there_));
  EXPECT_EQ(there % 2, 0);
  EXPECT_GE(there, before);
  EXPECT_LE(there, written.load());
}

TEST_P(Backup, NeverWritesOverAnything) {
  const auto copy = here_.file("copy");
  ASSERT_EQ(reason_of(store::copy_out(here_.url(), copy)), "ok");
  const auto size = fs::file_size(copy);
  EXPECT_EQ(reason_of(store::copy_out(here_.url(), copy)), "backup.file_exists");
  EXPECT_EQ(fs::file_size(copy), size);
  EXPECT_EQ(reason_of(store::copy_in(here_.url(), copy)), "backup.target_not_empty");
}

TEST_P(Backup, SaysWhatIsMissingOrDamaged) {
  EXPECT_EQ(reason_of(store::copy_in(there_.url(), here_.file("nothing"))), "backup.file_missing");
  std::ofstream(here_.file("noise")) << std::string(100'000, 'x');
  const auto noise = store::copy_in(there_.url(), here_.file("noise"));
  EXPECT_EQ(reason_of(noise),
            GetParam() == store::Engine::kSqlite ? "store.corrupt" : "backup.tool");
  // What failed leaves nothing that a second try would stumble over.
  ASSERT_EQ(reason_of(store::copy_out(here_.url(), here_.file("copy"))), "ok");
  EXPECT_EQ(reason_of(store::copy_in(there_.url(), here_.file("copy"))), "ok");
}

INSTANTIATE_TEST_SUITE_P(Engines, Backup,
                         testing::Values(store::Engine::kSqlite, store::Engine::kPostgresql),
                         engine_name);

TEST(SqliteBackup, HoldsNothingThatWasDeleted) {
  SeededRng rng;
  Home home(store::Engine::kSqlite);
  store::DatabaseConfig config;
  config.url = home.url();
  config.create_if_missing = true;
  const auto database = must_open(config, rng);
  make_account_table(*database);
  const auto label = std::string("a word that must be gone");
  ASSERT_TRUE(database->write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(unit.run(
        {"test.insert", "INSERT INTO account (account_id, amount, label) VALUES (1, 1, $1)"},
        {std::string_view(label)}));
    TRY_VOID(unit.run({"test.delete", "DELETE FROM account"}));
    return {};
  }));
  ASSERT_TRUE(store::copy_out(home.url(), home.file("copy")));
  std::ifstream copy(home.file("copy"), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(copy)), std::istreambuf_iterator<char>());
  EXPECT_EQ(bytes.find(label), std::string::npos);
}

TEST(SqliteBackup, RefusesADamagedDatabase) {
  SeededRng rng;
  Home home(store::Engine::kSqlite);
  std::ofstream(home.file("main.db")) << std::string(100'000, 'x');
  EXPECT_EQ(reason_of(store::copy_out(home.url(), home.file("copy"))), "store.corrupt");
  EXPECT_FALSE(fs::exists(home.file("copy"))) << "nothing half-made is left";
  EXPECT_EQ(reason_of(store::copy_out("mysql://there", home.file("copy"))), "store.url");
}

}  // namespace
}  // namespace store_test
