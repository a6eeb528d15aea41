#include <argon2.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "bench/commands.h"
#include "crypto/password.h"

namespace bench {
namespace {

constexpr std::string_view kPassword = "berezovaya-kora-7";

bool hash_once() {
  const std::array<std::uint8_t, 16> salt{1, 2, 3};
  std::array<std::uint8_t, 32> hash{};
  const auto& cost = crypto::kPasswordCost;
  return ::argon2id_hash_raw(cost.passes, cost.memory_kib, cost.lanes, kPassword.data(),
                             kPassword.size(), salt.data(), salt.size(), hash.data(),
                             hash.size()) == ARGON2_OK;
}

}  // namespace

core::Result<Work> run_argon2(int threads, Seconds time) {
  std::atomic<std::int64_t> done = 0;
  std::atomic<bool> refused = false;
  const Stopwatch watch;
  {
    std::vector<std::jthread> pool;
    for (int i = 0; i < threads; ++i) {
      pool.emplace_back([&] {
        while (watch.wall_s() < time.count() && !refused) {
          if (!hash_once()) refused = true;
          ++done;
        }
      });
    }
  }
  if (refused) return core::fail(core::ErrorCode::kUnavailable, "bench.argon2");
  return watch.stop(done);
}

}  // namespace bench
