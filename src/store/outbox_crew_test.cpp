#include "store/outbox_crew.h"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>

namespace store {
namespace {

TEST(Crew, DeliversEverythingBeforeItGoesHome) {
  std::atomic<int> delivered = 0;
  {
    OutboxCrew crew(2, [&](const OutboxDelivery&) { ++delivered; });
    EXPECT_EQ(crew.wait_for_idle({}), 2);
    crew.take(std::vector<OutboxDelivery>(2));
  }
  EXPECT_EQ(delivered, 2);
}

TEST(Crew, CountsAsIdleOnlyThreadsWithoutADelivery) {
  std::counting_semaphore<> go(0);
  OutboxCrew crew(2, [&](const OutboxDelivery&) { go.acquire(); });
  crew.take(std::vector<OutboxDelivery>(1));
  EXPECT_EQ(crew.wait_for_idle({}), 1);
  crew.take(std::vector<OutboxDelivery>(1));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(crew.wait_for_idle(stop.get_token()), 0) << "stop ends the wait";
  go.release(2);
  EXPECT_GE(crew.wait_for_idle({}), 1);
}

}  // namespace
}  // namespace store
