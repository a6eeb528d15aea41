// The outbox as a table, on both engines: what enqueue and its companions promise.
#include "store/harness.h"
#include "store/outbox.h"

namespace store_test {
namespace {

using core::Result;
using core::Status;
using store::EnqueueOutcome;
using store::OutboxMessage;
using store::UnitOfWork;

class Outbox : public StoreContract {
 protected:
  Outbox() { EXPECT_TRUE(store::migrate(*database, app_migrations(), clock.now())); }

  Result<EnqueueOutcome> add(const OutboxMessage& message) {
    return database->write(
        [&](UnitOfWork& unit) { return store::enqueue(unit, message, clock.now(), rng); });
  }
  Result<store::OutboxStatus> find(std::string_view key) {
    return database->read([&](UnitOfWork& unit) { return store::find_outbox(unit, "sms", key); });
  }

  HandClock clock;
};
INSTANTIATE_ON_BOTH_ENGINES(Outbox);

OutboxMessage sms(std::string key) { return {"sms", std::move(key), {1, 2, 3}, {}}; }

TEST_P(Outbox, KeepsAnEffectOnlyIfItsTransactionCommits) {
  const Status refused = database->write([&](UnitOfWork& unit) -> Status {
    TRY_VOID(store::enqueue(unit, sms("a"), clock.now(), rng));
    return core::fail(core::ErrorCode::kConflict, "test.refused");
  });
  EXPECT_FALSE(refused);
  EXPECT_FALSE(find("a"));
  ASSERT_TRUE(add(sms("a")));
  const auto status = find("a");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->state, "pending");
  EXPECT_EQ(status->attempts, 0);
}

TEST_P(Outbox, TakesAKeyOncePerKind) {
  EXPECT_EQ(*add(sms("a")), EnqueueOutcome::kNew);
  EXPECT_EQ(*add(sms("a")), EnqueueOutcome::kAlreadyThere);
  OutboxMessage mail = sms("a");
  mail.kind = "mail";
  EXPECT_EQ(*add(mail), EnqueueOutcome::kNew);
  const auto counts = database->read([](UnitOfWork& unit) { return store::count_outbox(unit); });
  ASSERT_TRUE(counts) << counts.error().detail;
  ASSERT_EQ(counts->size(), 2U);
  EXPECT_EQ(counts->at(1).kind, "sms");
  EXPECT_EQ(counts->at(1).rows, 1);
}

TEST_P(Outbox, RefusesWhatIsTooLongOrEmpty) {
  OutboxMessage large = sms("a");
  large.payload.resize(store::kOutboxPayloadBytesMax + 1);
  EXPECT_EQ(add(large).error().reason, "outbox.too_large");
  EXPECT_EQ(add(sms("")).error().reason, "outbox.malformed");
  EXPECT_EQ(add(sms(std::string(store::kOutboxDedupKeyBytesMax + 1, 'k'))).error().reason,
            "outbox.malformed");
  OutboxMessage nobody = sms("a");
  nobody.kind = "";
  EXPECT_EQ(add(nobody).error().reason, "outbox.malformed");
  large.payload.resize(store::kOutboxPayloadBytesMax);
  EXPECT_TRUE(add(large));
}

TEST_P(Outbox, AnnouncesAFreshEffectButNotARepeatedOne) {
  const auto before = database->announcements().count(store::kOutboxTopic);
  ASSERT_TRUE(add(sms("a")));
  ASSERT_TRUE(add(sms("a")));
  EXPECT_EQ(database->announcements().count(store::kOutboxTopic), before + 1);
}

TEST_P(Outbox, RevivesOnlyWhatIsDead) {
  ASSERT_TRUE(add(sms("a")));
  const Status alive = database->write(
      [&](UnitOfWork& unit) { return store::revive_outbox(unit, "sms", "a", clock.now()); });
  ASSERT_FALSE(alive);
  EXPECT_EQ(alive.error().reason, "outbox.not_found");
}

}  // namespace
}  // namespace store_test
