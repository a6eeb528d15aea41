// What was signed once binds what may be signed, on both engines: a database taken back, put
// together otherwise, or beside the keys of another installation is not signed, and loses nothing.
#include <gtest/gtest.h>

#include "audit/checkpoint.h"
#include "audit/fork_guard.h"
#include "audit/log_entry.h"
#include "audit/log_store.h"
#include "audit/sequencer.h"
#include "audit/testing/hand_signer.h"
#include "crypto/file_key_provider.h"
#include "store/harness.h"

namespace store_test {
namespace {

using std::chrono::seconds;

/// What stands beside the keys, in memory; written() counts.
class HandKept final : public audit::KeptCheckpoints {
 public:
  [[nodiscard]] core::Result<std::vector<audit::NamedNote>> notes() override { return kept; }
  [[nodiscard]] core::Status remember(std::string_view note) override {
    if (is_full) return core::fail(core::ErrorCode::kUnavailable, "log.kept_not_written");
    kept = {{"own", std::string(note)}};
    return {};
  }
  [[nodiscard]] std::vector<std::string> ended() override { return {}; }

  std::vector<audit::NamedNote> kept;
  bool is_full = false;
};

class ForkGuard : public StoreContract {
 protected:
  ForkGuard() : key_place(GetParam()), keys(must_open(key_place.config(), rng)) {
    EXPECT_TRUE(store::migrate(*database, app_migrations(), clock.now()));
    EXPECT_TRUE(store::migrate(*keys, key_migrations(), clock.now()));
  }

  void add(int count) {
    ASSERT_TRUE(database->write([&](store::UnitOfWork& unit) -> core::Status {
      for (int i = 0; i < count; ++i) {
        TRY_VOID(audit::record_log_entry(unit,
                                         {.citizen_id = core::CitizenId::make(clock.now(), rng),
                                          .id = audit::EntryId::make(clock.now(), rng),
                                          .kind = "access"},
                                         clock.now(), rng));
      }
      return {};
    }));
    clock.advance(seconds(1));
  }
  core::Result<int> run(audit::LogSigner& by) {
    clock.advance(seconds(20));  // whoever had the lease is gone
    return audit::Sequencer({*database, log_keys, by, rng, &kept}).run_once(clock.now());
  }
  core::Result<int> run() { return run(signer); }
  std::string reason_of_run(audit::LogSigner& by) {
    const auto done = run(by);
    return done ? "" : done.error().reason;
  }
  std::string reason_of_run() { return reason_of_run(signer); }
  std::optional<audit::sql::StoredCheckpoint> newest() {
    auto found =
        database->read([](store::UnitOfWork& unit) { return audit::sql::newest_checkpoint(unit); });
    EXPECT_TRUE(found);
    return *found;
  }
  std::int64_t waiting() {
    return *database->read([](store::UnitOfWork& unit) { return audit::sql::count_waiting(unit); });
  }
  std::uint64_t size() {
    return database->read([](store::UnitOfWork& unit) { return audit::sql::get_state(unit); })
        ->size;
  }
  /// A note of this log over any head.
  audit::NamedNote note_of(const audit::TreeHead& head) {
    audit::SignedNote note{.text = audit::Checkpoint{signer.origin(), head}.to_text(),
                           .signatures = {}};
    note.signatures = *signer.sign(note.text, clock.now());
    return {"kept", note.to_string()};
  }

