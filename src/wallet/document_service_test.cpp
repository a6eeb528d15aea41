#include "wallet/document_service.h"

#include <gtest/gtest.h>

#include "wallet/testing/wallet_world.h"

namespace wallet {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;
using world::reason_of;

constexpr auto kPassport = DocumentKind::kPassport;

class DocumentServiceTest : public testing::Test {
 protected:
  DocumentCard card(DocumentKind kind = kPassport) {
    const auto cards = service_.list(world_.id, kNow).value();
    return *std::find_if(cards.begin(), cards.end(),
                         [&](const DocumentCard& one) { return one.progress.kind == kind; });
  }
  std::string request(core::Instant now = kNow) {
    return reason_of(service_.request(world_.id, {kPassport}, now));
  }
  /// The newest question about the passport, as a worker gets it.
  store::OutboxDelivery question() {
    store::OutboxDelivery newest;
    for (auto& delivery : world_.outbox()) {
      if (delivery.dedup_key.find("/passport/") != std::string::npos) newest = delivery;
    }
    return newest;
  }
  store::OutboxOutcome deliver(store::OutboxDelivery delivery, std::int64_t attempt = 1,
                               core::Instant now = kNow + seconds(1)) {
    delivery.attempt = attempt;
    return service_.deliver(delivery, now).value();
  }
  void break_registry() {
    world_.source.refusal =
        core::Error{core::ErrorCode::kUnavailable, "registry.timeout", "after 3 s"};
  }
  /// As a withdrawal does it: the consent and what it brought end in one transaction.
  void withdraw() {
    world_.permit(false);
    ASSERT_TRUE(world_.databases.data().write(
        [&](store::UnitOfWork& unit) { return service_.remove_all(unit, world_.id); }));
  }
  bool has_portrait() { return service_.portrait(world_.id, kNow).has_value(); }

