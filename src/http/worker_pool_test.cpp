#include "http/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <semaphore>

namespace http {
namespace {

TEST(WorkerPool, CallsAsManyWorkersAsABurstNeeds) {
  constexpr int kWorkers = 6;
  std::latch all_running(kWorkers);
  std::atomic<int> done = 0;
  WorkerPool pool(kWorkers, 100);
  for (int round = 0; round < kWorkers; ++round) {
    // Each job waits for all the others: one worker too few and none would end.
    ASSERT_TRUE(pool.submit([&] {
      all_running.arrive_and_wait();
      ++done;
    }));
  }
  all_running.wait();
  while (done < kWorkers) std::this_thread::yield();
}

TEST(WorkerPool, RunsEveryJobOnce) {
  constexpr int kJobs = 2000;
  std::atomic<int> sum = 0;
  std::latch ended(kJobs);
  WorkerPool pool(3, kJobs);
  for (int job = 1; job <= kJobs; ++job) {
    ASSERT_TRUE(pool.submit([&sum, &ended, job] {
      sum += job;
      ended.count_down();
    }));
  }
  ended.wait();
  EXPECT_EQ(sum, kJobs * (kJobs + 1) / 2);
}

TEST(WorkerPool, RefusesWhenItsQueueIsFullAndAfterItStopped) {
  std::binary_semaphore running(0);
  std::binary_semaphore go(0);
  std::atomic<int> dropped = 0;
  WorkerPool pool(1, 1);
  ASSERT_TRUE(pool.submit([&] {
    running.release();
    go.acquire();
  }));
  running.acquire();
  EXPECT_TRUE(pool.submit([&] { ++dropped; }));
  EXPECT_EQ(pool.queue_depth(), 1U);
  EXPECT_FALSE(pool.submit([&] { ++dropped; }));
  std::thread stopper([&] { pool.stop(); });
  while (pool.queue_depth() != 0) std::this_thread::yield();
  go.release();
  stopper.join();
  EXPECT_FALSE(pool.submit([&] { ++dropped; }));
  EXPECT_EQ(dropped, 0) << "what waits when the pool stops does not run";
}

}  // namespace
}  // namespace http
