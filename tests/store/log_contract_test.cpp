// The transparency log on both engines: every entry gets one place, no size ever has two roots, and
// a process may die between any two steps.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "audit/checkpoint.h"
#include "audit/log_entry.h"
#include "audit/log_store.h"
#include "audit/operation_log.h"
#include "audit/sequencer.h"
#include "audit/testing/hand_signer.h"
#include "crypto/file_key_provider.h"
#include "store/harness.h"

namespace store_test {
namespace {

using std::chrono::seconds;

class Log : public StoreContract {
 protected:
  Log() : key_place(GetParam()), keys(must_open(key_place.config(), rng)) {
    EXPECT_TRUE(store::migrate(*database, app_migrations(), clock.now()));
    EXPECT_TRUE(store::migrate(*keys, key_migrations(), clock.now()));
  }

  core::CitizenId person() { return core::CitizenId::make(clock.now(), rng); }
  audit::Sequencer sequencer(audit::SequencerPolicy policy = {}) {
    return audit::Sequencer({*database, log_keys, signer, rng}, policy);
  }
  core::Status access(const core::CitizenId& id, std::string_view actor = "checker") {
    return database->write([&](store::UnitOfWork& unit) {
      return audit::record_log_entry(unit,
                                     {.citizen_id = id,
                                      .id = audit::EntryId::make(clock.now(), rng),
                                      .kind = "access",
                                      .actor = actor},
                                     clock.now(), rng);
    });
  }
  void add(int count) {
    const auto id = person();
    for (int i = 0; i < count; ++i) ASSERT_TRUE(access(id));
    clock.advance(seconds(1));
  }
  /// Reads with a function of (unit).
  template <typename Work>
  auto look(Work work) {
    auto found = database->read(work);
    EXPECT_TRUE(found) << (found ? "" : found.error().reason + found.error().detail);
    return std::move(*found);
  }
  audit::TreeHead state() {
    return look([](store::UnitOfWork& unit) { return audit::sql::get_state(unit); });
  }
  std::optional<audit::sql::StoredCheckpoint> newest() {
    return look([](store::UnitOfWork& unit) { return audit::sql::newest_checkpoint(unit); });
  }
  std::int64_t count(std::string_view sql) {
    return look([&](store::UnitOfWork& unit) -> core::Result<std::int64_t> {
      TRY(const auto rows, unit.run(store::Query{"test.count", sql}));
      return rows.front().int64(0);
    });
  }
  /// The tree as its entries alone say it is.
  void expect_whole(std::uint64_t size) {
    const auto head = state();
    ASSERT_EQ(head.size, size);
    look([&](store::UnitOfWork& unit) -> core::Result<bool> {
      audit::sql::StoredTiles tiles(unit);
      audit::TreeEdge edge;
      for (std::uint64_t i = 0; i < size; ++i) {
        TRY(const auto bundle,
            tiles.read({audit::kEntriesLevel, i / audit::kTileWidth, i % audit::kTileWidth + 1}));
        edge.append(audit::leaf_hash(bundle[i % audit::kTileWidth]));
      }
      EXPECT_EQ(edge.root(), head.root);
      TRY(const auto root, audit::TileTree(tiles, size).root());
      EXPECT_EQ(root, head.root);
      return true;
    });
    EXPECT_EQ(count("SELECT CAST(count(*) AS BIGINT) FROM log_leaf"),
              static_cast<std::int64_t>(size));
    if (size == 0) return;
    EXPECT_EQ(count("SELECT CAST(max(leaf_index) AS BIGINT) FROM log_leaf"),
              static_cast<std::int64_t>(size) - 1);
  }

