#include "privacy/processing/retention_service.h"

#include <gtest/gtest.h>

#include "privacy/acceptance_store.h"
#include "privacy/processing/retention_steps.h"
#include "privacy/request/testing/request_world.h"

namespace privacy {
namespace {

using std::chrono::hours;
using world::kNow;

constexpr auto kDay = hours(24);
constexpr int kYears = 1095;

ProcessingRegister register_of_terms() {
  ProcessingRegister made;
  made.terms = {{.name = "agreements", .days = kYears}, {.name = "requests", .days = 30}};
  made.categories = {{.name = "agreements", .term = "agreements"},
                     {.name = "requests", .term = "requests"}};
  ProcessingPurpose proves;
  proves.name = "prove_agreements";
  proves.categories = {"agreements"};
  ProcessingPurpose answers;
  answers.name = "answer_request";
  answers.categories = {"requests"};
  made.purposes = {proves, answers};
  return made;
}

class RetentionTest : public testing::Test {
 protected:
  std::int64_t count(std::string_view sql) {
    return world::number(world_.vaults.databases.data(), sql);
  }
  void grant_and_withdraw(core::Instant at) {
    const SeenEdition seen{EditionKind::kRegistryPermission, 1, "ru", "registry-permission-1"};
    ASSERT_TRUE(world_.consents.grant(id_, {ConsentPurpose::kRegistryDocuments, seen}, at));
    ASSERT_TRUE(world_.consents.withdraw(id_, ConsentPurpose::kRegistryDocuments, at));
  }
  void accept(int number, core::Instant at) {
    const auto done = world_.vaults.databases.data().write([&](store::UnitOfWork& unit) {
      return sql::insert_acceptance_record(
          unit, id_, {{EditionKind::kAgreement, number, "ru", "bytes"}, "use", at},
          world_.vaults.databases.rng());
    });
    ASSERT_TRUE(done);
  }
  /// "consent 1/0" for each line: due and erased.
  static std::string told(const RetentionReport& report) {
    std::string text;
    for (const auto& line : report) {
      if (line.due + line.erased == 0) continue;
      text += line.table + " " + std::to_string(line.due) + "/" + std::to_string(line.erased) + " ";
    }
    return text;
  }
  std::string foresee(core::Instant now) { return told(service_.foresee(now).value()); }
  std::string run(core::Instant now) { return told(service_.run(now).value()); }

  world::RequestWorld world_;
  core::CitizenId id_ = world_.vaults.person();
  ProcessingRegister register_ = register_of_terms();
  WithdrawnConsents consents_;
  FollowedAcceptances acceptances_;
  KeptConsents kept_;
  ClosedRequests requests_{world_.vaults.vault};
  RetentionService service_{
      world_.vaults.databases.data(), register_, {&consents_, &acceptances_, &kept_, &requests_}};
};

TEST_F(RetentionTest, OfNothingIsAReportOfNothing) {
  const auto report = service_.run(kNow).value();
  ASSERT_EQ(report.size(), 4U);
  EXPECT_EQ(told(report), "");
  EXPECT_EQ(report[0].purposes, "prove_agreements");
  EXPECT_EQ(report[0].days, kYears);
  EXPECT_EQ(report[3].term, "requests");
}

TEST_F(RetentionTest, ErasesAWithdrawnConsentWhenItsTermEndsAndNotBefore) {
  grant_and_withdraw(kNow);
  EXPECT_EQ(run(kNow + kDay * kYears), "");
  EXPECT_EQ(foresee(kNow + kDay * kYears + hours(1)), "consent 1/0 ");
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM consent"), 1) << "a dry run erases nothing";
  EXPECT_EQ(run(kNow + kDay * kYears + hours(1)), "consent 1/1 ");
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM consent"), 0);
}

TEST_F(RetentionTest, LeavesAConsentThatLives) {
  const SeenEdition seen{EditionKind::kRegistryPermission, 1, "ru", "registry-permission-1"};
  ASSERT_TRUE(world_.consents.grant(id_, {ConsentPurpose::kRegistryDocuments, seen}, kNow));
  EXPECT_EQ(run(kNow + kDay * kYears * 10), "");
}

TEST_F(RetentionTest, KeepsTheNewestAcceptanceHoweverOld) {
  accept(1, kNow);
  accept(2, kNow + kDay * 100);
  EXPECT_EQ(run(kNow + kDay * (kYears + 99)), "");
  EXPECT_EQ(run(kNow + kDay * (kYears + 101)), "acceptance 1/1 ");
  EXPECT_EQ(count("SELECT edition_number FROM acceptance"), 2);
  EXPECT_EQ(run(kNow + kDay * kYears * 20), "");
}

TEST_F(RetentionTest, ErasesAClosedRequestWithItsStepsAndTexts) {
  const core::Secret<std::string> words("Исправьте отчество");
  const auto made =
      world_.requests.receive(id_, {RequestKind::kCorrection, "ru", {}, words}, kNow).value();
  const auto open =
      world_.requests.receive(id_, {RequestKind::kContest, "ru", {}, words}, kNow).value();
  ASSERT_TRUE(world_.requests.withdraw(id_, made.request.id, made.request.revision, kNow));
  EXPECT_EQ(run(kNow + kDay * 29), "");
  EXPECT_EQ(run(kNow + kDay * 31), "subject_request 1/1 ");
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request"), 1)
      << "the open one stays";
  EXPECT_EQ(
      count("SELECT CAST(COUNT(*) AS BIGINT) FROM personal_record WHERE category = 'requests'"), 1);
  EXPECT_EQ(count("SELECT CAST(COUNT(DISTINCT request_id) AS BIGINT) FROM subject_request_event"),
            1);
  EXPECT_TRUE(world_.requests.get(id_, open.request.id, kNow));
}

TEST_F(RetentionTest, OfMoreThanABatchErasesAll) {
  for (int i = 0; i < RetentionService::kBatchMax + 5; ++i) {
    grant_and_withdraw(kNow + std::chrono::seconds(i));
  }
  EXPECT_EQ(run(kNow + kDay * (kYears + 1)), "consent 205/205 ");
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM consent"), 0);
}

}  // namespace
}  // namespace privacy
