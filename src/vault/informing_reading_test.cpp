#include "vault/informing_reading.h"

#include <gtest/gtest.h>

#include "vault/block.h"
#include "vault/testing/vault_world.h"

namespace vault {
namespace {

using world::kNow;
using world::reason_of;

class InformingReadingTest : public testing::Test {
 protected:
  InformingReadingTest() {
    EXPECT_TRUE(world_.put(id_, Category::kProfile, "phone", "+79175550142"));
    EXPECT_TRUE(world_.put(id_, Category::kProfile, "given_name", "Алсу"));
    world_.consents.live = {{id_, "account"}, {id_, "informing_debts"}};
  }
  core::Result<core::Secret<std::string>> read(std::string consent,
                                               Contact contact = Contact::kPhone,
                                               const store::UnitFunction& beside = {}) {
    return InformingReading({world_.databases.data(), world_.databases.keys(), world_.root,
                             world_.consents, world_.databases.rng()})
        .read({.citizen_id = id_,
               .contact = contact,
               .consent = std::move(consent),
               .part = "sms",
               .actor = Actor::platform("informing"),
               .now = kNow},
              beside);
  }
  std::int64_t rows(const std::string& table) {
    return world::number(world_.databases.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM " + table);
  }

  world::VaultWorld world_;
  core::CitizenId id_ = world_.person();
};

TEST_F(InformingReadingTest, GivesTheNumberToWhoAgreedWithARecordAndAnEntry) {
  EXPECT_EQ(read("informing_debts")->reveal(), "+79175550142");
  EXPECT_EQ(rows("access_record WHERE actor = 'platform:informing' AND purpose = 'inform_citizen'"
                 " AND category = 'profile'"),
            1);
  EXPECT_EQ(rows("access_record a JOIN log_entry e ON e.citizen_id = a.citizen_id"
                 " AND e.entry_id = a.access_id"),
            1);
}

TEST_F(InformingReadingTest, RefusesWithoutTheConsentToJustThisTopic) {
  world_.consents.live.insert({id_, "health"});
  for (const auto* consent : {"informing_health", "informing_", "", "account", "health"}) {
    EXPECT_EQ(reason_of(read(consent)), "vault.consent_missing") << consent;
  }
  world_.consents.live.clear();
  EXPECT_EQ(reason_of(read("informing_debts")), "vault.consent_missing");
  EXPECT_EQ(rows("access_record"), 0);
}

TEST_F(InformingReadingTest, StopsAtABlock) {
  ASSERT_TRUE(world_.databases.data().write([&](store::UnitOfWork& unit) {
    return block(unit,
                 {.citizen_id = id_,
                  .category = Category::kProfile,
                  .reason = BlockReason::kAsked,
                  .actor = "citizen",
                  .request_id = {}},
                 kNow, world_.databases.rng());
  }));
  EXPECT_EQ(reason_of(read("informing_debts")), "vault.blocked");
  EXPECT_EQ(rows("access_record"), 0);
}

TEST_F(InformingReadingTest, GivesNothingWhereThereIsNothing) {
  EXPECT_EQ(read("informing_debts", Contact::kEmail)->reveal(), "");
  ASSERT_TRUE(world_.put(id_, Category::kProfile, "email:pending", "a@b.cd"));
  EXPECT_EQ(read("informing_debts", Contact::kEmail)->reveal(), "");
  ASSERT_TRUE(world_.put(id_, Category::kProfile, "email:confirmed", "e@f.gh"));
  EXPECT_EQ(read("informing_debts", Contact::kEmail)->reveal(), "e@f.gh");
}

TEST_F(InformingReadingTest, ReadsNothingWhenWhatStandsBesideItFails) {
  const auto refused = read("informing_debts", Contact::kPhone, [](store::UnitOfWork&) {
    return core::Status(core::fail(core::ErrorCode::kConflict, "informing.taken"));
  });
  EXPECT_EQ(reason_of(refused), "informing.taken");
  EXPECT_EQ(rows("access_record"), 0);
}

}  // namespace
}  // namespace vault
