#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "bench/commands.h"
#include "bench/flow_row.h"
#include "crypto/system_rng.h"
#include "store/database.h"

namespace bench {
namespace {

constexpr store::Query kInsertFlow{"bench.insert_flow", kInsertFlowSql};

core::Status write_flow(store::Database& database, FlowRows& rows) {
  const auto row = rows.next();
  return database.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(unit.run(kInsertFlow, {row.state_hash, row.browser_hash, row.intent, std::nullopt,
                                    row.nonce, row.code_verifier, row.expires_at_utc}));
    return {};
  });
}

}  // namespace

core::Result<Work> run_store_writes(const std::string& path, int clients, Seconds time) {
  crypto::SystemRng rng;
  TRY(const auto database, store::open_database({.url = "sqlite:" + path}, rng));
  std::atomic<std::int64_t> done = 0;
  std::mutex mutex;
  std::optional<core::Error> refusal;
  const Stopwatch watch;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < clients; ++i) {
      threads.emplace_back([&] {
        FlowRows rows;
        while (watch.wall_s() < time.count()) {
          if (const auto status = write_flow(*database, rows); !status) {
            const std::lock_guard lock(mutex);
            refusal = status.error();
            return;
          }
          ++done;
        }
      });
    }
  }
  if (refusal) return core::fail(*refusal);
  return watch.stop(done);
}

}  // namespace bench
