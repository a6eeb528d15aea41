#include "privacy/request/block_service.h"

#include <gtest/gtest.h>

#include "privacy/request/testing/request_world.h"
#include "vault/block.h"

namespace privacy {
namespace {

using world::kNow;
using world::reason_of;

class Stops final : public ProcessingStops {
 public:
  core::Status data_blocked(store::UnitOfWork& /*unit*/, const core::CitizenId& citizen_id,
                            core::Instant /*now*/) override {
    told.push_back(citizen_id);
    return {};
  }
  std::vector<core::CitizenId> told;
};

class BlockServiceTest : public testing::Test {
 protected:
  world::RequestWorld world_;
  Stops stops_;
  BlockService blocks_{world_.vaults.databases.data(), world_.vaults.databases.rng(), &stops_};
  core::CitizenId id_ = world_.vaults.person();
};

TEST_F(BlockServiceTest, BlocksOneCategoryOfOnePersonUntilTheyLiftIt) {
  ASSERT_TRUE(blocks_.block(id_, "documents", kNow));
  const auto list = *blocks_.list(id_);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].category, "documents");
  EXPECT_EQ(list[0].reason, "asked");
  EXPECT_EQ(list[0].at, kNow);
  EXPECT_FALSE(list[0].request_id);
  EXPECT_EQ(stops_.told, std::vector{id_});
  EXPECT_TRUE(blocks_.list(world_.vaults.person())->empty());
  ASSERT_TRUE(blocks_.lift(id_, "documents", kNow));
  EXPECT_TRUE(blocks_.list(id_)->empty());
  EXPECT_EQ(reason_of(blocks_.lift(id_, "documents", kNow)), "block.unknown");
}

TEST_F(BlockServiceTest, RefusesWhatCannotBeBlocked) {
  for (const auto* category : {"authenticators", "requests", "", "profile "}) {
    EXPECT_EQ(reason_of(blocks_.block(id_, category, kNow)), "vault.not_blockable") << category;
  }
  EXPECT_TRUE(stops_.told.empty());
}

TEST_F(BlockServiceTest, LeavesTheBlockOfACheckToWhoeverChecks) {
  ASSERT_TRUE(world_.vaults.databases.data().write([&](store::UnitOfWork& unit) {
    return vault::block(unit,
                        {.citizen_id = id_,
                         .category = vault::Category::kProfile,
                         .reason = vault::BlockReason::kChecked,
                         .actor = "officer:1",
                         .request_id = {}},
                        kNow, world_.vaults.databases.rng());
  }));
  ASSERT_TRUE(blocks_.block(id_, "profile", kNow));
  EXPECT_EQ(blocks_.list(id_)->front().reason, "checked");
  EXPECT_EQ(reason_of(blocks_.lift(id_, "profile", kNow)), "block.not_yours");
}

}  // namespace
}  // namespace privacy