  world::WalletWorld world_;
  DocumentService& service_ = world_.documents;
};

TEST_F(DocumentServiceTest, ListsEveryCardAsAbsentAtFirst) {
  const auto cards = service_.list(world_.id, kNow).value();
  ASSERT_EQ(cards.size(), kCards.size());
  for (const auto& one : cards) EXPECT_EQ(one.progress.state, DocumentState::kAbsent);
}

TEST_F(DocumentServiceTest, OnlyNotesWhatIsWantedWhileThePersonWaits) {
  ASSERT_EQ(request(), "ok");
  EXPECT_TRUE(world_.source.asked.empty());
  EXPECT_EQ(card().progress.state, DocumentState::kFetching);
  EXPECT_EQ(world_.outbox().size(), 2U) << "the passport, and the statuses behind the questions";
}

TEST_F(DocumentServiceTest, BringsADocumentAndItsPortrait) {
  ASSERT_EQ(request(), "ok");
  EXPECT_TRUE(std::holds_alternative<store::Delivered>(deliver(question())));
  EXPECT_EQ(card().progress.state, DocumentState::kReady);
  EXPECT_EQ(card().progress.received_at, kNow + seconds(1));
  ASSERT_TRUE(card().record);
  EXPECT_EQ(card().record->number, "92 12 345678");
  EXPECT_TRUE(card().has_portrait);
  EXPECT_TRUE(service_.portrait(world_.id, kNow).value().reveal().starts_with("\x89PNG"));
}

TEST_F(DocumentServiceTest, AsksTheRegistryByTheOwnersSnils) {
  world_.fetch({kPassport});
  for (const auto& [kind, snils] : world_.source.asked) EXPECT_EQ(snils, "11223344595");
  EXPECT_EQ(2, world::number(world_.databases.data(),
                             "SELECT CAST(COUNT(*) AS BIGINT) FROM access_record"))
      << "each reading of the SNILS is on record";
}

TEST_F(DocumentServiceTest, KeepsNothingOfADocumentInClear) {
  world_.fetch({kPassport});
  const auto bytes = world_.databases.data_bytes();
  for (const auto* secret : {"345678", "Сафиуллина", "Казань", "11223344595"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
}

TEST_F(DocumentServiceTest, AsksForNobodyWithoutTheLevelOrThePermission) {
  world_.permit(false);
  EXPECT_EQ(request(), "documents.permission_needed");
  world_.rights.verified = false;
  EXPECT_EQ(request(), "assurance.verified_required");
  EXPECT_TRUE(world_.outbox().empty());
}

TEST_F(DocumentServiceTest, AsksOnceForWhatIsAlreadyOnItsWay) {
  ASSERT_EQ(request(), "ok");
  ASSERT_EQ(request(kNow + seconds(1)), "ok");
  EXPECT_EQ(world_.outbox().size(), 2U);
}

TEST_F(DocumentServiceTest, SaysThatTheRegistryHasNoSuchDocument) {
  world_.source.answers.clear();
  ASSERT_EQ(request(), "ok");
  EXPECT_TRUE(std::holds_alternative<store::Delivered>(deliver(question())));
  EXPECT_EQ(card().progress.state, DocumentState::kNotFound);
  EXPECT_FALSE(card().progress.next_attempt_at);
}

TEST_F(DocumentServiceTest, SaysWhatIsWrongAndWhenItTriesAgain) {
  break_registry();
  ASSERT_EQ(request(), "ok");
  const auto outcome = deliver(question());
  ASSERT_TRUE(std::holds_alternative<store::RetryAfter>(outcome));
  EXPECT_EQ(std::get<store::RetryAfter>(outcome).reason, "registry.timeout");
  EXPECT_EQ(card().progress.state, DocumentState::kUnavailable);
  EXPECT_EQ(card().progress.problem, "registry.timeout");
  EXPECT_EQ(card().progress.next_attempt_at, kNow + seconds(1) + DocumentService::kRetryFirst);
}

TEST_F(DocumentServiceTest, WaitsLongerFromTryToTryAndNeverOverHalfAnHour) {
  break_registry();
  ASSERT_EQ(request(), "ok");
  core::Duration last{0};
  for (const std::int64_t attempt : {1, 2, 3, 9, 10, 12, 1'000'000}) {
    const auto after = std::get<store::RetryAfter>(deliver(question(), attempt)).after;
    EXPECT_GE(after, last);
    EXPECT_LE(after, DocumentService::kRetryMax);
    last = after;
  }
  EXPECT_EQ(last, DocumentService::kRetryMax);
}

TEST_F(DocumentServiceTest, RecoversWhenTheRegistryDoes) {
  break_registry();
  ASSERT_EQ(request(), "ok");
  deliver(question());
  world_.source.refusal.reset();
  EXPECT_TRUE(std::holds_alternative<store::Delivered>(deliver(question(), 2)));
  EXPECT_EQ(card().progress.state, DocumentState::kReady);
  EXPECT_EQ(card().progress.problem, "");
}

TEST_F(DocumentServiceTest, TakesAnAnswerWithoutSenseForAnOutage) {
  world_.source.answers[kPassport] = "<html>502</html>";
  ASSERT_EQ(request(), "ok");
  EXPECT_TRUE(std::holds_alternative<store::RetryAfter>(deliver(question())));
  EXPECT_EQ(card().progress.problem, "registry.malformed");
}

TEST_F(DocumentServiceTest, KeepsTheEarlierRecordThroughAnOutage) {
  world_.fetch({kPassport});
  break_registry();
  ASSERT_TRUE(service_.refresh(world_.id, kPassport, kNow + minutes(1)));
  deliver(question());
  EXPECT_EQ(card().progress.state, DocumentState::kUnavailable);
  EXPECT_TRUE(card().record);
}

TEST_F(DocumentServiceTest, ForgetsADocumentAndItsFaceWhenTheRegistryNoLongerHasIt) {
  world_.fetch({kPassport});
  world_.source.answers.clear();
  ASSERT_TRUE(service_.refresh(world_.id, kPassport, kNow + minutes(1)));
  deliver(question());
  EXPECT_EQ(card().progress.state, DocumentState::kNotFound);
  EXPECT_FALSE(card().record);
  EXPECT_FALSE(has_portrait());
}

TEST_F(DocumentServiceTest, ForgetsAnOlderFaceThatTheNewPassportDoesNotHave) {
  world_.fetch({kPassport});
  auto& answer = world_.source.answers[kPassport];
  answer = answer.substr(0, answer.find(",\"portrait\"")) + "}";
  ASSERT_TRUE(service_.refresh(world_.id, kPassport, kNow + minutes(1)));
  deliver(question());
  EXPECT_EQ(card().progress.state, DocumentState::kReady);
  EXPECT_FALSE(has_portrait());
}

TEST_F(DocumentServiceTest, DropsALateAnswerToAnOlderQuestion) {
  world_.source.answers[kPassport] = "[]";
  ASSERT_EQ(request(), "ok");
  const auto older = question();
  deliver(older);
  ASSERT_TRUE(service_.refresh(world_.id, kPassport, kNow + minutes(1)));
  world_.source.answers[kPassport] = std::string(world::kPassportAnswer);
  deliver(older, 2);
  EXPECT_EQ(card().progress.state, DocumentState::kFetching) << "the newer question is open";
  EXPECT_FALSE(card().record);
}

TEST_F(DocumentServiceTest, DropsTheAnswerAboutACardRemovedMeanwhile) {
  ASSERT_EQ(request(), "ok");
  const auto asked = question();
  world_.source.meanwhile = [&] {
    ASSERT_TRUE(service_.remove(world_.id, kPassport, kNow + seconds(1)));
  };
  deliver(asked);
  EXPECT_EQ(card().progress.state, DocumentState::kAbsent);
  EXPECT_EQ(world_.read(world_.id, vault::Category::kDocuments, "passport"), "");
  EXPECT_FALSE(has_portrait());
}

TEST_F(DocumentServiceTest, TakesNothingAfterThePermissionWasWithdrawn) {
  ASSERT_EQ(request(), "ok");
  world_.source.meanwhile = [&] { withdraw(); };
  deliver(question());
  EXPECT_EQ(card().progress.state, DocumentState::kAbsent);
  EXPECT_EQ(world_.read(world_.id, vault::Category::kDocuments, "passport"), "");
}

TEST_F(DocumentServiceTest, AsksNoRegistryAfterThePermissionWasWithdrawn) {
  ASSERT_EQ(request(), "ok");
  withdraw();
  EXPECT_TRUE(std::holds_alternative<store::Delivered>(deliver(question()))) << "not tried again";
  EXPECT_TRUE(world_.source.asked.empty());
  EXPECT_EQ(card().progress.state, DocumentState::kAbsent);
}

TEST_F(DocumentServiceTest, RemovesACardOnlyOnce) {
  world_.fetch({kPassport});
  ASSERT_TRUE(service_.remove(world_.id, kPassport, kNow));
  EXPECT_EQ(reason_of(service_.remove(world_.id, kPassport, kNow)), "document.absent");
  EXPECT_FALSE(has_portrait());
}

TEST_F(DocumentServiceTest, RefreshesNoCardThatIsAbsent) {
  EXPECT_EQ(reason_of(service_.refresh(world_.id, kPassport, kNow)), "document.absent");
}

TEST_F(DocumentServiceTest, RemovesEverythingWithThePermission) {
  world_.fetch({kPassport, DocumentKind::kSnils});
  ASSERT_TRUE(world_.databases.data().write(
      [&](store::UnitOfWork& unit) { return service_.remove_all(unit, world_.id); }));
  EXPECT_EQ(
      0, world::number(world_.databases.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM document"));
  EXPECT_EQ(0, world::number(world_.databases.data(),
                             "SELECT CAST(COUNT(*) AS BIGINT) FROM personal_record"
                             " WHERE category = 'documents'"));
}

TEST_F(DocumentServiceTest, GivesUpAQuestionItCannotRead) {
  for (const auto* text : {"", "{}", "{\"citizen_id\":\"x\"}"}) {
    store::OutboxDelivery delivery;
    delivery.payload = core::to_bytes(core::as_bytes(text));
    EXPECT_TRUE(std::holds_alternative<store::GiveUp>(deliver(delivery))) << text;
  }
}

TEST_F(DocumentServiceTest, ShowsNobodyElsesDocuments) {
  world_.fetch({kPassport});
  const auto stranger = world_.person();
  const auto cards = service_.list(stranger, kNow).value();
  for (const auto& one : cards) EXPECT_EQ(one.progress.state, DocumentState::kAbsent);
  EXPECT_EQ(reason_of(service_.portrait(stranger, kNow)), "portrait.absent");
  EXPECT_EQ(reason_of(service_.remove(stranger, kPassport, kNow)), "document.absent");
}

}  // namespace
}  // namespace wallet
