// The country of a database on both engines: tagged once, refused elsewhere.
#include <gtest/gtest.h>

#include "store/harness.h"
#include "store/storage_place.h"

namespace store_test {
namespace {

constexpr auto kNow = core::Instant::from_seconds(1'800'000'000);

class StoragePlace : public StoreContract {
 protected:
  void SetUp() override {
    StoreContract::SetUp();
    ASSERT_TRUE(store::migrate(*database, app_migrations(), kNow));
  }
};
INSTANTIATE_ON_BOTH_ENGINES(StoragePlace);

TEST_P(StoragePlace, IsEmptyUntilItIsSettled) {
  EXPECT_EQ(store::find_place(*database).value(), "");
}

TEST_P(StoragePlace, IsSettledOnceAndStays) {
  EXPECT_TRUE(store::settle_place(*database, "ru", kNow).value());
  EXPECT_FALSE(store::settle_place(*database, "ru", kNow).value());
  EXPECT_EQ(store::find_place(*database).value(), "ru");
}

TEST_P(StoragePlace, OfAnotherCountryIsRefusedByBothNames) {
  ASSERT_TRUE(store::settle_place(*database, "ru", kNow));
  const auto refused = store::settle_place(*database, "kz", kNow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "store.place_differs");
  EXPECT_NE(refused.error().detail.find("\"ru\""), std::string::npos);
  EXPECT_NE(refused.error().detail.find("\"kz\""), std::string::npos);
  EXPECT_EQ(store::find_place(*database).value(), "ru");
}

TEST_P(StoragePlace, OfTheKeyDatabaseIsItsOwn) {
  const Place key_place(GetParam());
  const auto keys = must_open(key_place.config(), rng);
  ASSERT_TRUE(store::migrate(*keys, key_migrations(), kNow));
  ASSERT_TRUE(store::settle_place(*keys, "kz", kNow));
  EXPECT_TRUE(store::settle_place(*database, "ru", kNow).value());
  EXPECT_EQ(store::find_place(*keys).value(), "kz");
}

}  // namespace
}  // namespace store_test
