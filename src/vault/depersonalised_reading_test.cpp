#include "vault/depersonalised_reading.h"

#include <gtest/gtest.h>

#include "vault/block.h"
#include "vault/testing/vault_world.h"

namespace vault {
namespace {

using world::kNow;
using world::number;
using world::reason_of;

class DepersonalisedReadingTest : public testing::Test {
 protected:
  /// Somebody with the three facts, and with what nobody is to see.
  core::CitizenId add(std::string_view born) {
    const auto id = world_.person();
    EXPECT_TRUE(world_.put(id, Category::kProfile, "birth_date", born));
    EXPECT_TRUE(world_.put(id, Category::kProfile, "sex", "F"));
    EXPECT_TRUE(world_.put(id, Category::kProfile, "family_name", "Соколова"));
    EXPECT_TRUE(world_.put(id, Category::kProfile, "phone", "+79175550142"));
    EXPECT_TRUE(world_.put(id, Category::kDocuments, "passport", "9200 000000"));
    return id;
  }
  core::Result<std::vector<ReadPerson>> read(const std::vector<core::CitizenId>& people,
                                             const MayBeRead& may = everybody) {
    auto& databases = world_.databases;
    DepersonalisedReading reading(
        {databases.data(), databases.keys(), world_.root, world_.consents, databases.rng()},
        {dataset_, Actor::staff("data_protection_officer:1"), kNow});
    return reading.read(people, may);
  }
  static core::Result<bool> everybody(store::UnitOfWork& /*unit*/, const core::CitizenId& /*id*/) {
    return true;
  }
  std::int64_t accesses(const core::CitizenId& id) {
    return number(world_.databases.data(),
                  "SELECT CAST(COUNT(*) AS BIGINT) FROM access_record WHERE citizen_id = $1 AND"
                  " purpose = 'make_statistics' AND actor = 'staff:data_protection_officer:1'",
                  {id});
  }
  std::int64_t entries(const core::CitizenId& id) {
    return number(world_.databases.data(),
                  "SELECT CAST(COUNT(*) AS BIGINT) FROM log_entry WHERE citizen_id = $1 AND"
                  " record LIKE '%make_statistics%' AND record LIKE $2",
                  {id, "%\"subject\":\"depersonalise/" + dataset_.to_string() + "\"%"});
  }

  world::VaultWorld world_;
  DatasetId dataset_ = DatasetId::make(kNow, world_.databases.rng());
};

TEST_F(DepersonalisedReadingTest, GivesTheFewFactsAndRecordsEachPerson) {
  const auto one = add("1960-03-02");
  const auto two = add("1999-12-31");
  const auto people = read({one, two});
  ASSERT_TRUE(people) << people.error().reason;
  ASSERT_EQ(people->size(), 2U);
  EXPECT_EQ((*people)[0].citizen_id, one);
  ASSERT_EQ((*people)[1].records.size(), 2U);
  EXPECT_EQ((*people)[1].records[0].name, "birth_date");
  EXPECT_EQ((*people)[1].records[0].value.reveal(), "1999-12-31");
  EXPECT_EQ((*people)[1].records[1].name, "sex");
  for (const auto& id : {one, two}) {
    EXPECT_EQ(accesses(id), 1);
    EXPECT_EQ(entries(id), 1);
  }
}

TEST_F(DepersonalisedReadingTest, LeavesOutWhoeverHasAnythingBlocked) {
  const auto one = add("1960-03-02");
  const auto blocked = add("1970-01-01");
  ASSERT_TRUE(world_.databases.data().write([&](store::UnitOfWork& unit) {
    NewBlock wanted;
    wanted.citizen_id = blocked;
    wanted.category = Category::kDocuments;
    return block(unit, wanted, kNow, world_.databases.rng());
  }));
  const auto people = read({one, blocked});
  ASSERT_TRUE(people);
  ASSERT_EQ(people->size(), 1U);
  EXPECT_EQ(people->front().citizen_id, one);
  EXPECT_EQ(accesses(blocked), 0) << "who was not read is not recorded";
  EXPECT_EQ(entries(blocked), 0);
}

TEST_F(DepersonalisedReadingTest, LeavesOutWhoeverMayNotBeRead) {
  const auto one = add("1960-03-02");
  const auto other = add("1970-01-01");
  const auto people = read({one, other}, [&](store::UnitOfWork&, const core::CitizenId& id) {
    return core::Result<bool>(id == one);
  });
  ASSERT_TRUE(people);
  EXPECT_EQ(people->size(), 1U);
  EXPECT_EQ(accesses(one), 1);
  EXPECT_EQ(accesses(other), 0);
}

TEST_F(DepersonalisedReadingTest, GivesNothingWhereNothingCouldBeRecorded) {
  const auto one = add("1960-03-02");
  world::run(world_.databases.data(), "DROP TABLE log_queue");
  EXPECT_FALSE(read({one}));
  EXPECT_EQ(accesses(one), 0);
}

TEST_F(DepersonalisedReadingTest, GivesNothingOfWhoeverWasErased) {
  const auto one = add("1960-03-02");
  ASSERT_TRUE(world_.destroy(one));
  const auto people = read({one});
  ASSERT_TRUE(people);
  ASSERT_EQ(people->size(), 1U);
  EXPECT_TRUE(people->front().records.empty());
}

TEST_F(DepersonalisedReadingTest, FailsOnARowThatWasMoved) {
  const auto one = add("1960-03-02");
  world::run(world_.databases.data(),
             "UPDATE personal_record SET name = 'registration_address' WHERE name = 'sex'");
  EXPECT_EQ(reason_of(read({one})), "crypto.open_failed");
}

}  // namespace
}  // namespace vault
