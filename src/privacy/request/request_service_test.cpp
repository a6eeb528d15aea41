#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "privacy/request/testing/request_world.h"
#include "vault/destruction.h"

namespace privacy {
namespace {

using std::chrono::hours;
using world::kNow;
using world::reason_of;
using Text = core::Secret<std::string>;

// Sunday, 13 September 2026, 15:26 in Moscow.
constexpr const char* kWords = "Исправьте отчество: Сергеевна";

class RequestTest : public testing::Test {
 protected:
  core::Result<RequestFile> file(RequestKind kind, const std::string& text = {},
                                 std::optional<ConsentPurpose> consent = {},
                                 core::Instant now = kNow) {
    return world_.requests.receive(id_, {kind, "ru", consent, Text(text)}, now);
  }
  SubjectRequest taken(RequestKind kind = RequestKind::kCorrection) {
    const auto made = file(kind, kWords).value().request;
    return world_.desk.take({officer_, made.id, made.revision}, kNow).value();
  }
  DeskAct act(const SubjectRequest& request) const {
    return {officer_, request.id, request.revision};
  }
  std::int64_t count(std::string_view sql) {
    return world::number(world_.vaults.databases.data(), sql);
  }

  world::RequestWorld world_;
  core::CitizenId id_ = world_.vaults.person();
  core::CitizenId officer_ = world_.vaults.person();
};

TEST_F(RequestTest, ComputesTheTermWhenItComesInAndKeepsTheNorm) {
  const auto made = file(RequestKind::kCorrection, kWords).value();
  EXPECT_EQ(made.request.state, RequestState::kReceived);
  EXPECT_EQ(made.request.due_day.to_string(), "2026-09-22") << "seven working days after a Sunday";
  EXPECT_EQ(core::to_rfc3339(made.request.due_at), "2026-09-22T21:00:00Z") << "midnight in Moscow";
  EXPECT_EQ(made.request.basis, "152-ФЗ, ст. 20 ч. 3");
  ASSERT_EQ(made.events.size(), 1U);
  const auto* text = find_text(made.texts, made.events[0].text_id);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->text.reveal(), kWords);
  EXPECT_EQ(digest_of(text->salt, kWords), made.events[0].text_sha256);
}

TEST_F(RequestTest, EndsATermInCalendarDaysOnAWorkingDay) {
  // 30 days after 13 September is Tuesday the 13th; after the 10th it is Saturday the 10th.
  EXPECT_EQ(file(RequestKind::kErasure)->request.due_day.to_string(), "2026-10-13");
  EXPECT_EQ(
      file(RequestKind::kComplaint, "Долго", {}, kNow - hours(72))->request.due_day.to_string(),
      "2026-10-12");
}

TEST_F(RequestTest, AnswersAtOnceWhatNeedsNobody) {
  const auto copy = file(RequestKind::kCopy).value();
  EXPECT_EQ(copy.request.state, RequestState::kAnswered);
  ASSERT_EQ(copy.events.size(), 3U);
  EXPECT_EQ(copy.events[2].actor, "platform");
  EXPECT_EQ(file(RequestKind::kInformation, "Кому вы передали мой номер?")->request.state,
            RequestState::kReceived)
      << "a question is a person's to answer";
}

TEST_F(RequestTest, WantsWordsWhereItMeansNothingWithoutThem) {
  for (const auto kind :
       {RequestKind::kCorrection, RequestKind::kContest, RequestKind::kComplaint}) {
    EXPECT_EQ(reason_of(file(kind, " \n\t")), "request.text_required");
  }
  EXPECT_EQ(reason_of(file(RequestKind::kContest, std::string(8001, 'a'))),
            "request.text_too_long");
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request"), 0);
}

TEST_F(RequestTest, WithdrawsTheConsentInTheSameTransaction) {
  const SeenEdition seen{EditionKind::kRegistryPermission, 1, "ru", "registry-permission-1"};
  const auto purpose = ConsentPurpose::kRegistryDocuments;
  ASSERT_TRUE(world_.consents.grant(id_, {purpose, seen}, kNow));
  EXPECT_EQ(reason_of(file(RequestKind::kErasure, "", purpose)), "request.consent_not_with");
  EXPECT_EQ(reason_of(file(RequestKind::kStop, "", ConsentPurpose::kAccount)),
            "consent.required_for_account");
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request"), 0);
  const auto made = file(RequestKind::kStop, "", purpose);
  ASSERT_TRUE(made) << made.error().reason;
  EXPECT_EQ(made->request.consent, "registry_documents");
  EXPECT_EQ(made->request.state, RequestState::kReceived) << "the officer confirms it";
  EXPECT_EQ(world_.ended.ended, 1);
  EXPECT_EQ(reason_of(file(RequestKind::kStop, "", purpose)), "consent.not_granted");
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request"), 1);
}

TEST_F(RequestTest, KeepsNoWordOutsideTheVault) {
  ASSERT_TRUE(file(RequestKind::kContest, "приметное-слово"));
  EXPECT_EQ(world_.vaults.databases.data_bytes().find("приметное-слово"), std::string::npos);
  ASSERT_TRUE(vault::destroy_keys(world_.vaults.databases.keys(), id_));
  const auto after = world_.requests.get(id_, world_.requests.list(id_)->front().id, kNow).value();
  EXPECT_TRUE(after.texts.empty()) << "the words are gone, the dates stay";
  EXPECT_EQ(after.events.size(), 1U);
}

TEST_F(RequestTest, GoesTheWholeWayAndTellsEachStepInTheHistory) {
  auto request = taken(RequestKind::kContest);
  request = world_.desk.extend(act(request), Text("Ждём ответ реестра"), kNow).value();
  EXPECT_EQ(request.due_day.to_string(), "2026-10-02") << "ten and five working days";
  request = world_.desk.answer(act(request), Text("Мы проверили."), kNow + hours(1)).value();
  EXPECT_EQ(request.state, RequestState::kAnswered);
  const auto seen = world_.requests.get(id_, request.id, kNow).value();
  ASSERT_EQ(seen.events.size(), 4U);
  EXPECT_EQ(find_text(seen.texts, seen.events[3].text_id)->text.reveal(), "Мы проверили.");
  EXPECT_EQ(seen.events[3].actor, officer_name(officer_));
  for (const auto* kind :
       {"request.received", "request.taken", "request.extended", "request.answered"}) {
    EXPECT_EQ(world::number(world_.vaults.databases.data(),
                            "SELECT CAST(COUNT(*) AS BIGINT) FROM operation"
                            " WHERE kind = $1 AND subject = 'contest'",
                            {kind}),
              1)
        << kind;
  }
}

TEST_F(RequestTest, RefusesOnAGroundOfTheListOnly) {
  const auto request = taken();
  EXPECT_EQ(reason_of(world_.desk.refuse(act(request), "no_time", Text("Нет"), kNow)),
            "request.ground_unknown");
  EXPECT_EQ(reason_of(world_.desk.refuse(act(request), "data_are_right", Text(" "), kNow)),
            "request.text_required");
  ASSERT_TRUE(world_.desk.refuse(act(request), "data_are_right", Text("Верно."), kNow));
  const auto event = world_.requests.get(id_, request.id, kNow)->events.back();
  EXPECT_EQ(event.reason, "data_are_right");
  EXPECT_EQ(event.norm, "152-ФЗ, ст. 20 ч. 3");
}

TEST_F(RequestTest, ExtendsOnceOnlyInTimeAndOnlyWhereTheLawDoes) {
  const auto correction = taken();
  EXPECT_EQ(reason_of(world_.desk.extend(act(correction), Text("Мало"), kNow)),
            "request.no_extension");
  auto contest = taken(RequestKind::kContest);
  EXPECT_EQ(reason_of(world_.desk.extend(act(contest), Text("Мало"), contest.due_at)),
            "request.no_extension");
  contest =
      world_.desk.extend(act(contest), Text("Мало"), contest.due_at - core::Duration(1)).value();
  EXPECT_EQ(reason_of(world_.desk.extend(act(contest), Text("Ещё"), kNow)), "request.not_now");
}

TEST_F(RequestTest, ReadsAPersonsWordsOnlyWithARecord) {
  const auto request = taken();
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM access_record"), 0);
  const auto seen = world_.desk.get(officer_actor(officer_), request.id, kNow).value();
  EXPECT_EQ(find_text(seen.texts, seen.events[0].text_id)->text.reveal(), kWords);
  const auto lines = world::run(world_.vaults.databases.data(),
                                "SELECT actor, purpose, category FROM access_record");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].text(0), "staff:" + officer_name(officer_));
  EXPECT_EQ(lines[0].text(1), "answer_request");
  EXPECT_EQ(lines[0].text(2), "requests");
}

