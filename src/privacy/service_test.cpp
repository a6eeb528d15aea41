#include "privacy/service.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "audit/testing/databases.h"

namespace privacy {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using world::kNow;
using world::reason_of;

Edition edition(EditionKind kind, int number, core::Instant in_force) {
  Edition made;
  made.kind = kind;
  made.number = number;
  made.language = "ru";
  made.sha256 = std::string(name_of(kind)) + "-" + std::to_string(number);
  made.in_force_at = in_force;
  return made;
}

EditionLibrary library() {
  return EditionLibrary::make({edition(EditionKind::kAgreement, 1, kNow - hours(1)),
                               edition(EditionKind::kConsent, 1, kNow - hours(1)),
                               edition(EditionKind::kPolicy, 1, kNow - hours(1)),
                               edition(EditionKind::kRegistryPermission, 1, kNow - hours(1)),
                               edition(EditionKind::kRegistryPermission, 2, kNow + hours(9)),
                               edition(EditionKind::kInformingDebts, 1, kNow - hours(1)),
                               edition(EditionKind::kInformingHealth, 1, kNow - hours(1)),
                               edition(EditionKind::kInformingProjects, 1, kNow - hours(1)),
                               edition(EditionKind::kInformingSurveys, 1, kNow - hours(1))},
                              {"ru"})
      .value();
}

const SeenEdition kPermission{EditionKind::kRegistryPermission, 1, "ru", "registry-permission-1"};
constexpr auto kPurpose = ConsentPurpose::kRegistryDocuments;

/// What other rooms do when a consent ends: counted, and refused on demand.
class HandEnded final : public ConsentEnded {
 public:
  [[nodiscard]] core::Status consent_ended(store::UnitOfWork& /*unit*/,
                                           const core::CitizenId& citizen_id,
                                           ConsentPurpose purpose) override {
    if (fails) return core::fail(core::ErrorCode::kUnavailable, "store.full");
    ended.emplace_back(citizen_id, purpose);
    return {};
  }

