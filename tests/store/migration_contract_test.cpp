// Migrations on both engines: order, memory, refusal, two processes at once.
#include <thread>
#include <vector>

#include "store/harness.h"

namespace store_test {
namespace {

using store::Migration;

constexpr core::Instant kNow = core::Instant::from_seconds(1'800'000'000);
constexpr Migration kFirst{1, "create_one",
                           "CREATE TABLE one (a BIGINT NOT NULL PRIMARY KEY);\n"
                           "-- a comment; with a semicolon\n"
                           "INSERT INTO one (a) VALUES (1);\n"};
constexpr Migration kSecond{2, "create_two", "CREATE TABLE two (b TEXT)"};
constexpr Migration kThirdBroken{3, "broken", "CREATE TABLE three (c BIGINT); SELECT nonsense"};

class Migrations : public StoreContract {
 protected:
  std::string reason_of(const std::vector<Migration>& list) {
    const auto report = store::migrate(*database, list, kNow);
    return report ? "applied" : report.error().reason;
  }
};
INSTANTIATE_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, AreAppliedInOrderAndOnce) {
  const std::vector<Migration> both{kFirst, kSecond};
  const auto first = store::migrate(*database, both, kNow);
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_EQ(first->version_before, 0);
  EXPECT_EQ(first->version_after, 2);
  EXPECT_EQ(first->applied, 2);
  const auto again = store::migrate(*database, both, kNow);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->version_before, 2);
  EXPECT_EQ(again->applied, 0);
  EXPECT_TRUE(store::check_schema(*database, both));
}

TEST_P(Migrations, ThatWaitAreSeenByTheCheckWhichChangesNothing) {
  const auto empty = store::check_schema(*database, std::vector{kFirst});
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().reason, "store.schema_old");
  EXPECT_EQ(store::migrate(*database, std::vector{kFirst}, kNow)->version_before, 0);
  const auto behind = store::check_schema(*database, std::vector{kFirst, kSecond});
  ASSERT_FALSE(behind);
  EXPECT_EQ(behind.error().reason, "store.schema_old");
}

TEST_P(Migrations, RefuseADatabaseOfANewerProgram) {
  ASSERT_EQ(reason_of({kFirst, kSecond}), "applied");
  EXPECT_EQ(reason_of({kFirst}), "store.too_new");
  const auto check = store::check_schema(*database, std::vector{kFirst});
  ASSERT_FALSE(check);
  EXPECT_EQ(check.error().reason, "store.too_new");
}

TEST_P(Migrations, RefuseAnEditedScript) {
  ASSERT_EQ(reason_of({kFirst}), "applied");
  Migration edited = kFirst;
  edited.sql = "CREATE TABLE one (a BIGINT)";
  EXPECT_EQ(reason_of({edited, kSecond}), "store.migration_edited");
  Migration renamed = kFirst;
  renamed.name = "create_uno";
  EXPECT_EQ(reason_of({renamed}), "store.migration_edited");
}

TEST_P(Migrations, RefuseAScriptThatSlippedInBeforeAnAppliedOne) {
  ASSERT_EQ(reason_of({kSecond}), "applied");
  EXPECT_EQ(reason_of({kFirst, kSecond}), "store.migration_missing");
}

TEST_P(Migrations, RefuseADatabaseThatHoldsAScriptWeDoNotHave) {
  ASSERT_EQ(reason_of({kFirst, kSecond}), "applied");
  EXPECT_EQ(reason_of({kSecond}), "store.migration_edited");
}

TEST_P(Migrations, RefuseAListOutOfOrder) {
  EXPECT_EQ(reason_of({kSecond, kFirst}), "store.migration_order");
  EXPECT_EQ(reason_of({kFirst, kFirst}), "store.migration_order");
}

TEST_P(Migrations, LeaveNothingOfAFailedScriptAndKeepTheOnesBefore) {
  EXPECT_EQ(reason_of({kFirst, kSecond, kThirdBroken}), "store.statement");
  const auto three = database->read([](store::UnitOfWork& unit) {
    return unit.check({"test.three", "SELECT c FROM three"});
  });
  EXPECT_FALSE(three);
  EXPECT_TRUE(store::check_schema(*database, std::vector{kFirst, kSecond}));
}

TEST_P(Migrations, OfTwoProgramsAtOnceAreAppliedOnce) {
  const auto other = must_open(place.config(), rng);
  std::atomic<int> applied = 0;
  {
    std::vector<std::jthread> programs;
    for (store::Database* program : {database.get(), other.get()}) {
      programs.emplace_back([&applied, program] {
        const auto report = store::migrate(*program, std::vector{kFirst, kSecond}, kNow);
        if (report) {
          applied += report->applied;
        } else {
          ADD_FAILURE() << report.error().reason << ": " << report.error().detail;
        }
      });
    }
  }
  EXPECT_EQ(applied, 2);
}

TEST_P(Migrations, OfTheServerItselfApply) {
  const auto report = store::migrate(*database, app_migrations(), kNow);
  ASSERT_TRUE(report) << report.error().reason << ": " << report.error().detail;
  EXPECT_EQ(report->applied, static_cast<int>(app_migrations().size()));
  EXPECT_GE(report->applied, 1);
}

}  // namespace
}  // namespace store_test
