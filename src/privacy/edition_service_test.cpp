#include "privacy/edition_service.h"

#include <gtest/gtest.h>

#include "audit/testing/databases.h"
#include "privacy/acceptance_store.h"

namespace privacy {
namespace {

using std::chrono::hours;
using world::kNow;
using world::reason_of;

constexpr auto kBinds = kNow + hours(24 * 10);
constexpr auto kLater = kNow + hours(24 * 100);

Edition edition(EditionKind kind, int number, core::Instant published, core::Instant in_force) {
  Edition made;
  made.kind = kind;
  made.number = number;
  made.language = "ru";
  made.text = "Текст " + std::to_string(number) + " соглашения для всех.\n";
  made.sha256 = std::string(name_of(kind)) + "-" + std::to_string(number);
  made.published_at = published;
  made.in_force_at = in_force;
  return made;
}

/// Agreement 1 in force, 2 announced, 3 not even published.
EditionLibrary library() {
  const auto long_ago = kNow - hours(24 * 365);
  std::vector<Edition> editions;
  for (const auto kind : kAllEditionKinds) {
    editions.push_back(edition(kind, 1, long_ago, long_ago + hours(1)));
  }
  editions.push_back(edition(EditionKind::kAgreement, 2, kNow - hours(1), kBinds));
  editions.push_back(edition(EditionKind::kAgreement, 3, kBinds + hours(1), kLater));
  return EditionLibrary::make(std::move(editions), {"ru"}).value();
}

SeenEdition seen(int number) {
  return {EditionKind::kAgreement, number, "ru", "agreement-" + std::to_string(number)};
}

class EditionServiceTest : public testing::Test {
 protected:
  EditionServiceTest() {
    const AcceptanceRecord first{seen(1), "registration", kNow - hours(48)};
    const auto done = databases_.data().write([&](store::UnitOfWork& unit) {
      return sql::insert_acceptance_record(unit, id_, first, databases_.rng());
    });
    EXPECT_TRUE(done);
  }
  std::string accept(int number, core::Instant now) {
    return reason_of(service_.accept(id_, seen(number), now));
  }
  bool must(core::Instant now) { return service_.must_accept(id_, now).value(); }
  /// "2 binds", "2 later".
  std::string waiting(core::Instant now) {
    std::string text;
    const auto found = service_.waiting(id_, "ru", now).value();
    for (const auto& one : found) {
      text += std::to_string(one.edition->number) + (one.binds ? " binds " : " later ");
    }
    return text;
  }

  world::Databases databases_;
  EditionLibrary library_ = library();
  EditionService service_{databases_.data(), library_, databases_.rng()};
  core::CitizenId id_ = core::CitizenId::make(kNow, databases_.rng());
};

TEST_F(EditionServiceTest, AnnouncesBeforeItBinds) {
  EXPECT_EQ(waiting(kNow - hours(2)), "");
  EXPECT_EQ(waiting(kNow), "2 later ");
  EXPECT_FALSE(must(kNow));
  EXPECT_FALSE(must(kBinds - hours(1)));
  EXPECT_EQ(waiting(kBinds), "2 binds ");
  EXPECT_TRUE(must(kBinds));
  EXPECT_EQ(waiting(kBinds + hours(2)), "2 binds 3 later ");
}

TEST_F(EditionServiceTest, RecordsHowItWasAccepted) {
  ASSERT_EQ(accept(2, kNow), "ok");
  ASSERT_EQ(accept(3, kLater), "ok");
  const auto records = service_.accepted(id_).value();
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].how, "sign_in");
  EXPECT_EQ(records[0].seen.sha256, "agreement-3");
  EXPECT_EQ(records[1].how, "use");
  EXPECT_EQ(records[1].accepted_at, kNow);
  EXPECT_EQ(records[1].seen.language, "ru");
  EXPECT_EQ(records[2].how, "registration");
}

TEST_F(EditionServiceTest, BindsNobodyWhoAcceptedInAdvance) {
  ASSERT_EQ(accept(2, kNow), "ok");
  EXPECT_EQ(waiting(kNow), "");
  EXPECT_FALSE(must(kBinds));
}

TEST_F(EditionServiceTest, OpensAtOnceWhenAccepted) {
  ASSERT_TRUE(must(kBinds));
  ASSERT_EQ(accept(2, kBinds), "ok");
  EXPECT_FALSE(must(kBinds));
  EXPECT_FALSE(must(kLater - hours(1)));
  EXPECT_TRUE(must(kLater)) << "the next edition asks again";
}

TEST_F(EditionServiceTest, AsksForNoOlderEditionWhenTheClockStepsBack) {
  ASSERT_EQ(accept(2, kBinds), "ok");
  EXPECT_EQ(waiting(kNow - hours(24 * 300)), "");
  EXPECT_FALSE(must(kNow - hours(24 * 300)));
  EXPECT_EQ(accept(1, kNow), "edition.already_accepted");
}

TEST_F(EditionServiceTest, RefusesWhatIsNotThere) {
  EXPECT_EQ(accept(3, kNow), "edition.unknown") << "not published yet";
  EXPECT_EQ(accept(9, kNow), "edition.unknown");
  EXPECT_EQ(accept(1, kBinds), "edition.superseded");
  auto other_bytes = seen(2);
  other_bytes.sha256 = "agreement-1";
  EXPECT_EQ(reason_of(service_.accept(id_, other_bytes, kNow)), "edition.mismatch");
  auto policy = seen(1);
  policy.kind = EditionKind::kPolicy;
  EXPECT_EQ(reason_of(service_.accept(id_, policy, kNow)), "edition.nothing_to_accept");
}

TEST_F(EditionServiceTest, AcceptsOnceAndWritesItIntoTheHistory) {
  ASSERT_EQ(accept(2, kNow), "ok");
  EXPECT_EQ(accept(2, kNow), "edition.already_accepted");
  EXPECT_EQ(world::number(databases_.data(),
                          "SELECT CAST(COUNT(*) AS BIGINT) FROM operation WHERE kind ="
                          " 'agreement.accepted' AND subject = 'agreement/2'"),
            1);
}

TEST_F(EditionServiceTest, OfOneTellsNothingOfAnother) {
  ASSERT_EQ(accept(2, kBinds), "ok");
  const auto other = core::CitizenId::make(kNow, databases_.rng());
  EXPECT_TRUE(service_.must_accept(other, kBinds).value());
}

TEST_F(EditionServiceTest, TellsWhatChanged) {
  const auto changes = service_.changes(EditionKind::kAgreement, 2, "ru", kNow).value();
  ASSERT_NE(changes.previous, nullptr);
  EXPECT_EQ(changes.previous->number, 1);
  ASSERT_EQ(changes.changes->size(), 1U);
  EXPECT_EQ(changes.changes->front().act, ClauseAct::kChanged);
  const auto first = service_.changes(EditionKind::kAgreement, 1, "ru", kNow).value();
  EXPECT_EQ(first.previous, nullptr);
  EXPECT_EQ(reason_of(service_.changes(EditionKind::kAgreement, 3, "ru", kNow)), "edition.unknown");
}

}  // namespace
}  // namespace privacy