TEST_F(RequestTest, ShowsDataOnlyToTheOfficerWhoWorksOnIt) {
  const auto request = taken();
  const auto other = world_.vaults.person();
  EXPECT_TRUE(world_.desk.check_may_see_data(officer_, request.id));
  EXPECT_EQ(reason_of(world_.desk.check_may_see_data(other, request.id)), "request.not_yours");
  ASSERT_TRUE(world_.desk.answer(act(request), Text("Исправлено."), kNow));
  EXPECT_EQ(reason_of(world_.desk.check_may_see_data(officer_, request.id)), "request.not_yours");
}

TEST_F(RequestTest, LetsNobodyDecideTheirOwnRequest) {
  const auto made = file(RequestKind::kContest, "Моё").value().request;
  EXPECT_EQ(reason_of(world_.desk.take({id_, made.id, made.revision}, kNow)), "request.own");
}

TEST_F(RequestTest, RefusesWhatSomebodyElseHasChangedMeanwhile) {
  const auto request = taken();
  auto stale = act(request);
  stale.revision = 1;
  EXPECT_EQ(reason_of(world_.desk.answer(stale, Text("Да."), kNow)), "http.precondition_failed");
  EXPECT_EQ(reason_of(world_.requests.withdraw(id_, request.id, 1, kNow)),
            "http.precondition_failed");
  ASSERT_TRUE(world_.requests.withdraw(id_, request.id, request.revision, kNow));
  auto late = act(request);
  late.revision = request.revision + 1;
  EXPECT_EQ(reason_of(world_.desk.answer(late, Text("Да."), kNow)), "request.not_now");
}