  HandClock clock;
  Place key_place;
  std::unique_ptr<store::Database> keys;
  crypto::FileKeyProvider root_key{crypto::Key256::generate(rng)};
  audit::LogKeys log_keys{*keys, root_key, rng};
  world::HandSigner signer{rng};
};
INSTANTIATE_ON_BOTH_ENGINES(Log);

TEST_P(Log, StartsWithACheckpointOfNothing) {
  ASSERT_EQ(*sequencer().run_once(clock.now()), 0);
  const auto checkpoint = newest();
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->head, (audit::TreeHead{0, audit::empty_root()}));
  EXPECT_TRUE(audit::open_checkpoint(checkpoint->note, signer.published(clock.now())));
}

TEST_P(Log, GivesEveryEntryOnePlaceInBatchesOfAnySize) {
  auto one = sequencer({.batch_max = 100});
  std::uint64_t size = 0;
  for (const int more : {1, 254, 1, 1, 300, 0, 700}) {
    add(more);
    ASSERT_EQ(*one.run_once(clock.now()), more);
    size += static_cast<std::uint64_t>(more);
    ASSERT_EQ(newest()->head, state());
  }
  expect_whole(size);
  EXPECT_EQ(count("SELECT CAST(count(*) AS BIGINT) FROM log_queue"), 0);
}

TEST_P(Log, LeavesWhatIsTooYoungForTheNextRound) {
  ASSERT_TRUE(access(person()));
  EXPECT_EQ(*sequencer().run_once(clock.now()), 0);
  clock.advance(seconds(1));
  EXPECT_EQ(*sequencer({.lease = seconds(0)}).run_once(clock.now() + seconds(20)), 1);
}

TEST_P(Log, HoldsNoEntryOfATransactionThatFailed) {
  const auto failed = database->write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(audit::record_operation(unit, {person(), "consent.granted"}, clock.now(), rng));
    return core::fail(core::ErrorCode::kConflict, "test.undone");
  });
  ASSERT_FALSE(failed);
  clock.advance(seconds(1));
  EXPECT_EQ(*sequencer().run_once(clock.now()), 0);
}

TEST_P(Log, IsCarriedOnByAnotherProcessAfterADeathBetweenAnyTwoSteps) {
  std::map<std::uint64_t, std::string> notes;
  std::uint64_t size = 0;
  for (int round = 0; round < 12; ++round) {
    add(30);
    clock.advance(seconds(20));  // the lease of the dead has ended
    auto next = sequencer({.batch_max = 20});
    ASSERT_TRUE(*next.take_lease(clock.now()));
    // Dies after 0, 1 or 2 batches, published or not.
    for (int batch = 0; batch < round % 3; ++batch) {
      size += static_cast<std::uint64_t>(*next.integrate(clock.now()));
    }
    if (round % 2 == 0) {
      ASSERT_TRUE(next.publish(clock.now()));
      const auto made = newest();
      const auto [at, is_new] = notes.emplace(made->head.size, made->note);
      ASSERT_TRUE(is_new || at->second == made->note) << "two checkpoints of one size";
    }
  }
  clock.advance(seconds(20));
  auto last = sequencer();
  ASSERT_TRUE(last.run_once(clock.now()));
  expect_whole(12 * 30);
  // Whoever kept an earlier checkpoint finds it in the tree of today.
  look([&](store::UnitOfWork& unit) -> core::Result<bool> {
    audit::sql::StoredTiles tiles(unit);
    audit::TileTree tree(tiles, 12 * 30);
    TRY(const auto root, tree.root());
    for (const auto& [at, note] : notes) {
      TRY(const auto opened, audit::open_checkpoint(note, signer.published(clock.now())));
      TRY(const auto proof, tree.prove_consistency(at));
      EXPECT_TRUE(audit::verify_consistency(opened.checkpoint.head, {12 * 30, root}, proof)) << at;
    }
    return true;
  });
}

TEST_P(Log, SignsASizeThatWasCommittedWithoutACheckpointAndNoOther) {
  add(5);
  auto dead = sequencer();
  ASSERT_TRUE(*dead.take_lease(clock.now()));
  ASSERT_EQ(*dead.integrate(clock.now()), 5);
  const auto committed = state();
  EXPECT_FALSE(newest());
  add(5);
  clock.advance(seconds(20));
  auto next = sequencer();
  ASSERT_TRUE(next.publish(clock.now()));
  EXPECT_EQ(newest()->head, committed);
}

TEST_P(Log, DoesNotLetWhoeverLostTheLeaseGoOn) {
  auto late = sequencer();
  ASSERT_TRUE(*late.take_lease(clock.now()));
  add(3);
  clock.advance(seconds(20));
  auto other = sequencer();
  ASSERT_TRUE(*other.take_lease(clock.now()));
  EXPECT_FALSE(*late.take_lease(clock.now()));
  EXPECT_EQ(late.integrate(clock.now()).error().reason, "log.raced");
  EXPECT_EQ(*other.integrate(clock.now()), 3);
  expect_whole(3);
}

