#include "identity/abuse/device_mark.h"

#include <gtest/gtest.h>

#include "codec/base64url.h"
#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::hours;
using world::kNow;

constexpr auto kDay = hours(24);

class DeviceMarksTest : public testing::Test {
 protected:
  core::CitizenId citizen() { return core::CitizenId::make(kNow, rng_); }

  world::SeededRng rng_;
  DeviceMarks marks_{crypto::Key256::generate(rng_), rng_};
};

TEST_F(DeviceMarksTest, RecognisesTheAccountItWasGivenForAndNoOther) {
  const auto mine = citizen();
  const auto mark = marks_.renew("", mine, kNow);
  EXPECT_TRUE(marks_.recognise(mark, mine, kNow));
  EXPECT_FALSE(marks_.recognise(mark, citizen(), kNow));
  EXPECT_FALSE(marks_.recognise(mark, core::CitizenId(), kNow));
}

TEST_F(DeviceMarksTest, IsOneBrowserWhateverAccountsUseIt) {
  const auto first = citizen();
  const auto second = citizen();
  const auto mark = marks_.renew(marks_.renew("", first, kNow), second, kNow + kDay);
  EXPECT_EQ(marks_.recognise(mark, first, kNow + kDay),
            marks_.recognise(mark, second, kNow + kDay));
  EXPECT_NE(marks_.recognise(marks_.renew("", first, kNow), first, kNow),
            marks_.recognise(mark, first, kNow));
}

TEST_F(DeviceMarksTest, ForgetsTheAccountUsedLongestAgoWhenItIsFull) {
  std::vector<core::CitizenId> people;
  std::string mark;
  for (std::size_t i = 0; i <= DeviceMarks::kAccountsMax; ++i) {
    people.push_back(citizen());
    mark = marks_.renew(mark, people.back(), kNow);
  }
  EXPECT_LE(mark.size(), DeviceMarks::kTextBytesMax);
  EXPECT_FALSE(marks_.recognise(mark, people[0], kNow));
  for (std::size_t i = 1; i < people.size(); ++i)
    EXPECT_TRUE(marks_.recognise(mark, people[i], kNow));
}

TEST_F(DeviceMarksTest, LastsHalfAYearFromTheLastSignIn) {
  const auto mine = citizen();
  const auto mark = marks_.renew("", mine, kNow);
  EXPECT_TRUE(marks_.recognise(mark, mine, kNow + kDay * 179));
  EXPECT_FALSE(marks_.recognise(mark, mine, kNow + kDay * 180));
  EXPECT_TRUE(
      marks_.recognise(marks_.renew(mark, mine, kNow + kDay * 179), mine, kNow + kDay * 300));
}

TEST_F(DeviceMarksTest, TakesNothingThatIsNotItsOwn) {
  const auto mine = citizen();
  const auto mark = marks_.renew("", mine, kNow);
  for (std::size_t at = 0; at < mark.size(); ++at) {
    auto altered = mark;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(marks_.recognise(altered, mine, kNow)) << at;
  }
  for (std::size_t size = 0; size < mark.size(); ++size) {
    EXPECT_FALSE(marks_.recognise(mark.substr(0, size), mine, kNow)) << size;
  }
  EXPECT_FALSE(marks_.recognise(mark + mark, mine, kNow));
  EXPECT_FALSE(marks_.recognise(std::string(100'000, 'A'), mine, kNow));
  DeviceMarks others{crypto::Key256::generate(rng_), rng_};
  EXPECT_FALSE(others.recognise(mark, mine, kNow));
}

TEST_F(DeviceMarksTest, StartsAnewFromNonsense) {
  const auto mine = citizen();
  EXPECT_TRUE(marks_.recognise(marks_.renew("nonsense", mine, kNow), mine, kNow));
  EXPECT_TRUE(marks_.recognise(marks_.renew(std::string(5000, 'A'), mine, kNow), mine, kNow));
}

TEST_F(DeviceMarksTest, CannotBeReadAsTheAccountsId) {
  const auto mine = citizen();
  const auto bytes = codec::from_base64url(marks_.renew("", mine, kNow)).value();
  EXPECT_EQ(core::as_text(bytes).find(core::as_text(mine.bytes())), std::string_view::npos);
}

}  // namespace
}  // namespace identity
