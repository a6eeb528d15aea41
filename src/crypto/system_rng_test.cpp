#include "crypto/system_rng.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace crypto {
namespace {

constexpr std::size_t kIdBytes = 16;

TEST(SystemRng, GivesNoThreadWhatAnotherHad) {
  constexpr int kThreads = 8;
  constexpr int kEach = 500;
  SystemRng rng;
  std::mutex mutex;
  std::set<core::Bytes> seen;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (int made = 0; made < kEach; ++made) {
          auto bytes = core::random_bytes(rng, kIdBytes);
          const std::lock_guard lock(mutex);
          seen.insert(std::move(bytes));
        }
      });
    }
  }
  EXPECT_EQ(seen.size(), std::size_t{kThreads} * kEach);
}

TEST(SystemRng, FillsTheWholeSpanWhateverItsSize) {
  SystemRng rng;
  for (const std::size_t size : {1U, 16U, 63U, 64U, 65U, 511U, 4096U, (1U << 20U) + 3U}) {
    // A byte that is left alone every time would stay zero in all of them.
    core::Bytes touched(size);
    for (int round = 0; round < 24; ++round) {
      const auto bytes = core::random_bytes(rng, size);
      for (std::size_t i = 0; i < size; ++i) touched[i] |= bytes[i];
    }
    EXPECT_EQ(std::count(touched.begin(), touched.end(), 0), 0) << size;
  }
}

}  // namespace
}  // namespace crypto
