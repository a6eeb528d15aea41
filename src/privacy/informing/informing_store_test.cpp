#include "privacy/informing/informing_store.h"

#include <gtest/gtest.h>

#include "audit/testing/databases.h"
#include "privacy/sql_store.h"

namespace privacy {
namespace {

using std::chrono::hours;
using world::kNow;
using world::reason_of;

constexpr auto kTopic = ConsentPurpose::kInformingDebts;

class InformingStoreTest : public testing::Test {
 protected:
  template <typename Work>
  auto write(Work work) {
    auto answer = databases_.data().write(work);
    EXPECT_TRUE(answer);
    return answer;
  }
  InformingStoreTest() {
    write([&](store::UnitOfWork& unit) {
      return sql::put_informing_text(unit, text_, "staff:data_protection_officer:1", kNow);
    });
  }
  bool queue() {
    return *write([&](store::UnitOfWork& unit) {
      return sql::queue_informing(unit, key_, kNow, databases_.rng());
    });
  }
  bool take() {
    return *write([&](store::UnitOfWork& unit) { return sql::take_informing(unit, key_, kNow); });
  }
  std::optional<InformingMessage> find() {
    return *write([&](store::UnitOfWork& unit) { return sql::find_informing(unit, key_); });
  }
  std::int64_t rows(std::string_view table) {
    return world::number(databases_.data(),
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM " + std::string(table));
  }
  void agree(const core::CitizenId& id, std::optional<core::Instant> expires_at = {}) {
    Consent consent;
    consent.purpose = kTopic;
    consent.granted_at = kNow;
    consent.expires_at = expires_at;
    consent.scope = {"sms"};
    consent.seen = {EditionKind::kInformingDebts, 1, "ru", "00"};
    write([&](store::UnitOfWork& unit) {
      return sql::insert_consent(unit, id, consent, databases_.rng());
    });
  }
  std::vector<core::CitizenId> agreed_after(const core::CitizenId& after, int rows_max) {
    return *write([&](store::UnitOfWork& unit) {
      return sql::list_agreed_after(unit, kTopic, after, kNow, rows_max);
    });
  }

  world::Databases databases_;
  InformingText text_{kTopic, "ru", "Есть долг."};
  InformingKey key_{core::CitizenId::make(kNow, databases_.rng()), text_.digest(),
                    InformingChannel::kSms};
};

TEST_F(InformingStoreTest, WritesOneMessageAndOneOutboxRowHoweverOftenItIsAsked) {
  EXPECT_TRUE(queue());
  EXPECT_FALSE(queue());
  EXPECT_EQ(rows("informing_message"), 1);
  EXPECT_EQ(rows("outbox"), 1);
  key_.channel = InformingChannel::kEmail;
  EXPECT_TRUE(queue());
  EXPECT_EQ(find()->text.text(), "Есть долг.");
  EXPECT_EQ(find()->text.digest(), text_.digest());
}

TEST_F(InformingStoreTest, LetsOneAttemptHaveIt) {
  EXPECT_FALSE(take()) << "it is not there yet";
  ASSERT_TRUE(queue());
  EXPECT_TRUE(take());
  EXPECT_FALSE(take());
  write([&](store::UnitOfWork& unit) { return sql::give_back_informing(unit, key_); });
  EXPECT_TRUE(take());
}

TEST_F(InformingStoreTest, NotesOnceThatItLeftAndNeverDropsIt) {
  ASSERT_TRUE(queue());
  ASSERT_TRUE(take());
  for (int i = 0; i < 2; ++i) {
    write([&](store::UnitOfWork& unit) {
      return sql::note_informed(unit, key_, kTopic, kNow, databases_.rng());
    });
  }
  EXPECT_EQ(rows("operation WHERE kind = 'informing.sent' AND subject = 'informing_debts sms'"), 1);
  write([&](store::UnitOfWork& unit) { return sql::drop_informing(unit, key_); });
  write([&](store::UnitOfWork& unit) { return sql::give_back_informing(unit, key_); });
  ASSERT_TRUE(find());
  EXPECT_EQ(find()->sent_at, kNow);
  EXPECT_FALSE(take());
  EXPECT_FALSE(queue());
}

TEST_F(InformingStoreTest, WritesAgainWhatWasDropped) {
  ASSERT_TRUE(queue());
  write([&](store::UnitOfWork& unit) { return sql::drop_informing(unit, key_); });
  EXPECT_FALSE(find());
  EXPECT_TRUE(queue());
}

TEST_F(InformingStoreTest, ErasesWhatIsOfOnePerson) {
  ASSERT_TRUE(queue());
  key_.citizen_id = core::CitizenId::make(kNow, databases_.rng());
  ASSERT_TRUE(queue());
  EXPECT_EQ(
      *write([&](store::UnitOfWork& unit) { return sql::erase_informing(unit, key_.citizen_id); }),
      1);
  EXPECT_EQ(rows("informing_message"), 1);
  EXPECT_EQ(rows("informing_text"), 1);
}

TEST_F(InformingStoreTest, ListsWhoAgreedPageByPageInTheOrderOfTheirIds) {
  std::vector<core::CitizenId> people;
  for (int i = 0; i < 5; ++i) people.push_back(core::CitizenId::make(kNow, databases_.rng()));
  std::sort(people.begin(), people.end());
  for (const auto& id : people) agree(id, kNow + hours(1));
  agree(people[1]);  // twice in the table, once in the list
  const auto expired = core::CitizenId::make(kNow, databases_.rng());
  agree(expired, kNow);
  const auto withdrawn = core::CitizenId::make(kNow, databases_.rng());
  agree(withdrawn);
  write([&](store::UnitOfWork& unit) {
    return sql::withdraw_consent(unit, withdrawn, kTopic, kNow);
  });
  auto first = agreed_after({}, 3);
  ASSERT_EQ(first.size(), 3U);
  const auto rest = agreed_after(first.back(), 3);
  first.insert(first.end(), rest.begin(), rest.end());
  EXPECT_EQ(first, people);
  EXPECT_TRUE(agreed_after(people.back(), 3).empty());
}

TEST(InformingKey, IsReadBackFromTheOutboxAndNothingElseIs) {
  world::SeededRng rng;
  const InformingKey key{core::CitizenId::make(kNow, rng), core::Bytes(32, 7),
                         InformingChannel::kEmail};
  const auto read = *decode_informing(encode_informing(key));
  EXPECT_EQ(read.citizen_id, key.citizen_id);
  EXPECT_EQ(read.text_digest, key.text_digest);
  EXPECT_EQ(read.channel, key.channel);
  for (const std::string_view payload :
       {"", "{}", "[]", R"({"citizen_id":"x","text_sha256":"00","channel":"sms"})"}) {
    EXPECT_EQ(reason_of(decode_informing(core::as_bytes(payload))), "informing.malformed");
  }
}

}  // namespace
}  // namespace privacy
