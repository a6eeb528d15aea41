#include "store/pool.h"

#include <gtest/gtest.h>

#include <thread>

namespace store {
namespace {

using namespace std::chrono_literals;

struct Connection {
  int number;
};

class ConnectionPool : public ::testing::Test {
 protected:
  Pool<Connection> make(int size_max, std::chrono::milliseconds wait = 50ms) {
    return {{size_max, wait},
            [this]() -> core::Result<std::unique_ptr<Connection>> {
              if (broken) return core::fail(core::ErrorCode::kUnavailable, "test.down");
              return std::make_unique<Connection>(++made);
            },
            nullptr};
  }

  int made = 0;
  bool broken = false;
};

TEST_F(ConnectionPool, KeepsWhatWasGivenBack) {
  Pool<Connection> pool = make(2);
  { EXPECT_TRUE(pool.acquire()); }
  const auto again = pool.acquire();
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->number, 1);
  EXPECT_EQ(made, 1);
}

TEST_F(ConnectionPool, RefusesMoreThanItsSizeAfterTheWait) {
  Pool<Connection> pool = make(1);
  const auto held = pool.acquire();
  const auto refused = pool.acquire();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "store.busy");
}

TEST_F(ConnectionPool, HandsAFreedConnectionToAWaiter) {
  Pool<Connection> pool = make(1, 10s);
  std::optional held(*pool.acquire());
  std::jthread waiter([&] { EXPECT_TRUE(pool.acquire()); });
  std::this_thread::sleep_for(20ms);
  held.reset();
}

TEST_F(ConnectionPool, ForgetsADiscardedConnection) {
  Pool<Connection> pool = make(1);
  {
    auto lease = pool.acquire();
    ASSERT_TRUE(lease);
    lease->discard();
  }
  EXPECT_EQ((*pool.acquire())->number, 2);
}

TEST_F(ConnectionPool, MakesANewOneAfterTheIdleWereClosed) {
  Pool<Connection> pool = make(1);
  { EXPECT_TRUE(pool.acquire()); }
  pool.close_idle();
  EXPECT_EQ((*pool.acquire())->number, 2);
}

TEST_F(ConnectionPool, FreesThePlaceOfAConnectionThatCouldNotBeMade) {
  Pool<Connection> pool = make(1);
  broken = true;
  EXPECT_EQ(pool.acquire().error().reason, "test.down");
  broken = false;
  EXPECT_TRUE(pool.acquire());
}

}  // namespace
}  // namespace store
