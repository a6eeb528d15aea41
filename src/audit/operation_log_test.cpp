#include "audit/operation_log.h"

#include <gtest/gtest.h>

#include "audit/history.h"
#include "audit/testing/databases.h"

namespace audit {
namespace {

using std::chrono::seconds;

class OperationLogTest : public testing::Test {
 protected:
  core::CitizenId person() { return core::CitizenId::make(world::kNow, databases_.rng()); }
  core::Status record(const core::CitizenId& id, std::string_view kind, core::Instant at,
                      std::string_view subject = {}) {
    return databases_.data().write([&](store::UnitOfWork& unit) {
      return record_operation(unit, {id, kind, subject}, at, databases_.rng());
    });
  }
  std::vector<Operation> page(const core::CitizenId& id, std::optional<OperationId> before,
                              int rows) {
    auto operations = History(databases_.data()).page(id, before, rows);
    EXPECT_TRUE(operations);
    return operations ? *operations : std::vector<Operation>();
  }

  world::Databases databases_;
};

TEST_F(OperationLogTest, IsEmptyForSomebodyNothingHappenedTo) {
  EXPECT_TRUE(page(person(), {}, 10).empty());
}

TEST_F(OperationLogTest, TellsWhatHappenedAndWhen) {
  const auto id = person();
  ASSERT_TRUE(record(id, "session.opened", world::kNow, "Chrome, Android"));
  const auto lines = page(id, {}, 10);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].kind, "session.opened");
  EXPECT_EQ(lines[0].subject, "Chrome, Android");
  EXPECT_EQ(lines[0].at, world::kNow);
}

TEST_F(OperationLogTest, ShowsNobodyElsesLines) {
  const auto id = person();
  ASSERT_TRUE(record(person(), "session.opened", world::kNow));
  EXPECT_TRUE(page(id, {}, 10).empty());
}

TEST_F(OperationLogTest, PagesThroughEveryLineOnceNewestFirst) {
  const auto id = person();
  constexpr int kLines = 25;
  for (int i = 0; i < kLines; ++i) {
    ASSERT_TRUE(record(id, "line", world::kNow + seconds(i), std::to_string(i)));
  }
  std::vector<std::string> seen;
  std::optional<OperationId> before;
  for (;;) {
    const auto lines = page(id, before, 10);
    if (lines.empty()) break;
    for (const auto& line : lines) seen.push_back(line.subject);
    before = lines.back().id;
  }
  ASSERT_EQ(seen.size(), static_cast<std::size_t>(kLines));
  for (int i = 0; i < kLines; ++i) {
    EXPECT_EQ(seen[static_cast<std::size_t>(i)], std::to_string(kLines - 1 - i));
  }
}

TEST_F(OperationLogTest, KeepsTheOrderOfWhatHappenedAtOneMoment) {
  const auto id = person();
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(record(id, "line", world::kNow, std::to_string(i)));
  }
  const auto lines = page(id, {}, 40);
  ASSERT_EQ(lines.size(), 40U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].subject, std::to_string(39 - i));
  }
}

TEST_F(OperationLogTest, GivesNoLineTwiceWhenANewOneComesBetweenTwoPages) {
  const auto id = person();
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(record(id, "line", world::kNow + seconds(i)));
  const auto first = page(id, {}, 2);
  ASSERT_TRUE(record(id, "late", world::kNow + seconds(9)));
  for (const auto& line : page(id, first.back().id, 10)) EXPECT_NE(line.kind, "late");
}

TEST_F(OperationLogTest, ForgetsALineWhoseTransactionFailed) {
  const auto id = person();
  const core::Status failed = databases_.data().write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(record_operation(unit, {id, "account.registered"}, world::kNow, databases_.rng()));
    return core::fail(core::ErrorCode::kConflict, "test.undone");
  });
  EXPECT_EQ(world::reason_of(failed), "test.undone");
  EXPECT_TRUE(page(id, {}, 10).empty());
}

}  // namespace
}  // namespace audit
