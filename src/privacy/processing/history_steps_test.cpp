#include "privacy/processing/history_steps.h"

#include <gtest/gtest.h>

#include "audit/dispute.h"
#include "audit/history_term.h"
#include "audit/operation_log.h"
#include "privacy/dispute/dispute_service.h"
#include "vault/testing/vault_world.h"

namespace privacy {
namespace {

using std::chrono::hours;
using world::kNow;

constexpr auto kDay = hours(24);
constexpr int kDays = 100;

ProcessingRegister register_of_history() {
  ProcessingRegister made;
  made.terms = {{.name = "history", .days = kDays}};
  made.categories = {{.name = "history", .term = "history"}};
  ProcessingPurpose shows;
  shows.name = "show_what_happened";
  shows.categories = {"history"};
  made.purposes = {shows};
  return made;
}

class HistoryStepsTest : public testing::Test {
 protected:
  store::Database& data() { return world_.databases.data(); }
  std::int64_t count(std::string_view table) {
    return world::number(data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM " + std::string(table));
  }
  void note(std::string_view kind, core::Instant at) {
    ASSERT_TRUE(data().write([&](store::UnitOfWork& unit) {
      return audit::record_operation(unit, {id_, kind}, at, world_.databases.rng());
    }));
  }
  /// Somebody looks; the entry of the log that says so.
  audit::EntryId look(core::Instant at) {
    CORE_ASSERT(world_.vault
                    .open({.citizen_id = id_,
                           .category = vault::Category::kProfile,
                           .purpose = vault::Purpose::kNotifyCitizen,
                           .actor = vault::Actor::platform("notices"),
                           .now = at})
                    .has_value());
    const auto rows = world::run(data(), "SELECT entry_id FROM log_entry ORDER BY entry_id DESC");
    return rows.front().id<audit::EntryId>(0);
  }
  void dispute(const audit::EntryId& entry, core::Instant at) {
    ASSERT_TRUE(data().write([&](store::UnitOfWork& unit) {
      return audit::sql::put_dispute(unit, {id_, entry, "not_me", at, {}, {}});
    }));
  }
  void answer(const audit::EntryId& entry, core::Instant at) {
    ASSERT_TRUE(world_.put(id_, vault::Category::kRequests, dispute_answer_name(entry), "words"));
    ASSERT_TRUE(data().write([&](store::UnitOfWork& unit) {
      return audit::sql::answer_dispute(unit, {id_, entry, "not_me", kNow, at, "rightful"});
    }));
  }
  /// "operation 1/0" for each line: due and erased.
  static std::string told(const RetentionReport& report) {
    std::string text;
    for (const auto& line : report) {
      if (line.due + line.erased == 0) continue;
      text += line.table + " " + std::to_string(line.due) + "/" + std::to_string(line.erased) + " ";
    }
    return text;
  }
  std::string foresee(core::Instant now) { return told(service_.foresee(now).value()); }
  std::string run(core::Instant now) { return told(service_.run(now).value()); }

  world::VaultWorld world_;
  core::CitizenId id_ = world_.person();
  ProcessingRegister register_ = register_of_history();
  PastOperations operations_{kDay * 50};
  PastAccesses accesses_;
  PastEntries entries_{world_.vault};
  RetentionService service_{data(), register_, {&operations_, &accesses_, &entries_}};
};

TEST_F(HistoryStepsTest, EraseALineWhenItsTermEndsAndNotBefore) {
  note("password.changed", kNow);
  note("password.changed", kNow + kDay);
  EXPECT_EQ(run(kNow + kDay * kDays), "");
  EXPECT_EQ(foresee(kNow + kDay * kDays + hours(1)), "operation 1/0 ");
  EXPECT_EQ(count("operation"), 2) << "a dry run erases nothing";
  EXPECT_EQ(run(kNow + kDay * kDays + hours(1)), "operation 1/1 ");
  EXPECT_EQ(count("operation"), 1);
  EXPECT_EQ(run(kNow + kDay * kDays + hours(1)), "") << "a second run finds nothing";
}

TEST_F(HistoryStepsTest, EraseWhoLookedWithTheEntryOfTheLogAndLeaveTheTreeAlone) {
  (void)look(kNow);
  const auto later = look(kNow + kDay);
  EXPECT_EQ(run(kNow + kDay * kDays), "");
  EXPECT_EQ(run(kNow + kDay * kDays + hours(1)), "access_record 1/1 log_entry 1/1 ");
  EXPECT_EQ(count("access_record"), 1);
  EXPECT_EQ(world::run(data(), "SELECT entry_id FROM log_entry").front().id<audit::EntryId>(0),
            later);
  EXPECT_EQ(count("log_queue"), 2) << "what waits for its place in the tree is not readable";
}

TEST_F(HistoryStepsTest, KeepSignInsAsLongAsALastVisitIsReadFromThem) {
  note("session.opened", kNow);
  EXPECT_EQ(run(kNow + kDay * (kDays + 49)), "");
  EXPECT_EQ(run(kNow + kDay * (kDays + 51)), "operation 1/1 ");
}

TEST_F(HistoryStepsTest, KeepADisputedEntryUntilItsAnswerIsAsOld) {
  const auto entry = look(kNow);
  dispute(entry, kNow + kDay);
  EXPECT_EQ(run(kNow + kDay * kDays * 3), "access_record 1/1 ") << "nobody has answered";
  answer(entry, kNow + kDay * 300);
  EXPECT_EQ(run(kNow + kDay * (300 + kDays)), "");
  EXPECT_EQ(count("log_dispute"), 1);
  EXPECT_EQ(run(kNow + kDay * (301 + kDays)), "log_entry 1/1 ");
  EXPECT_EQ(count("log_entry") + count("log_dispute") + count("personal_record"), 0);
}

TEST_F(HistoryStepsTest, EraseMoreThanABatchInBatches) {
  for (int i = 0; i < RetentionService::kBatchMax + 5; ++i) {
    note("password.changed", kNow + std::chrono::seconds(i));
    (void)look(kNow + std::chrono::seconds(i));
  }
  (void)world_.databases.statements().take();
  EXPECT_EQ(run(kNow + kDay * (kDays + 1)),
            "operation 205/205 access_record 205/205 log_entry 205/205 ");
  const auto ran = world_.databases.statements().take();
  for (const auto* name :
       {"operation.erase_past_term", "access_record.erase_past_term", "log_entry.list_past_term"}) {
    EXPECT_EQ(std::count(ran.begin(), ran.end(), name), 2) << name;
  }
  EXPECT_EQ(count("operation") + count("access_record") + count("log_entry"), 0);
}

}  // namespace
}  // namespace privacy
