// What only a server can do to us: conflicts between sessions, lost connections, refusals.
#include <thread>
#include <vector>

#include "store/harness.h"

namespace store_test {
namespace {

using core::Result;
using core::Status;
using store::Query;
using store::Rows;
using store::UnitOfWork;
using namespace std::chrono_literals;

constexpr Query kOwnSession{"test.pid", "SELECT CAST(pg_backend_pid() AS BIGINT)"};
constexpr Query kKillSession{"test.kill", "SELECT pg_terminate_backend(CAST($1 AS INTEGER))"};

class Postgresql : public ::testing::Test {
 protected:
  Postgresql() : database(must_open(place.config(), rng, &metrics)) {
    make_account_table(*database);
  }

  /// Ends the unit's session from another one and waits until it is gone.
  void kill_session_of(UnitOfWork& unit) {
    const auto session = unit.run(kOwnSession);
    ASSERT_TRUE(session);
    const std::int64_t pid = session->front().int64(0);
    const auto killer = must_open(place.config(), rng);
    const Status killed = killer->write([pid](UnitOfWork& other) -> Status {
      TRY_VOID(other.run(kKillSession, {pid}));
      return {};
    });
    ASSERT_TRUE(killed) << killed.error().detail;
    std::this_thread::sleep_for(100ms);
  }

  SeededRng rng;
  CountingMetrics metrics;
  Place place{store::Engine::kPostgresql};
  std::unique_ptr<store::Database> database;
};

TEST_F(Postgresql, RunsAUnitAgainAfterASerialisationConflict) {
  ASSERT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 1, 10); }));
  int runs = 0;
  const Status status = database->write([&](UnitOfWork& unit) -> Status {
    ++runs;
    TRY(const Rows rows, unit.run(kFindAccount, {1}));
    if (runs == 1) {
      // Another session changes the row between our reading and our writing.
      EXPECT_TRUE(database->write([](UnitOfWork& other) -> Status {
        TRY_VOID(other.run(kAddToAccount, {1, 5}));
        return {};
      }));
    }
    TRY_VOID(unit.run(Query{"test.set", "UPDATE account SET amount = $2 WHERE account_id = $1"},
                      {1, rows.front().int64(0) * 2}));
    return {};
  });
  ASSERT_TRUE(status) << status.error().detail;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(metrics.retries, 1);
  const auto amount = database->read([](UnitOfWork& unit) -> Result<std::int64_t> {
    TRY(const Rows rows, unit.run(kFindAccount, {1}));
    return rows.front().int64(0);
  });
  EXPECT_EQ(*amount, 30) << "(10 + 5) * 2: the second run read the new value";
}

TEST_F(Postgresql, ReportsBusyWhenConflictsOutlastTheAttempts) {
  store::DatabaseConfig config = place.config();
  config.write_attempts_max = 3;
  const auto impatient = must_open(config, rng);
  ASSERT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 1); }));
  int runs = 0;
  const Status status = impatient->write([&](UnitOfWork& unit) -> Status {
    ++runs;
    TRY_VOID(unit.run(kFindAccount, {1}));
    EXPECT_TRUE(database->write([](UnitOfWork& other) -> Status {
      TRY_VOID(other.run(kAddToAccount, {1, 1}));
      return {};
    }));
    TRY_VOID(unit.run(kAddToAccount, {1, 1}));
    return {};
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().reason, "store.busy");
  EXPECT_EQ(runs, 3);
}

TEST_F(Postgresql, RunsAUnitAgainOnANewConnectionIfItWasLostBeforeCommit) {
  int runs = 0;
  const Status status = database->write([&](UnitOfWork& unit) -> Status {
    if (++runs == 1) kill_session_of(unit);
    return insert_account(unit, 1);
  });
  ASSERT_TRUE(status) << status.error().reason << " " << status.error().detail;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count_accounts(*database), 1);
}

TEST_F(Postgresql, DoesNotRepeatAUnitWhoseCommitHasAnUnknownOutcome) {
  int runs = 0;
  const Status status = database->write([&](UnitOfWork& unit) -> Status {
    ++runs;
    TRY_VOID(insert_account(unit, 1));
    kill_session_of(unit);
    return {};
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().reason, "store.commit_unknown");
  EXPECT_EQ(status.error().code, core::ErrorCode::kUnavailable);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(count_accounts(*database), 0) << "and the pool has recovered";
}

TEST_F(Postgresql, RecoversIdleConnectionsThatTheServerClosed) {
  ASSERT_EQ(count_accounts(*database), 0);
  const auto killer = must_open(place.config(), rng);
  ASSERT_TRUE(killer->change_schema([](UnitOfWork& unit) {
    return unit.run_script({"test.kill_all",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                            "WHERE pid <> pg_backend_pid() AND usename = 'beresta'"});
  }));
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(count_accounts(*database), 0);
  EXPECT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 1); }));
}

TEST_F(Postgresql, SaysWhenTheDatabaseIsMissingOrTheServerDoesNotAnswer) {
  store::DatabaseConfig config;
  config.url = server_url();
  config.url.replace(config.url.find("@/beresta?"), 10, "@/nosuchdatabase?");
  const auto missing = store::open_database(config, rng);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().reason, "store.missing");
  config.url = "postgresql://beresta@127.0.0.1:1/beresta";
  const auto nobody = store::open_database(config, rng);
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().reason, "store.unreachable");
  config.url = "postgresql://%zz";
  const auto malformed = store::open_database(config, rng);
  ASSERT_FALSE(malformed);
  EXPECT_EQ(malformed.error().code, core::ErrorCode::kUnavailable);
}

TEST_F(Postgresql, ReportsALockThatIsHeldTooLongAsBusy) {
  ASSERT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 1); }));
  store::DatabaseConfig config = place.config();
  config.busy_timeout = 150ms;
  const auto hasty = must_open(config, rng);
  const Status holder = database->write([&](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(kAddToAccount, {1, 1}));
    const Status blocked = hasty->write([](UnitOfWork& other) -> Status {
      TRY_VOID(other.run(kAddToAccount, {1, 1}));
      return {};
    });
    EXPECT_EQ(blocked ? "done" : blocked.error().reason, "store.busy");
    return {};
  });
  EXPECT_TRUE(holder) << holder.error().detail;
}

TEST_F(Postgresql, KeepsRowValuesOutOfTheDetailOfAnError) {
  const Status status = database->read([](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(Query{"test.cast", "SELECT CAST(CAST($1 AS TEXT) AS BIGINT)"},
                      {"+7 999 123-45-67"}));
    return {};
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().detail.find("999"), std::string::npos) << status.error().detail;
}

}  // namespace
}  // namespace store_test
