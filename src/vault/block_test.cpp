#include "vault/block.h"

#include <gtest/gtest.h>

#include "vault/destruction.h"
#include "vault/purposes.h"
#include "vault/testing/vault_world.h"

namespace vault {
namespace {

using world::kNow;
using world::reason_of;

class BlockTest : public testing::Test {
 protected:
  BlockTest() {
    EXPECT_TRUE(world_.put(id_, Category::kProfile, "name", "Алсу"));
    EXPECT_TRUE(world_.put(id_, Category::kDocuments, "passport", "9200 000000"));
    world_.consents.live = {{id_, "registry_documents"}, {id_, "party:clinic"}};
  }
  core::Status block(Category category, BlockReason reason = BlockReason::kAsked) {
    return world_.databases.data().write([&](store::UnitOfWork& unit) {
      return vault::block(unit,
                          {.citizen_id = id_,
                           .category = category,
                           .reason = reason,
                           .actor = "officer:1",
                           .request_id = core::to_bytes(id_.bytes())},
                          kNow, world_.databases.rng());
    });
  }
  bool unblock(std::string_view category) {
    return *world_.databases.data().write([&](store::UnitOfWork& unit) {
      return vault::unblock(unit, id_, category, kNow, world_.databases.rng());
    });
  }
  std::string open_as(Purpose purpose, Category category = Category::kProfile) {
    auto actor = Actor::platform("test");
    if (purpose == Purpose::kShowToCitizen) actor = Actor::citizen();
    if (purpose == Purpose::kReleaseToParty) actor = Actor::party("clinic");
    return reason_of(world_.vault.open({.citizen_id = id_,
                                        .category = category,
                                        .purpose = purpose,
                                        .actor = actor,
                                        .now = kNow}));
  }
  std::int64_t accesses() {
    return world::number(world_.databases.data(),
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM access_record");
  }

  world::VaultWorld world_;
  core::CitizenId id_ = world_.person();
};

TEST_F(BlockTest, StopsEveryPurposeButTheOwnersOwn) {
  for (const auto purpose : kPurposes) ASSERT_EQ(open_as(purpose), "ok") << name_of(purpose);
  ASSERT_TRUE(block(Category::kProfile));
  const auto before = accesses();
  int stopped = 0;
  for (const auto purpose : kPurposes) {
    const bool stops = stops_when_blocked(purpose);
    EXPECT_EQ(open_as(purpose), stops ? "vault.blocked" : "ok") << name_of(purpose);
    stopped += stops ? 1 : 0;
  }
  EXPECT_EQ(stopped, 4);
  // What was refused was not an access; what was opened was.
  EXPECT_EQ(accesses() - before, 2);
}

TEST_F(BlockTest, StopsReadingThatNobodyWaitsFor) {
  ASSERT_TRUE(block(Category::kDocuments));
  std::string said;
  world_.vault.open_later({.citizen_id = id_,
                           .category = Category::kDocuments,
                           .purpose = Purpose::kReleaseToParty,
                           .actor = Actor::party("clinic"),
                           .now = kNow},
                          [&](const auto& opened) { said = reason_of(opened); });
  world::run(world_.databases.data(), "DELETE FROM access_record WHERE actor = 'nobody'");
  EXPECT_EQ(said, "vault.blocked");
}

TEST_F(BlockTest, LetsNothingIn) {
  ASSERT_TRUE(block(Category::kProfile));
  for (const auto* name : {"name", "new"}) {
    const auto sealed = world_.vault.seal({.citizen_id = id_,
                                           .category = Category::kProfile,
                                           .name = name,
                                           .value = core::Secret<std::string>("Другая"),
                                           .provenance = {"self", "phone", kNow}});
    ASSERT_TRUE(sealed);
    auto& data = world_.databases.data();
    EXPECT_EQ(reason_of(data.write(
                  [&](store::UnitOfWork& unit) { return world_.vault.record(unit, *sealed); })),
              "vault.blocked");
    EXPECT_EQ(reason_of(data.write(
                  [&](store::UnitOfWork& unit) { return world_.vault.clarify(unit, *sealed); })),
              "vault.blocked");
  }
  EXPECT_EQ(reason_of(world_.put(id_, Category::kProfile, "name", "Другая")), "vault.blocked");
  EXPECT_EQ(reason_of(world_.put(id_, Category::kProfile, "new", "value")), "vault.blocked");
  EXPECT_EQ(world_.read(id_, Category::kProfile, "name"), "Алсу");
  EXPECT_EQ(world_.read(id_, Category::kProfile, "new"), "");
}

TEST_F(BlockTest, StandsForOneCategoryOfOnePerson) {
  ASSERT_TRUE(block(Category::kProfile));
  EXPECT_EQ(open_as(Purpose::kIssueDigitalId, Category::kDocuments), "ok");
  EXPECT_TRUE(world_.put(id_, Category::kDocuments, "inn", "1"));
  EXPECT_TRUE(world_.put(world_.person(), Category::kProfile, "name", "Иван"));
}

TEST_F(BlockTest, IsTheFirstOneUntilItIsLifted) {
  ASSERT_TRUE(block(Category::kProfile, BlockReason::kStopDemanded));
  ASSERT_TRUE(block(Category::kProfile, BlockReason::kChecked));
  const auto blocks = *world_.databases.data().read(
      [&](store::UnitOfWork& unit) { return list_blocks(unit, id_); });
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].category, "profile");
  EXPECT_EQ(blocks[0].reason, "stop_demanded");
  EXPECT_EQ(blocks[0].actor, "officer:1");
  EXPECT_EQ(blocks[0].request_id, core::to_bytes(id_.bytes()));
  EXPECT_EQ(blocks[0].at, kNow);
  EXPECT_TRUE(unblock("profile"));
  EXPECT_FALSE(unblock("profile"));
  EXPECT_EQ(open_as(Purpose::kIssueDigitalId), "ok");
  EXPECT_TRUE(world_.put(id_, Category::kProfile, "name", "Другая"));
}

TEST_F(BlockTest, IsToldInHistoryAndLog) {
  ASSERT_TRUE(block(Category::kProfile));
  ASSERT_TRUE(block(Category::kProfile));
  ASSERT_TRUE(unblock("profile"));
  auto& data = world_.databases.data();
  for (const auto* sql :
       {"SELECT CAST(COUNT(*) AS BIGINT) FROM operation WHERE kind = 'account.data_blocked'",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM operation WHERE kind = 'account.data_unblocked'",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM log_entry WHERE record LIKE "
        "'%account.data_blocked%'"}) {
    EXPECT_EQ(world::number(data, sql), 1) << sql;
  }
}

TEST_F(BlockTest, IsRefusedForWhatLetsTheOwnerInAndWrite) {
  EXPECT_EQ(reason_of(block(Category::kAuthenticators)), "vault.not_blockable");
  EXPECT_EQ(reason_of(block(Category::kRequests)), "vault.not_blockable");
}

TEST_F(BlockTest, GoesWithThePersonAndHindersNoErasure) {
  ASSERT_TRUE(block(Category::kProfile));
  ASSERT_TRUE(destroy_keys(world_.databases.keys(), id_));
  const auto gone = world_.databases.data().write(
      [&](store::UnitOfWork& unit) { return destroy_records(unit, id_); });
  ASSERT_TRUE(gone);
  EXPECT_EQ(gone->blocks, 1);
  EXPECT_EQ(
      world::number(world_.databases.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM data_block"), 0);
}

}  // namespace
}  // namespace vault
