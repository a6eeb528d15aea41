// What a unit of work promises on both engines: values, atomicity, errors.
#include <future>
#include <limits>
#include <stdexcept>

#include "store/harness.h"

namespace store_test {
namespace {

using core::Result;
using core::Status;
using store::Query;
using store::Rows;
using store::UnitOfWork;

class Unit : public StoreContract {
 protected:
  Unit() { make_account_table(*database); }
};
INSTANTIATE_ON_BOTH_ENGINES(Unit);

TEST_P(Unit, GivesBackEveryValueAsItWasStored) {
  const std::string label = "Жаңы \xF0\x9F\x8C\xB3 'quoted' $1 ?2";
  const core::Bytes note{0, 1, 0xFF, 0, '\''};
  const auto least = std::numeric_limits<std::int64_t>::min();
  const auto most = std::numeric_limits<std::int64_t>::max();
  ASSERT_TRUE(database->write([&](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(kInsertAccount, {least, most, label, note}));
    TRY_VOID(unit.run(kInsertAccount, {2, 0, "", core::ByteView{}}));
    TRY_VOID(unit.run(kInsertAccount, {3, 0, std::nullopt, nullptr}));
    return {};
  }));
  const Status read = database->read([&](UnitOfWork& unit) -> Status {
    TRY(const Rows full, unit.run(kFindAccount, {least}));
    EXPECT_EQ(full.front().int64(0), most);
    EXPECT_EQ(full.front().text(1), label);
    EXPECT_EQ(core::to_bytes(full.front().blob(2)), note);
    TRY(const Rows empty, unit.run(kFindAccount, {2}));
    EXPECT_EQ(empty.front().text(1), "");
    EXPECT_TRUE(empty.front().blob(2).empty());
    TRY(const Rows null, unit.run(kFindAccount, {3}));
    EXPECT_TRUE(null.front().is_null(1) && null.front().is_null(2));
    TRY(const Rows none, unit.run(kFindAccount, {4}));
    EXPECT_TRUE(none.empty());
    return {};
  });
  EXPECT_TRUE(read) << read.error().detail;
}

TEST_P(Unit, WritesSoonWhatNobodyWaitsFor) {
  database->write_soon([label = std::string("kept")](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(kInsertAccount, {1, 10, label, nullptr}));
    return {};
  });
  database->write_soon([](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(kInsertAccount, {2, 20, "undone", nullptr}));
    return core::fail(core::ErrorCode::kConflict, "test.refused");
  });
  // Units are written in the order in which they came.
  const auto labels = database->write([](UnitOfWork& unit) -> Result<std::string> {
    TRY(const Rows first, unit.run(kFindAccount, {1}));
    TRY(const Rows second, unit.run(kFindAccount, {2}));
    return (first.empty() ? "" : std::string(first.front().text(1))) +
           (second.empty() ? "" : std::string(second.front().text(1)));
  });
  ASSERT_TRUE(labels);
  EXPECT_EQ(*labels, "kept");
}

TEST_P(Unit, TellsLaterWhatAUnitCameTo) {
  std::promise<Status> kept;
  std::promise<Status> refused;
  database->write_then(
      [label = std::string("kept")](UnitOfWork& unit) -> Status {
        TRY_VOID(unit.run(kInsertAccount, {1, 10, label, nullptr}));
        return {};
      },
      [&](Status status) { kept.set_value(std::move(status)); });
  database->write_then(
      [](UnitOfWork& unit) -> Status {
        TRY_VOID(unit.run(kInsertAccount, {2, 20, "undone", nullptr}));
        return core::fail(core::ErrorCode::kConflict, "test.refused");
      },
      [&](Status status) { refused.set_value(std::move(status)); });
  EXPECT_TRUE(kept.get_future().get());
  // Told only when it is durable: another connection sees it.
  const auto rows = database->read([](UnitOfWork& unit) { return unit.run(kFindAccount, {1}); });
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 1U);
  const auto outcome = refused.get_future().get();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().reason, "test.refused");
  const auto undone = database->read([](UnitOfWork& unit) { return unit.run(kFindAccount, {2}); });
  EXPECT_TRUE(undone && undone->empty());
}