TEST_P(Log, AgreesWithItselfWhileWritersAndTwoSequencersRunAtOnce) {
  constexpr int kWriters = 3;
  constexpr int kEach = 60;
  std::atomic<int> writing = kWriters;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kWriters; ++i) {
    threads.emplace_back([&] {
      const auto id = person();
      for (int j = 0; j < kEach; ++j) EXPECT_TRUE(access(id));
      --writing;
    });
  }
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      // Nothing settles and no lease lasts: the hardest case.
      auto mine = sequencer({.batch_max = 7,
                             .settle = std::chrono::milliseconds(-50),
                             .lease = std::chrono::microseconds(1)});
      while (writing > 0) {
        clock.advance(std::chrono::milliseconds(1));
        const auto done = mine.run_once(clock.now());
        EXPECT_TRUE(done || done.error().code == core::ErrorCode::kUnavailable)
            << done.error().reason << done.error().detail;
      }
    });
  }
  threads.clear();
  clock.advance(seconds(20));
  ASSERT_TRUE(sequencer().run_once(clock.now()));
  expect_whole(kWriters * kEach);
  EXPECT_EQ(newest()->head, state());
}

TEST_P(Log, StopsAtATileThatWasAltered) {
  add(10);
  auto one = sequencer();
  ASSERT_EQ(*one.run_once(clock.now()), 10);
  ASSERT_TRUE(database->write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto bytes, audit::sql::find_tile(unit, 0, 0));
    bytes[40] ^= 1;
    return audit::sql::put_tile(unit, 0, 0, bytes);
  }));
  add(1);
  const auto stopped = one.run_once(clock.now());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().reason, "log.state_damaged");
  EXPECT_EQ(newest()->head.size, 10U);
}

TEST_P(Log, RestsUnderTheCitizensKeyAndIsUnreadableWithoutIt) {
  const auto id = person();
  ASSERT_TRUE(access(id, "party:shop"));
  clock.advance(seconds(1));
  ASSERT_EQ(*sequencer().run_once(clock.now()), 1);
  EXPECT_EQ(count("SELECT CAST(count(*) AS BIGINT) FROM log_entry WHERE record IS NOT NULL"), 0);
  const auto rows = look([&](store::UnitOfWork& unit) {
    return unit.run({"test.sealed", "SELECT entry_id, sealed FROM log_entry"});
  });
  const audit::EntryPlace row_place{id, rows.front().id<audit::EntryId>(0)};
  const auto key = *log_keys.find(id);
  const auto opened = audit::open_entry(*key, row_place, rows.front().blob(1));
  ASSERT_TRUE(opened);
  const auto record = audit::LogRecord::parse(opened->record);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->actor, "party:shop");
  EXPECT_EQ(record->citizen, audit::pseudonym_of(id));
  const auto leaf = look([](store::UnitOfWork& unit) -> core::Result<audit::Hash> {
    audit::sql::StoredTiles tiles(unit);
    return audit::TileTree(tiles, 1).leaf(0);
  });
  EXPECT_EQ(leaf, audit::leaf_hash(audit::commit(opened->salt, opened->record)));
  // Another's place, another key, no key.
  EXPECT_FALSE(audit::open_entry(*key, {person(), row_place.entry_id}, rows.front().blob(1)));
  ASSERT_TRUE(keys->write([&](store::UnitOfWork& unit) {
    return unit.run({"test.erase", "DELETE FROM data_key"});
  }));
  EXPECT_FALSE(*log_keys.find(id));
  const auto fresh = log_keys.get_or_make(id, clock.now());
  EXPECT_FALSE(audit::open_entry(*fresh, row_place, rows.front().blob(1)));
  expect_whole(1);
}

TEST_P(Log, TakesOnePublicEntryForOneSubject) {
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(database->write([&](store::UnitOfWork& unit) {
      return audit::record_public_entry(unit, "edition.published", "policy/1/ru", clock.now(), rng);
    }));
  }
  clock.advance(seconds(1));
  EXPECT_EQ(*sequencer().run_once(clock.now()), 1);
}

}  // namespace
}  // namespace store_test
