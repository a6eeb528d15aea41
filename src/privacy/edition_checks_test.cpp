#include "privacy/edition_checks.h"

#include <gtest/gtest.h>

#include "audit/testing/databases.h"

namespace privacy {
namespace {

using std::chrono::hours;
using world::kNow;
using world::reason_of;

constexpr auto kDay = hours(24);
const std::vector<std::string> kLanguages{"ru", "en"};

Edition edition(int number, std::string_view language, core::Instant in_force) {
  Edition made;
  made.kind = EditionKind::kAgreement;
  made.number = number;
  made.language = language;
  made.published_at = in_force - kDay * 10;
  made.in_force_at = in_force;
  return made;
}

/// Three editions in both languages, a year apart.
std::vector<Edition> three() {
  std::vector<Edition> editions;
  for (int number = 1; number <= 3; ++number) {
    for (const auto& language : kLanguages) {
      editions.push_back(edition(number, language, kNow + kDay * 365 * number));
    }
  }
  return editions;
}

std::string check(const std::vector<Edition>& editions) {
  return reason_of(check_editions(editions, kLanguages));
}

TEST(Editions, ThatGoForwardAreGood) {
  EXPECT_EQ(check(three()), "ok");
  auto shuffled = three();
  std::reverse(shuffled.begin(), shuffled.end());
  EXPECT_EQ(check(shuffled), "ok");
}

TEST(Editions, WithAGapInTheirNumbersAreRefused) {
  auto editions = three();
  editions.erase(editions.begin() + 2, editions.begin() + 4);
  EXPECT_EQ(check(editions), "editions.gap");
  editions.erase(editions.begin(), editions.begin() + 2);
  EXPECT_EQ(check(editions), "editions.gap");
}

TEST(Editions, InForceFromOneMomentAreRefused) {
  auto editions = three();
  editions[4].published_at = editions[5].published_at = editions[2].published_at + kDay;
  editions[4].in_force_at = editions[5].in_force_at = editions[2].in_force_at;
  EXPECT_EQ(check(editions), "editions.clash");
}

TEST(Editions, ThatComeIntoForceBackwardsAreRefused) {
  auto editions = three();
  editions[4].published_at = editions[5].published_at = editions[2].published_at + kDay;
  editions[4].in_force_at = editions[5].in_force_at = editions[2].in_force_at - kDay;
  EXPECT_EQ(check(editions), "editions.clash");
}

TEST(Editions, PublishedBackwardsAreRefused) {
  auto editions = three();
  editions[4].published_at = editions[5].published_at = kNow;
  EXPECT_EQ(check(editions), "editions.clash");
}

TEST(Editions, WithOtherMomentsInAnotherLanguageAreRefused) {
  auto editions = three();
  editions[3].in_force_at = editions[3].in_force_at + hours(1);
  EXPECT_EQ(check(editions), "editions.clash");
}

TEST(Editions, ThatStandTwiceAreRefused) {
  auto editions = three();
  editions.push_back(editions.back());
  EXPECT_EQ(check(editions), "editions.clash");
}

TEST(Editions, InForceBeforeTheyArePublishedAreRefused) {
  auto editions = three();
  editions[0].published_at = editions[1].published_at = editions[0].in_force_at + hours(1);
  EXPECT_EQ(check(editions), "editions.early");
  editions[0].published_at = editions[1].published_at = editions[0].in_force_at;
  EXPECT_EQ(check(editions), "editions.early");
}

TEST(Editions, WithoutALanguageAreRefused) {
  auto editions = three();
  editions.pop_back();
  EXPECT_EQ(check(editions), "editions.untranslated");
}

TEST(Editions, NameWhatIsWrong) {
  auto editions = three();
  editions[4].published_at = editions[5].published_at = editions[2].published_at + kDay;
  editions[4].in_force_at = editions[5].in_force_at = editions[2].in_force_at;
  const auto refused = check_editions(editions, kLanguages);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("agreement/3"), std::string::npos);
  EXPECT_NE(refused.error().detail.find("edition 2"), std::string::npos);
}

TEST(Notice, OfALaterAgreementIsAsLongAsPromised) {
  auto editions = three();
  EXPECT_EQ(reason_of(check_notice(editions, 10)), "ok");
  EXPECT_EQ(reason_of(check_notice(editions, 11)), "editions.notice_short");
  EXPECT_EQ(reason_of(check_notice(editions, 0)), "ok");
}

TEST(Notice, IsNotAskedOfTheFirstNorOfOtherDocuments) {
  auto editions = three();
  editions.resize(2);
  EXPECT_EQ(reason_of(check_notice(editions, 1000)), "ok");
  editions = three();
  for (auto& one : editions) one.kind = EditionKind::kPolicy;
  EXPECT_EQ(reason_of(check_notice(editions, 1000)), "ok");
}

}  // namespace
}  // namespace privacy
