// A process killed while many threads write loses nothing it had acknowledged.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>
#include <vector>

#include "store/harness.h"

namespace store_test {
namespace {

using store::UnitOfWork;

constexpr int kThreads = 8;
constexpr int kAcknowledgedBeforeTheKill = 300;
constexpr std::int64_t kIdsPerThread = 1'000'000;

/// Writes rows for ever and tells the pipe each id after the store said it is durable.
[[noreturn]] void write_until_killed(const store::DatabaseConfig& config, int pipe) {
  SeededRng rng;
  const auto database = must_open(config, rng);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::int64_t id = thread * kIdsPerThread;; ++id) {
        if (!database->write([id](UnitOfWork& unit) { return insert_account(unit, id); })) {
          ::_exit(1);
        }
        if (::write(pipe, &id, sizeof id) != static_cast<ssize_t>(sizeof id)) ::_exit(1);
      }
    });
  }
  threads.clear();
  ::_exit(1);
}

std::set<std::int64_t> read_ids(int pipe, std::size_t at_most) {
  std::set<std::int64_t> ids;
  std::int64_t id = 0;
  while (ids.size() < at_most && ::read(pipe, &id, sizeof id) == static_cast<ssize_t>(sizeof id)) {
    ids.insert(id);
  }
  return ids;
}

bool has_account(store::Database& database, std::int64_t id) {
  const auto found = database.read([id](UnitOfWork& unit) -> core::Result<bool> {
    TRY(const store::Rows rows, unit.run(kFindAccount, {id}));
    return !rows.empty();
  });
  return found && *found;
}

TEST(SqliteCrash, LosesNoAcknowledgedWriteWhenKilledInsideAGroup) {
  SeededRng rng;
  const Place place(store::Engine::kSqlite);
  make_account_table(*must_open(place.config(), rng));
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) write_until_killed(place.config(), ends[1]);
  ::close(ends[1]);
  std::set<std::int64_t> acknowledged = read_ids(ends[0], kAcknowledgedBeforeTheKill);
  ::kill(child, SIGKILL);
  acknowledged.merge(read_ids(ends[0], SIZE_MAX));  // what was still in the pipe
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";
  ASSERT_GE(acknowledged.size(), static_cast<std::size_t>(kAcknowledgedBeforeTheKill));

  const auto database = must_open(place.config(), rng);
  for (const std::int64_t id : acknowledged) EXPECT_TRUE(has_account(*database, id)) << id;
  EXPECT_LE(count_accounts(*database), static_cast<std::int64_t>(acknowledged.size()) + kThreads)
      << "at most one unacknowledged row a thread";
}

}  // namespace
}  // namespace store_test