  bool fails = false;
  std::vector<std::pair<core::CitizenId, ConsentPurpose>> ended;
};

class PrivacyServiceTest : public testing::Test {
 protected:
  std::string grant(core::Instant now = kNow) {
    return reason_of(service_.grant(id_, {kPurpose, kPermission}, now));
  }
  std::string withdraw(core::Instant now = kNow + seconds(9)) {
    return reason_of(service_.withdraw(id_, kPurpose, now));
  }
  bool is_live(const core::CitizenId& id, core::Instant now = kNow) {
    const auto shown = databases_.data()
                           .read([&](store::UnitOfWork& unit) {
                             return PrivacyService::is_live(unit, id, kPurpose, now);
                           })
                           .value();
    EXPECT_EQ(holds({kPurpose}, now, id), shown) << "what is shown is what holds";
    return shown;
  }
  bool holds(const ConsentNeed& need, core::Instant now, const core::CitizenId& id) {
    return databases_.data()
        .write(
            [&](store::UnitOfWork& unit) { return PrivacyService::hold_live(unit, id, need, now); })
        .value();
  }
  std::int64_t rows() {
    return world::number(databases_.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM consent");
  }

  world::Databases databases_;
  EditionLibrary library_ = library();
  HandEnded ended_;
  PrivacyService service_{databases_.data(), library_, ended_, databases_.rng()};
  core::CitizenId id_ = core::CitizenId::make(kNow, databases_.rng());
};

TEST_F(PrivacyServiceTest, GrantsAConsentByItsDocument) {
  const auto consent = service_.grant(id_, {kPurpose, kPermission}, kNow);
  ASSERT_TRUE(consent);
  EXPECT_TRUE(consent->is_live(kNow));
  EXPECT_TRUE(is_live(id_));
  EXPECT_FALSE(is_live(core::CitizenId::make(kNow, databases_.rng())));
}

TEST_F(PrivacyServiceTest, RemembersWhichBytesWereAgreedTo) {
  ASSERT_EQ(grant(), "ok");
  const auto overview = service_.overview(id_).value();
  ASSERT_EQ(overview.consents.size(), kAllConsentPurposes.size());
  const auto& permission = overview.consents[1];
  EXPECT_EQ(permission.seen.sha256, "registry-permission-1");
  EXPECT_EQ(permission.seen.number, 1);
  EXPECT_EQ(permission.granted_at, kNow);
  EXPECT_FALSE(overview.consents[0].granted_at) << "nothing else was granted along";
}

TEST_F(PrivacyServiceTest, RefusesASecondGrant) {
  ASSERT_EQ(grant(), "ok");
  EXPECT_EQ(grant(kNow + seconds(1)), "consent.already_granted");
  EXPECT_EQ(rows(), 1);
}

TEST_F(PrivacyServiceTest, GrantsOnceOfManyGrantsAtOnce) {
  std::atomic<int> granted = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      if (grant() == "ok") ++granted;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(granted, 1);
  EXPECT_EQ(rows(), 1);
}

TEST_F(PrivacyServiceTest, TakesNoOtherDocumentForTheConsent) {
  const SeenEdition agreement{EditionKind::kAgreement, 1, "ru", "agreement-1"};
  EXPECT_EQ(reason_of(service_.grant(id_, {kPurpose, agreement}, kNow)), "edition.mismatch");
  EXPECT_EQ(rows(), 0);
}

TEST_F(PrivacyServiceTest, TakesNoOtherBytesAndNoOtherEdition) {
  auto seen = kPermission;
  seen.sha256 = "registry-permission-2";
  EXPECT_EQ(reason_of(service_.grant(id_, {kPurpose, seen}, kNow)), "edition.mismatch");
  EXPECT_EQ(grant(kNow + hours(9)), "edition.superseded");
  EXPECT_EQ(grant(kNow - hours(2)), "edition.none_in_force");
  EXPECT_EQ(rows(), 0);
}

TEST_F(PrivacyServiceTest, WithdrawsAtOnce) {
  ASSERT_EQ(grant(), "ok");
  ASSERT_EQ(withdraw(), "ok");
  EXPECT_FALSE(is_live(id_));
  const auto consent = service_.overview(id_).value().consents[1];
  EXPECT_EQ(consent.granted_at, kNow);
  EXPECT_EQ(consent.withdrawn_at, kNow + seconds(9));
}

TEST_F(PrivacyServiceTest, TellsTheOtherRoomsWhenAConsentEnds) {
  ASSERT_EQ(grant(), "ok");
  ASSERT_EQ(withdraw(), "ok");
  ASSERT_EQ(ended_.ended.size(), 1U);
  EXPECT_EQ(ended_.ended[0].first, id_);
  EXPECT_EQ(ended_.ended[0].second, kPurpose);
}

TEST_F(PrivacyServiceTest, WithdrawsNothingWhenWhatItBroughtCannotBeRemoved) {
  ASSERT_EQ(grant(), "ok");
  ended_.fails = true;
  EXPECT_EQ(withdraw(), "store.full");
  EXPECT_TRUE(is_live(id_)) << "all or nothing";
}

TEST_F(PrivacyServiceTest, WithdrawsNothingThatWasNotGranted) {
  EXPECT_EQ(withdraw(), "consent.not_granted");
  ASSERT_EQ(grant(), "ok");
  ASSERT_EQ(withdraw(), "ok");
  EXPECT_EQ(withdraw(), "consent.not_granted");
  EXPECT_EQ(ended_.ended.size(), 1U);
}

TEST_F(PrivacyServiceTest, WithdrawsNobodyElsesConsent) {
  ASSERT_EQ(grant(), "ok");
  const auto other = core::CitizenId::make(kNow, databases_.rng());
  EXPECT_EQ(reason_of(service_.withdraw(other, kPurpose, kNow)), "consent.not_granted");
  EXPECT_TRUE(is_live(id_));
}

TEST_F(PrivacyServiceTest, KeepsTheConsentThatTheAccountRestsOn) {
  EXPECT_EQ(reason_of(service_.withdraw(id_, ConsentPurpose::kAccount, kNow)),
            "consent.required_for_account");
}

TEST_F(PrivacyServiceTest, MayBeGrantedAgainAfterAWithdrawal) {
  ASSERT_EQ(grant(), "ok");
  ASSERT_EQ(withdraw(), "ok");
  EXPECT_EQ(grant(kNow + seconds(20)), "ok");
  EXPECT_TRUE(is_live(id_));
  EXPECT_EQ(rows(), 2) << "the first one stays on record";
}

TEST_F(PrivacyServiceTest, EndsByItselfAtItsTerm) {
  const auto consent = service_.grant(id_, {kPurpose, kPermission, kNow + seconds(60)}, kNow);
  ASSERT_TRUE(consent);
  EXPECT_TRUE(is_live(id_, kNow + seconds(59)));
  EXPECT_FALSE(is_live(id_, kNow + seconds(60))) << "the term is the first moment without it";
  EXPECT_EQ(withdraw(kNow + seconds(61)), "consent.expired");
  const auto shown = service_.overview(id_).value().consents[1];
  EXPECT_EQ(shown.state(kNow + seconds(61)), ConsentState::kExpired);
  EXPECT_FALSE(shown.withdrawn_at) << "an end by term is no withdrawal";
}

TEST_F(PrivacyServiceTest, MayBeGrantedAgainAfterItsTerm) {
  ASSERT_TRUE(service_.grant(id_, {kPurpose, kPermission, kNow + seconds(60)}, kNow));
  EXPECT_EQ(grant(kNow + seconds(59)), "consent.already_granted");
  EXPECT_EQ(grant(kNow + seconds(60)), "ok");
  const auto overview = service_.overview(id_).value();
  ASSERT_EQ(overview.past.size(), 1U);
  EXPECT_EQ(overview.past[0].granted_at, kNow);
  ASSERT_EQ(withdraw(kNow + seconds(70)), "ok");
  EXPECT_FALSE(service_.overview(id_).value().past[0].withdrawn_at) << "only the live one ends";
}

TEST_F(PrivacyServiceTest, RemovesWhatAnExpiredConsentBroughtOnce) {
  ASSERT_TRUE(service_.grant(id_, {kPurpose, kPermission, kNow + seconds(60)}, kNow));
  ASSERT_TRUE(service_.settle_expired(kNow + seconds(59)));
  EXPECT_TRUE(ended_.ended.empty());
  ASSERT_TRUE(service_.settle_expired(kNow + seconds(60)));
  ASSERT_TRUE(service_.settle_expired(kNow + seconds(61)));
  ASSERT_EQ(ended_.ended.size(), 1U);
  EXPECT_EQ(ended_.ended[0].second, kPurpose);
}

TEST_F(PrivacyServiceTest, LeavesAloneWhatRestsOnAConsentGivenAgain) {
  ASSERT_TRUE(service_.grant(id_, {kPurpose, kPermission, kNow + seconds(60)}, kNow));
  ASSERT_EQ(grant(kNow + seconds(60)), "ok");
  ASSERT_TRUE(service_.settle_expired(kNow + seconds(61)));
  EXPECT_TRUE(ended_.ended.empty());
}

TEST_F(PrivacyServiceTest, TakesNoTermThatIsOverOrLongerThanTheLawAllows) {
  service_.plug_rules({"norm", {}, {{"registry_documents", {"norm", 10}}}, {}});
  const auto until = [&](core::Instant expires_at) {
    return reason_of(service_.grant(id_, {kPurpose, kPermission, expires_at}, kNow));
  };
  EXPECT_EQ(until(kNow), "consent.term_past");
  EXPECT_EQ(until(kNow + hours(24 * 10) + seconds(1)), "consent.term_too_long");
  EXPECT_EQ(rows(), 0);
  const auto consent = service_.grant(id_, {kPurpose, kPermission}, kNow);
  ASSERT_TRUE(consent);
  EXPECT_EQ(consent->expires_at, kNow + hours(24 * 10)) << "the longest, where none is chosen";
}

const SeenEdition kDebts{EditionKind::kInformingDebts, 1, "ru", "informing-debts-1"};
constexpr auto kInforming = ConsentPurpose::kInformingDebts;

TEST_F(PrivacyServiceTest, InformsThroughTheChosenChannelsAlone) {
  ASSERT_TRUE(service_.grant(id_, {kInforming, kDebts, {}, {"cabinet", "sms"}}, kNow));
  EXPECT_TRUE(holds({kInforming, "sms"}, kNow, id_));
  EXPECT_FALSE(holds({kInforming, "email"}, kNow, id_));
  EXPECT_FALSE(holds({ConsentPurpose::kInformingHealth, "sms"}, kNow, id_)) << "another topic";
  const auto shown = service_.overview(id_).value().consents[2];
  EXPECT_EQ(shown.scope, (Scope{"sms", "cabinet"})) << "in the order of the purpose";
}

TEST_F(PrivacyServiceTest, InformsNobodyWhoChoseNoChannel) {
  const auto with = [&](const Scope& scope) {
    return reason_of(service_.grant(id_, {kInforming, kDebts, {}, scope}, kNow));
  };
  EXPECT_EQ(with({}), "consent.scope_needed");
  EXPECT_EQ(with({"pigeon"}), "consent.scope_unknown");
  EXPECT_EQ(reason_of(service_.grant(id_, {kPurpose, kPermission, {}, {"sms"}}, kNow)),
            "consent.scope_unknown");
  EXPECT_EQ(rows(), 0);
}

TEST_F(PrivacyServiceTest, NarrowsToWhatIsLeft) {
  ASSERT_TRUE(service_.grant(id_, {kInforming, kDebts, {}, {"sms", "email"}}, kNow));
  const auto narrowed = service_.narrow(id_, kInforming, {"email"}, kNow + seconds(5));
  ASSERT_TRUE(narrowed);
  EXPECT_FALSE(holds({kInforming, "sms"}, kNow + seconds(5), id_));
  EXPECT_TRUE(holds({kInforming, "email"}, kNow + seconds(5), id_));
  EXPECT_EQ(narrowed->granted_scope, (Scope{"sms", "email"})) << "what was given stays on record";
  EXPECT_EQ(narrowed->narrowed_at, kNow + seconds(5));
}

TEST_F(PrivacyServiceTest, NarrowsNeitherToNothingNorWider) {
  const auto narrow = [&](const Scope& scope, ConsentPurpose purpose = kInforming) {
    return reason_of(service_.narrow(id_, purpose, scope, kNow + seconds(5)));
  };
  EXPECT_EQ(narrow({"sms"}), "consent.not_granted");
  ASSERT_TRUE(service_.grant(id_, {kInforming, kDebts, kNow + seconds(5), {"sms", "email"}}, kNow));
  EXPECT_EQ(narrow({"sms"}), "consent.expired");
  ASSERT_TRUE(service_.grant(id_, {kInforming, kDebts, {}, {"sms", "email"}}, kNow + seconds(5)));
  EXPECT_EQ(narrow({}), "consent.narrow_to_nothing");
  EXPECT_EQ(narrow({"sms", "cabinet"}), "consent.narrow_wider");
  EXPECT_EQ(narrow({"email", "sms"}), "consent.not_narrower");
  EXPECT_EQ(narrow({"pigeon"}), "consent.scope_unknown");
  EXPECT_EQ(narrow({"sms"}, kPurpose), "consent.not_divided");
  EXPECT_TRUE(holds({kInforming, "email"}, kNow + seconds(5), id_));
}

TEST_F(PrivacyServiceTest, WritesEachActIntoTheHistory) {
  ASSERT_EQ(grant(), "ok");
  ASSERT_EQ(withdraw(), "ok");
  const auto lines =
      world::run(databases_.data(), "SELECT kind, subject FROM operation ORDER BY operation_id");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].text(0), "consent.granted");
  EXPECT_EQ(lines[1].text(0), "consent.withdrawn");
  EXPECT_EQ(lines[1].text(1), "registry_documents");
}

TEST_F(PrivacyServiceTest, RecordsARegistrationsTwoActsApart) {
  const Acceptance agreement{{EditionKind::kAgreement, 1, "ru", "agreement-1"}, kNow};
  const Acceptance consent{{EditionKind::kConsent, 1, "ru", "consent-1"}, kNow + seconds(7)};
  ASSERT_TRUE(databases_.data().write([&](store::UnitOfWork& unit) {
    return service_.record_registration(unit, id_, agreement, consent);
  }));
  const auto overview = service_.overview(id_).value();
  ASSERT_EQ(overview.acceptances.size(), 1U);
  EXPECT_EQ(overview.acceptances[0].seen.sha256, "agreement-1");
  EXPECT_EQ(overview.consents[0].granted_at, kNow + seconds(7));
  EXPECT_EQ(overview.consents[0].seen.sha256, "consent-1");
  EXPECT_FALSE(overview.consents[1].is_live(kNow)) << "registration brings no permission along";
}

}  // namespace
}  // namespace privacy