TEST_P(Unit, NumbersParametersByTheirNumberAndNotByFirstAppearance) {
  const auto seen = database->read([](UnitOfWork& unit) -> Result<std::string> {
    TRY(const Rows rows,
        unit.run(Query{"test.order",
                       "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), '$1', CAST($2 AS TEXT)"},
                 {"one", "two"}));
    const auto& row = rows.front();
    return std::string(row.text(0)) + "," + std::string(row.text(1)) + "," +
           std::string(row.text(2)) + "," + std::string(row.text(3));
  });
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(*seen, "two,one,$1,two");
}

TEST_P(Unit, CountsChangedRowsAndReturnsThemWhereAsked) {
  const Status done = database->write([](UnitOfWork& unit) -> Status {
    for (int id = 1; id <= 3; ++id) {
      TRY_VOID(insert_account(unit, id));
    }
    TRY(const Rows updated,
        unit.run(Query{"test.update", "UPDATE account SET amount = 5 WHERE account_id >= $1"},
                 {2}));
    EXPECT_EQ(updated.affected(), 2);
    TRY(const Rows selected, unit.run(kCountAccounts));
    EXPECT_EQ(selected.affected(), 0);
    TRY(const Rows returned,
        unit.run(
            Query{"test.delete", "DELETE FROM account WHERE amount = 5 RETURNING account_id"}));
    EXPECT_EQ(returned.size(), 2U);
    EXPECT_EQ(returned.affected(), 2);
    TRY(const Rows none, unit.run(kAddToAccount, {99, 1}));
    EXPECT_EQ(none.affected(), 0);
    return {};
  });
  EXPECT_TRUE(done) << done.error().detail;
}

TEST_P(Unit, ChangesNothingWhenItReturnsAnError) {
  const Status failed = database->write([](UnitOfWork& unit) -> Status {
    TRY_VOID(insert_account(unit, 1));
    return core::fail(core::ErrorCode::kConflict, "test.refused");
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().reason, "test.refused");
  EXPECT_EQ(count_accounts(*database), 0);
}

TEST_P(Unit, ChangesNothingWhenItThrowsAndKeepsTheTextOfTheExceptionOutOfTheError) {
  const Status failed = database->write([](UnitOfWork& unit) -> Status {
    TRY_VOID(insert_account(unit, 1));
    throw std::runtime_error("secret text");
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().reason, "store.unit_threw");
  EXPECT_EQ(failed.error().detail.find("secret"), std::string::npos);
  EXPECT_EQ(count_accounts(*database), 0);
  EXPECT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 2); }));
}

TEST_P(Unit, CallsATakenKeyAConflict) {
  const auto insert = [](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(kInsertAccount, {1, 0, "taken", nullptr}));
    return {};
  };
  ASSERT_TRUE(database->write(insert));
  const Status again = database->write(insert);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, core::ErrorCode::kConflict);
  EXPECT_EQ(again.error().reason, "store.unique");
  const Status other_key = database->write([](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(kInsertAccount, {2, 0, "taken", nullptr}));
    return {};
  });
  ASSERT_FALSE(other_key);
  EXPECT_EQ(other_key.error().reason, "store.unique");
  EXPECT_EQ(other_key.error().detail.find("taken"), std::string::npos) << "a value in the detail";
}

TEST_P(Unit, IsSpoiltByItsFirstFailedStatementEvenIfTheFunctionGoesOn) {
  ASSERT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 1); }));
  const Status status = database->write([](UnitOfWork& unit) -> Status {
    TRY_VOID(insert_account(unit, 2));
    EXPECT_FALSE(insert_account(unit, 1));
    const Status later = insert_account(unit, 3);
    EXPECT_FALSE(later);
    return {};
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().reason, "store.unique");
  EXPECT_EQ(count_accounts(*database), 1);
}

TEST_P(Unit, CallsAFailedCheckAFaultOfTheProgram) {
  const Status status =
      database->write([](UnitOfWork& unit) { return insert_account(unit, 1, -1); });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, core::ErrorCode::kInternal);
  EXPECT_EQ(status.error().reason, "store.constraint");
}

