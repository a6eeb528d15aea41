// Many threads at once on both engines.
#include <thread>
#include <vector>

#include "store/harness.h"

namespace store_test {
namespace {

using core::Status;
using store::Rows;
using store::UnitOfWork;

class Concurrency : public StoreContract {
 protected:
  Concurrency() { make_account_table(*database); }
};
INSTANTIATE_ON_BOTH_ENGINES(Concurrency);

/// Runs `work` on so many threads and waits for all.
void on_threads(int threads, const std::function<void(int)>& work) {
  std::vector<std::jthread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back([&work, i] { work(i); });
}

TEST_P(Concurrency, LosesNoIncrementOfThirtyTwoThreads) {
  constexpr int kThreads = 32;
  constexpr int kEach = 10;
  ASSERT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 1); }));
  std::atomic<int> acknowledged = 0;
  on_threads(kThreads, [&](int) {
    for (int i = 0; i < kEach;) {
      const Status added = database->write([](UnitOfWork& unit) -> Status {
        // Read, then write what was read: only serialisable units survive this.
        TRY(const Rows rows, unit.run(kFindAccount, {1}));
        const std::int64_t amount = rows.front().int64(0);
        TRY_VOID(unit.run(
            store::Query{"test.set", "UPDATE account SET amount = $2 WHERE account_id = $1"},
            {1, amount + 1}));
        return {};
      });
      if (added) {
        ++acknowledged;
        ++i;
      } else if (added.error().reason != "store.busy") {
        ADD_FAILURE() << added.error().reason << ": " << added.error().detail;
        return;
      }
    }
  });
  const auto amount = database->read([](UnitOfWork& unit) -> core::Result<std::int64_t> {
    TRY(const Rows rows, unit.run(kFindAccount, {1}));
    return rows.front().int64(0);
  });
  ASSERT_TRUE(amount);
  EXPECT_EQ(acknowledged, kThreads * kEach);
  EXPECT_EQ(*amount, kThreads * kEach);
}

TEST_P(Concurrency, LetsOneOfTwoUnitsPassACheckThatBothWouldPassAlone) {
  // "At most one live row": each unit counts and inserts only into an empty table.
  std::atomic<int> inserted = 0;
  on_threads(8, [&](int i) {
    const Status status = database->write([i](UnitOfWork& unit) -> Status {
      TRY(const Rows rows, unit.run(kCountAccounts));
      if (rows.front().int64(0) > 0) return core::fail(core::ErrorCode::kConflict, "test.taken");
      return insert_account(unit, 100 + i);
    });
    if (status) ++inserted;
  });
  EXPECT_EQ(inserted, 1);
  EXPECT_EQ(count_accounts(*database), 1);
}

TEST_P(Concurrency, UndoesOneThatFailsHalfWayAndNoneBesideIt) {
  constexpr int kThreads = 16;
  constexpr int kEach = 20;
  std::atomic<int> kept = 0;
  on_threads(kThreads, [&](int thread) {
    for (int i = 0; i < kEach; ++i) {
      const int id = thread * kEach + i;
      const bool fails = id % 3 == 0;
      const Status status = database->write([id, fails](UnitOfWork& unit) -> Status {
        TRY_VOID(insert_account(unit, id));
        if (fails) return core::fail(core::ErrorCode::kForbidden, "test.refused");
        return {};
      });
      EXPECT_EQ(status ? "done" : status.error().reason, fails ? "test.refused" : "done");
      if (status) ++kept;
    }
  });
  EXPECT_EQ(count_accounts(*database), kept);
}

TEST_P(Concurrency, ReadsWhileOthersWrite) {
  std::atomic<int> torn = 0;
  ASSERT_TRUE(database->write([](UnitOfWork& unit) -> Status {
    TRY_VOID(insert_account(unit, 1, 1000));
    return insert_account(unit, 2, 1000);
  }));
  on_threads(6, [&](int i) {
    for (int round = 0; round < 20; ++round) {
      if (i % 2 == 0) {
        static_cast<void>(database->write([](UnitOfWork& unit) -> Status {
          TRY_VOID(unit.run(kAddToAccount, {1, -1}));
          TRY_VOID(unit.run(kAddToAccount, {2, 1}));
          return {};
        }));
        continue;
      }
      const Status read = database->read([&](UnitOfWork& unit) -> Status {
        TRY(const Rows one, unit.run(kFindAccount, {1}));
        TRY(const Rows two, unit.run(kFindAccount, {2}));
        if (one.front().int64(0) + two.front().int64(0) != 2000) ++torn;
        return {};
      });
      EXPECT_TRUE(read) << read.error().reason;
    }
  });
  EXPECT_EQ(torn, 0);
}

TEST_P(Concurrency, RefusesAReaderWhenNoConnectionComesFreeInTime) {
  store::DatabaseConfig config = place.config();
  config.connections_max = 1;
  config.busy_timeout = std::chrono::milliseconds(100);
  const auto narrow = must_open(config, rng);
  const Status outer = narrow->read([&](UnitOfWork&) -> Status {
    const Status inner = narrow->read([](UnitOfWork&) -> Status { return {}; });
    EXPECT_EQ(inner ? "done" : inner.error().reason, "store.busy");
    return {};
  });
  EXPECT_TRUE(outer);
}

}  // namespace
}  // namespace store_test