  HandClock clock;
  Place key_place;
  std::unique_ptr<store::Database> keys;
  crypto::FileKeyProvider root_key{crypto::Key256::generate(rng)};
  audit::LogKeys log_keys{*keys, root_key, rng};
  world::HandSigner signer{rng};
  HandKept kept;
};
INSTANTIATE_ON_BOTH_ENGINES(ForkGuard);

TEST_P(ForkGuard, KeepsEachCheckpointBeforeItIsShown) {
  add(3);
  kept.is_full = true;
  EXPECT_EQ(reason_of_run(), "log.kept_not_written");
  EXPECT_FALSE(newest());
  kept.is_full = false;
  ASSERT_TRUE(run());
  ASSERT_EQ(kept.kept.size(), 1U);
  EXPECT_EQ(kept.kept.front().note, newest()->note);
}

TEST_P(ForkGuard, RefusesADatabaseThatIsShorterThanWhatWasSigned) {
  add(3);
  ASSERT_TRUE(run());
  const auto before = newest()->head;
  kept.kept.push_back(note_of({before.size + 2, before.root}));
  add(4);
  EXPECT_EQ(reason_of_run(), "log.shorter_than_signed");
  EXPECT_EQ(newest()->head, before);
  EXPECT_EQ(size(), 3U) << "not grown past what was signed either";
  EXPECT_EQ(waiting(), 4) << "nothing is lost";
  kept.kept.pop_back();
  ASSERT_TRUE(run());
  EXPECT_EQ(newest()->head.size, 7U);
}

TEST_P(ForkGuard, RefusesADatabaseWithOtherEntriesInTheSamePlaces) {
  add(3);
  ASSERT_TRUE(run());
  add(300);
  ASSERT_TRUE(run());
  for (const std::uint64_t at : {1U, 3U, 256U, 303U}) {
    kept.kept = {note_of({at, audit::leaf_hash(core::as_bytes("another"))})};
    add(1);
    EXPECT_EQ(reason_of_run(), "log.differs_from_signed") << at;
  }
  EXPECT_EQ(newest()->head.size, 303U);
}

TEST_P(ForkGuard, HoldsANoteOfAnyEarlierSize) {
  std::vector<audit::NamedNote> all;
  for (const int count : {1, 2, 250, 3, 40}) {
    add(count);
    ASSERT_TRUE(run());
    all.push_back({"size", newest()->note});
  }
  kept.kept = all;
  add(1);
  EXPECT_EQ(reason_of_run(), "");
  EXPECT_EQ(newest()->head.size, 297U);
}

TEST_P(ForkGuard, RefusesToSignBesideTheKeysOfAnotherInstallation) {
  add(2);
  ASSERT_TRUE(run());
  kept.kept.clear();  // the whole key folder is another one
  world::HandSigner stranger(rng, signer.origin());
  add(1);
  EXPECT_EQ(reason_of_run(stranger), "log.key_missing");
  EXPECT_EQ(reason_of_run(), "");
}

TEST_P(ForkGuard, RefusesKeptNotesThatAreDamaged) {
  add(2);
  ASSERT_TRUE(run());
  const auto good = kept.kept.front().note;
  for (const auto at : {good.find('\n') + 1, good.size() - 10}) {
    auto flipped = good;
    flipped[at] = flipped[at] == '7' ? '8' : '7';
    kept.kept = {{"own", flipped}};
    add(1);
    EXPECT_EQ(reason_of_run(), "log.kept_unreadable") << at;
  }
  kept.kept = {{"own", ""}};
  EXPECT_EQ(reason_of_run(), "log.kept_unreadable");
}

TEST_P(ForkGuard, LetsALogOfAnotherNameBeginWithTheSameEntries) {
  add(5);
  ASSERT_TRUE(run());
  const auto before = newest()->head;
  kept.kept = {note_of({9, before.root})};
  world::HandSigner renamed(rng, "log.example/beresta-2");
  EXPECT_EQ(reason_of_run(), "") << "nothing is to be done, so nothing is judged";
  EXPECT_EQ(reason_of_run(renamed), "");
  EXPECT_EQ(newest()->head, before);
  EXPECT_TRUE(newest()->note.starts_with("log.example/beresta-2\n5\n"));
  add(1);
  EXPECT_EQ(reason_of_run(renamed), "");
  EXPECT_EQ(newest()->head.size, 6U);
}

}  // namespace
}  // namespace store_test