TEST_P(Unit, RefusesTextThatIsNotUtf8OrHoldsZero) {
  for (const std::string& text : {std::string("\xFF"), std::string("a\0b", 3)}) {
    const Status status = database->write([&](UnitOfWork& unit) -> Status {
      TRY_VOID(unit.run(kInsertAccount, {1, 0, text, nullptr}));
      return {};
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().reason, "store.text_malformed");
  }
}

TEST_P(Unit, RefusesTheWrongNumberOfParameters) {
  for (const auto& params : {std::vector<store::Param>{}, std::vector<store::Param>{1, 2}}) {
    const Status status = database->read([&](UnitOfWork& unit) -> Status {
      TRY_VOID(unit.run(kFindAccount, store::Params(params)));
      return {};
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().reason, "store.statement");
  }
}

TEST_P(Unit, SaysWhichQueryIsWrong) {
  const Status status = database->read([](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(Query{"test.wrong", "SELECT absent FROM nowhere"}));
    return {};
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().reason, "store.statement");
  EXPECT_NE(status.error().detail.find("test.wrong"), std::string::npos);
  EXPECT_NE(status.error().detail.find("nowhere"), std::string::npos);
}

TEST_P(Unit, CannotWriteWhileReading) {
  const Status status = database->read([](UnitOfWork& unit) { return insert_account(unit, 1); });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().reason, "store.read_only");
  EXPECT_EQ(count_accounts(*database), 0);
}

TEST_P(Unit, ReadsOneSnapshotWhateverIsCommittedMeanwhile) {
  ASSERT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 1); }));
  const Status read = database->read([&](UnitOfWork& unit) -> Status {
    TRY(const Rows before, unit.run(kCountAccounts));
    EXPECT_TRUE(database->write([](UnitOfWork& other) { return insert_account(other, 2); }));
    TRY(const Rows after, unit.run(kCountAccounts));
    EXPECT_EQ(before.front().int64(0), after.front().int64(0));
    return {};
  });
  EXPECT_TRUE(read);
  EXPECT_EQ(count_accounts(*database), 2);
}

TEST_P(Unit, ReturnsTheValueOfItsFunction) {
  const Result<std::string> text = database->write([](UnitOfWork& unit) -> Result<std::string> {
    TRY_VOID(insert_account(unit, 1));
    return std::string("done");
  });
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "done");
}

TEST_P(Unit, StopsAStatementThatRunsTooLong) {
  store::DatabaseConfig config = place.config();
  config.statement_timeout = std::chrono::milliseconds(200);
  const auto hasty = must_open(config, rng);
  const auto started = std::chrono::steady_clock::now();
  const Status read = hasty->read([](UnitOfWork& unit) -> Status {
    TRY_VOID(unit.run(kEndless));
    return {};
  });
  const Status write = hasty->write([](UnitOfWork& unit) -> Status {
    TRY_VOID(insert_account(unit, 7));
    TRY_VOID(unit.run(kEndless));
    return {};
  });
  ASSERT_FALSE(read);
  ASSERT_FALSE(write);
  EXPECT_EQ(read.error().reason, "store.timeout");
  EXPECT_EQ(write.error().reason, "store.timeout");
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10));
  EXPECT_EQ(count_accounts(*database), 0);
  EXPECT_TRUE(hasty->write([](UnitOfWork& unit) { return insert_account(unit, 8); }));
}

TEST_P(Unit, AnnouncesOnlyWhatIsCommitted) {
  const auto seen = database->announcements().count("topic");
  EXPECT_FALSE(database->write([](UnitOfWork& unit) -> Status {
    unit.announce("topic");
    return core::fail(core::ErrorCode::kConflict, "test.refused");
  }));
  EXPECT_EQ(database->announcements().count("topic"), seen);
  EXPECT_TRUE(database->write([](UnitOfWork& unit) -> Status {
    unit.announce("topic");
    return {};
  }));
  EXPECT_EQ(database->announcements().count("topic"), seen + 1);
}

TEST_P(Unit, RefusesToWriteWhenOpenedReadOnly) {
  ASSERT_TRUE(database->write([](UnitOfWork& unit) { return insert_account(unit, 1); }));
  store::DatabaseConfig config = place.config();
  config.read_only = true;
  const auto reader = must_open(config, rng);
  EXPECT_EQ(count_accounts(*reader), 1);
  const Status status = reader->write([](UnitOfWork& unit) { return insert_account(unit, 2); });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().reason, "store.read_only");
}

TEST_P(Unit, ReportsEveryStatement) {
  CountingMetrics metrics;
  const auto watched = must_open(place.config(), rng, &metrics);
  const int before = metrics.statements;
  EXPECT_EQ(count_accounts(*watched), 0);
  EXPECT_FALSE(watched->write([](UnitOfWork& unit) { return insert_account(unit, 1, -1); }));
  EXPECT_GE(metrics.statements, before + 2);
  EXPECT_EQ(metrics.failed_statements, 1);
}

}  // namespace
}  // namespace store_test
