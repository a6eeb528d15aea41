// What a deleted row leaves in the files of a SQLite database: nothing, once it was scrubbed.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "store/harness.h"
#include "store/scrub.h"

namespace store_test {
namespace {

using core::Status;
using store::UnitOfWork;
using namespace std::chrono_literals;

constexpr std::string_view kCanary = "canary-7b0c5f9e-of-a-wrapped-key";

class SqliteScrub : public ::testing::Test {
 protected:
  SqliteScrub() { make_account_table(*database); }

  void write(std::string_view sql, std::initializer_list<store::Param> params) {
    const auto done = database->write([&](UnitOfWork& unit) -> Status {
      TRY_VOID(unit.run({sql, sql}, params));
      return {};
    });
    ASSERT_TRUE(done) << done.error().detail;
  }
  void add(std::int64_t id, std::string_view note) {
    write("INSERT INTO account (account_id, amount, note) VALUES ($1, 0, $2)",
          {id, core::as_bytes(note)});
  }
  void remove(std::int64_t id) { write("DELETE FROM account WHERE account_id = $1", {id}); }
  [[nodiscard]] bool is_in(const std::string& suffix) const {
    std::ifstream file(place.file() + suffix, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    return bytes.find(kCanary) != std::string::npos;
  }
  [[nodiscard]] std::uintmax_t log_bytes() const {
    return std::filesystem::file_size(place.file() + "-wal");
  }

  SeededRng rng;
  Place place{store::Engine::kSqlite};
  std::unique_ptr<store::Database> database = must_open(place.config(), rng);
};

TEST_F(SqliteScrub, LeavesNothingOfADeletedRow) {
  add(1, kCanary);
  EXPECT_TRUE(is_in("-wal")) << "the search must be able to find it";
  remove(1);
  EXPECT_TRUE(is_in("-wal")) << "deleting alone is not enough";
  const auto scrubbed = store::scrub(*database);
  ASSERT_TRUE(scrubbed) << scrubbed.error().reason;
  EXPECT_FALSE(is_in(""));
  EXPECT_FALSE(is_in("-wal"));
  EXPECT_EQ(log_bytes(), 0U);
}

TEST_F(SqliteScrub, LeavesNothingOfARowThatWasInTheFileBefore) {
  // So many that pages split and are joined again, with the row on the move.
  for (int i = 1; i <= 400; ++i) add(i * 7919 % 401, i == 200 ? kCanary : std::string(100, 'x'));
  ASSERT_TRUE(store::scrub(*database));
  ASSERT_TRUE(is_in("")) << "the search must be able to find it";
  for (int i = 1; i <= 400; i += 3) remove(i * 7919 % 401);
  remove(200 * 7919 % 401);
  for (int i = 1; i <= 100; ++i) add(1000 + i, std::string(90, 'y'));
  ASSERT_TRUE(store::scrub(*database));
  EXPECT_FALSE(is_in(""));
  EXPECT_FALSE(is_in("-wal"));
}

TEST_F(SqliteScrub, EndsSnapshotsThatNobodyUses) {
  add(1, kCanary);
  EXPECT_EQ(count_accounts(*database), 1);  // its connection keeps the snapshot
  remove(1);
  EXPECT_EQ(count_accounts(*database), 0);
  ASSERT_TRUE(store::scrub(*database));
  EXPECT_FALSE(is_in("-wal"));
  EXPECT_EQ(count_accounts(*database), 0);
}

TEST_F(SqliteScrub, WaitsForAReaderAndSaysWhenItTakesTooLong) {
  add(1, kCanary);
  std::atomic<bool> reading = false;
  std::atomic<bool> finish = false;
  std::jthread reader([&] {
    EXPECT_TRUE(database->read([&](UnitOfWork& unit) -> Status {
      TRY_VOID(unit.run({"test.look", "SELECT account_id FROM account"}));
      reading = true;
      while (!finish) std::this_thread::sleep_for(1ms);
      return {};
    }));
  });
  while (!reading) std::this_thread::sleep_for(1ms);
  remove(1);
  const auto refused = store::scrub(*database);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "store.busy");
  add(2, "writing goes on");
  finish = true;
  reader.join();
  ASSERT_TRUE(store::scrub(*database));
  EXPECT_FALSE(is_in("-wal"));
  EXPECT_EQ(count_accounts(*database), 1);
}

TEST_F(SqliteScrub, GoesOnBesideReadersThatComeAndGo) {
  add(1, kCanary);
  remove(1);
  std::atomic<bool> finish = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!finish) EXPECT_EQ(count_accounts(*database), 0);
    });
  }
  // Three readers that never rest on a busy machine: the turn comes, not always within one call.
  auto scrubbed = store::scrub(*database);
  for (int tries = 1; tries < 20 && !scrubbed; ++tries) scrubbed = store::scrub(*database);
  finish = true;
  EXPECT_TRUE(scrubbed) << scrubbed.error().reason;
  EXPECT_FALSE(is_in("-wal"));
}

TEST_F(SqliteScrub, IsRefusedWhereNothingMayBeWritten) {
  auto config = place.config();
  config.read_only = true;
  const auto reader = must_open(config, rng);
  EXPECT_EQ(store::scrub(*reader).error().reason, "store.read_only");
}

}  // namespace
}  // namespace store_test
