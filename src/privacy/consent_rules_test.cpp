#include "privacy/consent_rules.h"

#include <gtest/gtest.h>

#include "audit/testing/databases.h"

namespace privacy {
namespace {

using std::chrono::hours;
using world::kNow;
using world::reason_of;

constexpr std::string_view kWhole = "О чём это.\n\n# Кому\n\nНам.\n\n# Как отозвать\n\nЗдесь.\n";

Edition edition(EditionKind kind, int number, std::string_view text, core::Instant in_force) {
  Edition made;
  made.kind = kind;
  made.number = number;
  made.language = "ru";
  made.text = text;
  made.in_force_at = in_force;
  return made;
}

ConsentRules rules() {
  return {"norm",
          {{ConsentField::kOperator, {{"ru", {"Кому", "Кто и кому"}}}},
           {ConsentField::kWithdrawal, {{"ru", {"Как отозвать"}}}}},
          {{"account", {"norm", std::nullopt}}, {"party", {"norm", 365}}},
          {}};
}

/// Whether the rules accept a consent with this text, among whole ones.
std::string judge(std::string_view text, int number = 1, core::Duration since = -hours(1)) {
  std::vector<Edition> editions;
  for (const auto kind : kAllEditionKinds) {
    editions.push_back(edition(kind, 1, kWhole, kNow - hours(4)));
  }
  if (number == 1) {
    editions[1].text = text;
  } else {
    editions.push_back(edition(EditionKind::kConsent, number, text, kNow + since));
    // One of long ago was followed by another.
    if (since < -hours(2)) {
      editions.push_back(edition(EditionKind::kConsent, number + 1, kWhole, kNow - hours(2)));
    }
  }
  return reason_of(rules().check(EditionLibrary::make(std::move(editions), {"ru"}).value(), kNow));
}

TEST(ConsentRules, AcceptDocumentsThatTellEverything) {
  EXPECT_EQ(judge(kWhole), "ok");
  EXPECT_EQ(judge("# Кто и кому\n\nВы нам.\n\n# Как отозвать\nЗдесь.\n"), "ok");
}

TEST(ConsentRules, RefuseADocumentThatKeepsSomethingBack) {
  EXPECT_EQ(judge("# Кому\n\nНам.\n"), "editions.consent_incomplete") << "no part";
  EXPECT_EQ(judge("# Кому\n\n# Как отозвать\n\nЗдесь.\n"), "editions.consent_incomplete")
      << "a heading and nothing under it";
  EXPECT_EQ(judge("# Кому\n\nНам.\n\n# Как отозвать\n \n"), "editions.consent_incomplete");
  EXPECT_EQ(judge("Кому\n\nНам.\n\n# Как отозвать\n\nЗдесь.\n"), "editions.consent_incomplete")
      << "words are no heading";
}

TEST(ConsentRules, LookAtWhatIsInForceAndAtWhatComes) {
  EXPECT_EQ(judge("ничего", 2, hours(1)), "editions.consent_incomplete");
  EXPECT_EQ(judge("ничего", 2, -hours(1)), "editions.consent_incomplete");
  EXPECT_EQ(judge("ничего", 2, -hours(3)), "ok") << "what was in force once is history";
}

TEST(ConsentRules, KnowTheLongestTerm) {
  EXPECT_EQ(rules().longest("party", kNow), kNow + hours(24 * 365));
  EXPECT_FALSE(rules().longest("account", kNow));
  EXPECT_FALSE(rules().longest("nonsense", kNow));
}

}  // namespace
}  // namespace privacy
