// What only SQLite can show: the file, its limits, and units that share a commit.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "store/harness.h"

namespace store_test {
namespace {

using core::Status;
using store::UnitOfWork;
using namespace std::chrono_literals;

class SqliteFile : public ::testing::Test {
 protected:
  [[nodiscard]] std::string reason_of_opening(const store::DatabaseConfig& config) {
    const auto opened = store::open_database(config, rng);
    return opened ? "opened" : opened.error().reason;
  }
  void make_database() { make_account_table(*must_open(place.config(), rng)); }

  SeededRng rng;
  Place place{store::Engine::kSqlite};
};

TEST_F(SqliteFile, IsMissingUnlessItMayBeMade) {
  store::DatabaseConfig config = place.config();
  config.create_if_missing = false;
  EXPECT_EQ(reason_of_opening(config), "store.missing");
  EXPECT_FALSE(std::filesystem::exists(place.file()));
  config.create_if_missing = true;
  config.url = "sqlite:" + place.folder() + "/no/such/folder/main.db";
  EXPECT_EQ(reason_of_opening(config), "store.missing");
  config.url = "sqlite:" + place.folder();
  EXPECT_EQ(reason_of_opening(config), "store.missing");
}

TEST_F(SqliteFile, IsMadeForThisAccountOnly) {
  make_database();
  struct stat status = {};
  ASSERT_EQ(::stat(place.file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(SqliteFile, IsRefusedIfItIsNotADatabaseOrIsDamaged) {
  std::ofstream(place.file()) << std::string(8192, 'x');
  EXPECT_EQ(reason_of_opening(place.config()), "store.corrupt");
  std::filesystem::remove(place.file());
  make_database();
  std::fstream file(place.file(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(100);
  file << std::string(64, '\xAA');  // the header of the first page of tables
  file.close();
  EXPECT_EQ(reason_of_opening(place.config()), "store.corrupt");
}

TEST_F(SqliteFile, AddressesAndLimitsAreChecked) {
  for (const char* url : {"", "sqlite:", "mysql://x", "/var/lib/x.db"}) {
    EXPECT_EQ(reason_of_opening({.url = url}), "store.url") << url;
  }
  store::DatabaseConfig config = place.config();
  config.connections_max = 0;
  EXPECT_EQ(reason_of_opening(config), "store.config");
}

/// What a process of an account without rights meets; root itself may write everything.
std::string reason_for_nobody(const store::DatabaseConfig& config) {
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(3);
    SeededRng rng;
    const auto opened = store::open_database(config, rng);
    if (opened) ::_exit(0);
    ::_exit(opened.error().reason == "store.read_only" ? 1 : 2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  switch (WEXITSTATUS(status)) {
    case 0:
      return "opened";
    case 1:
      return "store.read_only";
    default:
      return "another error";
  }
}

TEST_F(SqliteFile, ThatCannotBeWrittenIsSaidToBeReadOnly) {
  make_database();
  ASSERT_EQ(::chmod(place.folder().c_str(), 0777), 0);
  ASSERT_EQ(::chmod(place.file().c_str(), 0444), 0);
  store::DatabaseConfig config = place.config();
  EXPECT_EQ(reason_for_nobody(config), "store.read_only");
  config.read_only = true;
  EXPECT_EQ(reason_for_nobody(config), "opened");
}

TEST_F(SqliteFile, ThatIsFullFailsOnlyTheUnitThatDidNotFit) {
  make_database();
  store::DatabaseConfig config = place.config();
  config.size_bytes_max = 128 * 1024;
  const auto small = must_open(config, rng);
  const core::Bytes large(256 * 1024, 7);
  const Status full = small->write([&](UnitOfWork& unit) -> Status {
    TRY_VOID(insert_account(unit, 1));
    TRY_VOID(unit.run(kInsertAccount, {2, 0, nullptr, large}));
    return {};
  });
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().reason, "store.full");
  EXPECT_EQ(full.error().code, core::ErrorCode::kUnavailable);
  EXPECT_EQ(count_accounts(*small), 0);
  EXPECT_TRUE(small->write([](UnitOfWork& unit) { return insert_account(unit, 3); }));
}

TEST_F(SqliteFile, ShowsEachCommitAtOnceToWhoReadsAgain) {
  make_database();
  const auto database = must_open(place.config(), rng);
  const auto elsewhere = must_open(place.config(), rng);  // as another process would have it
  for (int i = 0; i < 100; ++i) {
    auto& writing = i % 2 == 0 ? *database : *elsewhere;
    ASSERT_TRUE(writing.write([i](UnitOfWork& unit) { return insert_account(unit, i); }));
    ASSERT_EQ(count_accounts(*database), i + 1);
    ASSERT_EQ(count_accounts(*elsewhere), i + 1);
  }
}

TEST_F(SqliteFile, ShowsNothingOfAUnitThatWasUndone) {
  make_database();
  const auto database = must_open(place.config(), rng);
  EXPECT_EQ(count_accounts(*database), 0);
  EXPECT_FALSE(database->write([](UnitOfWork& unit) -> Status {
    TRY_VOID(insert_account(unit, 1));
    return core::fail(core::ErrorCode::kConflict, "test.undone");
  }));
  EXPECT_EQ(count_accounts(*database), 0);
}

TEST_F(SqliteFile, DoesNotGrowItsLogWhileSnapshotsAreKept) {
  make_database();
  const auto database = must_open(place.config(), rng);
  const std::string filler(2000, 'x');
  constexpr int kRowsInUnit = 100;
  for (int units = 1; units <= 400; ++units) {
    ASSERT_TRUE(database->write([&](UnitOfWork& unit) -> Status {
      for (int row = 0; row < kRowsInUnit; ++row) {
        TRY_VOID(unit.run(kInsertAccount,
                          {units * kRowsInUnit + row, 0, nullptr, core::as_bytes(filler)}));
      }
      return {};
    }));
    ASSERT_EQ(count_accounts(*database), units * kRowsInUnit);
  }
  // Some 80 MB went through it; a checkpoint comes every 32 MB.
  EXPECT_LT(std::filesystem::file_size(place.file() + "-wal"), 48U << 20U);
}

class SqliteGroup : public SqliteFile {
 protected:
  SqliteGroup() { make_database(); }

  /// Holds the writer inside one unit until `others` more wait, so that all share one commit.
  void gather(std::vector<std::function<Status(UnitOfWork&)>> units) {
    store::DatabaseConfig config = place.config();
    config.statement_timeout = 300ms;
    database = must_open(config, rng, &metrics);
    outcomes.resize(units.size());
    std::atomic<bool> holding = false;
    std::jthread holder([&] {
      const Status held = database->write([&](UnitOfWork& unit) -> Status {
        holding = true;
        for (int i = 0; i < 2000 && metrics.depth < units.size(); ++i) {
          std::this_thread::sleep_for(1ms);
        }
        return insert_account(unit, 1000);
      });
      EXPECT_TRUE(held);
    });
    while (!holding) std::this_thread::sleep_for(1ms);
    std::vector<std::jthread> callers;
    for (std::size_t i = 0; i < units.size(); ++i) {
      callers.emplace_back([this, i, &units] { outcomes[i] = database->write(units[i]); });
    }
  }

  CountingMetrics metrics;
  std::unique_ptr<store::Database> database;
  std::vector<Status> outcomes;
};

TEST_F(SqliteGroup, CommitsManyUnitsByOneFsync) {
  std::vector<std::function<Status(UnitOfWork&)>> units;
  for (int i = 0; i < 10; ++i) {
    units.emplace_back([i](UnitOfWork& unit) { return insert_account(unit, i); });
  }
  gather(units);
  EXPECT_EQ(metrics.largest_group, 11U);
  EXPECT_EQ(metrics.groups, 1);
  EXPECT_EQ(count_accounts(*database), 11);
}

TEST_F(SqliteGroup, RollsBackOneFailedUnitAlone) {
  gather({[](UnitOfWork& unit) { return insert_account(unit, 1); },
          [](UnitOfWork& unit) -> Status {
            TRY_VOID(insert_account(unit, 2));
            return core::fail(core::ErrorCode::kConflict, "test.refused");
          },
          [](UnitOfWork& unit) { return insert_account(unit, 1000); },  // the holder's id
          [](UnitOfWork& unit) { return insert_account(unit, 4); }});
  EXPECT_TRUE(outcomes[0]);
  ASSERT_FALSE(outcomes[1]);
  EXPECT_EQ(outcomes[1].error().reason, "test.refused");
  ASSERT_FALSE(outcomes[2]);
  EXPECT_EQ(outcomes[2].error().reason, "store.unique");
  EXPECT_TRUE(outcomes[3]);
  EXPECT_EQ(metrics.largest_group, 5U);
  EXPECT_EQ(count_accounts(*database), 3);
}

TEST_F(SqliteGroup, SurvivesAUnitThatMakesSqliteUndoTheWholeTransaction) {
  // A timeout inside an INSERT is such a case: the others must run again, each by itself.
  std::vector<std::function<Status(UnitOfWork&)>> units;
  for (int i = 0; i < 4; ++i) {
    units.emplace_back([i](UnitOfWork& unit) { return insert_account(unit, i); });
  }
  units.emplace_back([](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run({"test.endless_insert",
                       "INSERT INTO account (account_id, amount) WITH RECURSIVE n(i) AS "
                       "(SELECT 1000000 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000000) "
                       "SELECT i, 0 FROM n WHERE i % 1000003 = 0"}));
    return {};
  });
  gather(units);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(outcomes[i]) << i;
  ASSERT_FALSE(outcomes[4]);
  EXPECT_EQ(outcomes[4].error().reason, "store.timeout");
  EXPECT_EQ(count_accounts(*database), 5);
}

TEST_F(SqliteGroup, RefusesAUnitWhenTheQueueIsFullOrTheWaitTooLong) {
  store::DatabaseConfig config = place.config();
  config.write_queue_max = 1;
  config.write_group_max = 1;
  config.busy_timeout = 200ms;
  database = must_open(config, rng, &metrics);
  std::atomic<bool> holding = false;
  std::jthread holder([&] {
    EXPECT_TRUE(database->write([&](UnitOfWork& unit) -> Status {
      holding = true;
      std::this_thread::sleep_for(700ms);
      return insert_account(unit, 1);
    }));
  });
  while (!holding) std::this_thread::sleep_for(1ms);
  metrics.depth = 0;
  std::jthread waiter([&] {
    const Status late = database->write([](UnitOfWork& unit) { return insert_account(unit, 2); });
    EXPECT_EQ(late ? "done" : late.error().reason, "store.busy");
  });
  while (metrics.depth == 0) std::this_thread::sleep_for(1ms);
  const Status refused = database->write([](UnitOfWork& unit) { return insert_account(unit, 3); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "store.queue_full");
}

TEST_F(SqliteFile, AUnitInsideAUnitEndsTheProcess) {
  make_database();
  EXPECT_DEATH(
      {
        const auto database = must_open(place.config(), rng);
        static_cast<void>(database->write([&](UnitOfWork&) -> Status {
          return database->write([](UnitOfWork&) -> Status { return {}; });
        }));
      },
      "get_id");
}

}  // namespace
}  // namespace store_test