TEST_F(RequestTest, TakesOneOfManyAnswersAtOnce) {
  const auto request = taken();
  std::atomic<int> answered = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      if (world_.desk.answer(act(request), Text("Ответ."), kNow)) ++answered;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answered, 1);
  EXPECT_EQ(count("SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request_event"), 3);
}

TEST_F(RequestTest, ShowsNobodyElsesRequest) {
  const auto made = file(RequestKind::kContest, "Моё").value().request;
  const auto other = world_.vaults.person();
  EXPECT_EQ(reason_of(world_.requests.get(other, made.id, kNow)), "request.unknown");
  EXPECT_EQ(reason_of(world_.requests.withdraw(other, made.id, 1, kNow)), "request.unknown");
  EXPECT_EQ(reason_of(world_.desk.get(officer_actor(officer_), RequestId{}, kNow)),
            "request.unknown");
}

TEST_F(RequestTest, NotesOnceWhenItBecameLate) {
  const auto request = taken();
  EXPECT_EQ(world_.requests.note_overdue(request.due_at - core::Duration(1)), 0);
  EXPECT_EQ(world_.requests.note_overdue(request.due_at + hours(30)), 1);
  EXPECT_EQ(world_.requests.note_overdue(request.due_at + hours(31)), 0);
  const auto seen = world_.requests.get(id_, request.id, kNow).value();
  EXPECT_EQ(seen.events.back().act, RequestAct::kBecomeOverdue);
  EXPECT_EQ(seen.events.back().at, request.due_at) << "late from then, whenever it was noticed";
  EXPECT_EQ(seen.request.revision, request.revision) << "the officer's page is still good";
  EXPECT_EQ(seen.request.shown_state(request.due_at), "overdue");
  ASSERT_TRUE(world_.desk.answer(act(request), Text("Поздно."), request.due_at + hours(40)));
  EXPECT_TRUE(world_.requests.get(id_, request.id, kNow)->request.is_overdue(kNow));
}

TEST_F(RequestTest, BoundsHowManyOnePersonHasOpen) {
  for (int i = 0; i < RequestService::kOpenMax; ++i) {
    ASSERT_TRUE(file(RequestKind::kComplaint, "Раз"));
  }
  EXPECT_EQ(reason_of(file(RequestKind::kComplaint, "Ещё")), "request.too_many");
}

TEST_F(RequestTest, SortsTheDeskByWhatIsDueFirst) {
  ASSERT_TRUE(file(RequestKind::kComplaint, "Потом"));
  ASSERT_TRUE(file(RequestKind::kCorrection, "Скоро"));
  ASSERT_TRUE(file(RequestKind::kCopy));
  const auto first = world_.desk.page(true, {}, 1).value();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].kind, RequestKind::kCorrection);
  const auto rest =
      world_.desk.page(true, sql::DeskCursor{first[0].due_at, first[0].id}, 10).value();
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].kind, RequestKind::kComplaint);
  EXPECT_EQ(world_.desk.page(false, {}, 10)->size(), 1U);
}

TEST_F(RequestTest, CountsPastTheCalendarWithoutHolidaysAndSaysSo) {
  const auto late = core::from_rfc3339("2027-12-29T08:00:00Z").value();
  const auto made = file(RequestKind::kContest, "Вопрос", {}, late).value().request;
  EXPECT_TRUE(made.due_estimated);
  EXPECT_EQ(made.due_day.to_string(), "2028-01-12");
  EXPECT_FALSE(file(RequestKind::kContest, "Вопрос", {}, kNow)->request.due_estimated);
}

}  // namespace
}  // namespace privacy
