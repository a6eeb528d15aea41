#include "vault/vault.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

#include "vault/testing/vault_world.h"

namespace vault {
namespace {

using world::kNow;
using world::reason_of;

constexpr std::string_view kName = "Сафиуллина Алсу Ринатовна";

class VaultTest : public testing::Test {
 protected:
  core::Result<PersonalRecords> open(Purpose purpose, const Actor& actor,
                                     Category category = Category::kProfile) {
    return world_.vault.open(
        {.citizen_id = id_, .category = category, .purpose = purpose, .actor = actor, .now = kNow});
  }
  std::int64_t accesses() {
    return world::number(world_.databases.data(),
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM access_record");
  }
  void put(std::string_view name, std::string_view value, Category category = Category::kProfile) {
    ASSERT_TRUE(world_.put(id_, category, name, value));
  }

  /// Seals a value of one source and writes it by one of the vault's verbs.
  template <typename Verb>
  auto write(std::string_view name, std::string_view value, std::string_view source, Verb verb) {
    const auto sealed = world_.vault.seal({.citizen_id = id_,
                                           .category = Category::kProfile,
                                           .name = std::string(name),
                                           .value = core::Secret<std::string>(std::string(value)),
                                           .provenance = {std::string(source), "phone", kNow}});
    CORE_ASSERT(sealed.has_value());
    return world_.databases.data().write(
        [&](store::UnitOfWork& unit) { return (world_.vault.*verb)(unit, *sealed); });
  }

  world::VaultWorld world_;
  core::CitizenId id_ = world_.person();
};

TEST_F(VaultTest, GivesTheOwnerWhatWasPut) {
  put("full_name", kName);
  const auto records = open(Purpose::kShowToCitizen, Actor::citizen());
  ASSERT_TRUE(records);
  const auto* record = find_record(*records, "full_name");
  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record->value.reveal(), kName);
  EXPECT_EQ(record->provenance.source, "self");
  EXPECT_EQ(record->provenance.assurance_level, "phone");
  EXPECT_EQ(record->provenance.proven_at, kNow);
}

TEST_F(VaultTest, HasNothingForSomebodyItDoesNotKnow) {
  const auto records = open(Purpose::kShowToCitizen, Actor::citizen());
  ASSERT_TRUE(records);
  EXPECT_TRUE(records->empty());
}

TEST_F(VaultTest, RecordsWhatIsNewAndClarifiesWhatIsNot) {
  EXPECT_EQ(*write("full_name", "first", "self", &Vault::record_or_clarify), Operation::kRecord);
  EXPECT_EQ(*write("full_name", "second", "self", &Vault::record_or_clarify), Operation::kClarify);
  EXPECT_EQ(*write("full_name", "third", "self", &Vault::clarify), true);
  EXPECT_EQ(world_.read(id_, Category::kProfile, "full_name"), "third");
}

TEST_F(VaultTest, RecordsNothingOverWhatItsSourceHasGiven) {
  ASSERT_TRUE(write("full_name", "first", "self", &Vault::record));
  EXPECT_EQ(reason_of(write("full_name", "second", "self", &Vault::record)), "store.unique");
  EXPECT_EQ(world_.read(id_, Category::kProfile, "full_name"), "first");
}

TEST_F(VaultTest, ClarifiesNothingThatItsSourceHasNotGiven) {
  ASSERT_TRUE(write("full_name", "own", "self", &Vault::record));
  EXPECT_EQ(*write("full_name", "other", "registry", &Vault::clarify), false);
  EXPECT_EQ(*write("email", "a@example.org", "self", &Vault::clarify), false);
  EXPECT_EQ(world_.read(id_, Category::kProfile, "full_name"), "own");
  EXPECT_EQ(world_.read(id_, Category::kProfile, "email"), "");
}

// Whoever writes personal data names the operation; the word after the dot is the law's.
TEST(WritesOfPersonalRecords, AreEachOneOperationOfTheLaw) {
  static const std::regex write(
      R"re("personal_record\.(\w+)",\s*"(INSERT INTO|UPDATE|DELETE FROM) personal_record)re");
  static const std::regex any(R"re("(INSERT INTO|UPDATE|DELETE FROM) personal_record)re");
  std::set<std::string> verbs;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(std::string(BERESTA_SOURCE_DIR) + "/src")) {
    const auto path = file.path().string();
    if (!path.ends_with(".cpp") || path.ends_with("_test.cpp")) continue;
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    const auto code = text.str();
    const std::sregex_iterator end;
    const auto named = std::distance(std::sregex_iterator(code.begin(), code.end(), write), end);
    EXPECT_EQ(named, std::distance(std::sregex_iterator(code.begin(), code.end(), any), end))
        << path << " writes personal_record without a name";
    for (std::sregex_iterator at(code.begin(), code.end(), write); at != end; ++at) {
      const auto verb = (*at)[1].str();
      EXPECT_TRUE(find_operation(verb.substr(0, verb.find('_')))) << verb << " in " << path;
      verbs.insert(verb);
    }
  }
  EXPECT_EQ(verbs, (std::set<std::string>{"clarify", "delete", "delete_claim", "delete_source",
                                          "destroy", "record"}));
}

TEST_F(VaultTest, KeepsOnlyCiphertextOnDisk) {
  put("full_name", kName);
  put("snils", "11223344595");
  const auto bytes = world_.databases.data_bytes();
  ASSERT_NE(bytes.find("full_name"), std::string::npos) << "the row itself must be there";
  EXPECT_EQ(bytes.find(kName), std::string::npos);
  EXPECT_EQ(bytes.find("Алсу"), std::string::npos);
  EXPECT_EQ(bytes.find("11223344595"), std::string::npos);
}

TEST_F(VaultTest, SealsTheSameValueDifferentlyEachTime) {
  put("family_name", "Иванова");
  put("maiden_name", "Иванова");
  const auto rows = world::run(world_.databases.data(), "SELECT sealed FROM personal_record");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_NE(core::to_bytes(rows[0].blob(0)), core::to_bytes(rows[1].blob(0)));
}

TEST_F(VaultTest, DoesNotOpenACiphertextMovedToAnotherName) {
  put("full_name", kName);
  world::run(world_.databases.data(), "UPDATE personal_record SET name = 'nickname'");
  EXPECT_EQ(reason_of(open(Purpose::kShowToCitizen, Actor::citizen())), "crypto.open_failed");
}

TEST_F(VaultTest, DoesNotOpenACiphertextMovedToAnotherCategory) {
  put("full_name", kName);
  put("passport", "{}", Category::kDocuments);
  world::run(world_.databases.data(),
             "UPDATE personal_record SET category = 'documents' WHERE name = 'full_name'");
  EXPECT_EQ(reason_of(open(Purpose::kShowToCitizen, Actor::citizen(), Category::kDocuments)),
            "crypto.open_failed");
}

TEST_F(VaultTest, DoesNotOpenACiphertextMovedToAnotherCitizen) {
  put("full_name", kName);
  const auto thief = world_.person();
  ASSERT_TRUE(world_.put(thief, Category::kProfile, "email", "a@example.org"));
  world::run(world_.databases.data(),
             "UPDATE personal_record SET citizen_id = $1 WHERE name = 'full_name'", {thief});
  EXPECT_EQ(world_.read(thief, Category::kProfile, "full_name"), "crypto.open_failed");
}

TEST_F(VaultTest, DoesNotOpenAnothersCiphertextWithAnothersKeyMovedAlong) {
  put("full_name", kName);
  const auto thief = world_.person();
  world::run(world_.databases.data(), "UPDATE personal_record SET citizen_id = $1", {thief});
  world::run(world_.databases.keys(), "UPDATE data_key SET citizen_id = $1", {thief});
  EXPECT_EQ(world_.read(thief, Category::kProfile, "full_name"), "crypto.open_failed");
}

TEST_F(VaultTest, DoesNotOpenACiphertextWithOneBitChanged) {
  put("full_name", kName);
  auto sealed = core::to_bytes(
      world::run(world_.databases.data(), "SELECT sealed FROM personal_record").front().blob(0));
  sealed[sealed.size() / 2] ^= 1U;
  world::run(world_.databases.data(), "UPDATE personal_record SET sealed = $1", {sealed});
  EXPECT_EQ(reason_of(open(Purpose::kShowToCitizen, Actor::citizen())), "crypto.open_failed");
}

TEST_F(VaultTest, DoesNotOpenUnderAnotherRootKey) {
  put("full_name", kName);
  crypto::FileKeyProvider other(crypto::Key256::generate(world_.databases.rng()));
  Vault stranger({world_.databases.data(), world_.databases.keys(), other, world_.consents,
                  world_.databases.rng()});
  const auto records = stranger.open({.citizen_id = id_,
                                      .category = Category::kProfile,
                                      .purpose = Purpose::kShowToCitizen,
                                      .actor = Actor::citizen(),
                                      .now = kNow});
  EXPECT_EQ(reason_of(records), "key.unknown_key_id");
}

TEST_F(VaultTest, ReadsNothingOfWhoeverWasDestroyed) {
  put("full_name", kName);
  ASSERT_TRUE(world_.destroy(id_));
  EXPECT_EQ(world_.read(id_, Category::kProfile, "full_name"), "");
}

TEST_F(VaultTest, ReadsNothingFromYesterdaysDatabaseAfterTheKeysAreDestroyed) {
  put("full_name", kName);
  world::Databases& databases = world_.databases;
  databases.back_up_data("yesterday.db");
  ASSERT_TRUE(world_.destroy(id_));
  databases.reopen_data("yesterday.db");
  Vault restored(
      {databases.data(), databases.keys(), world_.root, world_.consents, databases.rng()});
  ASSERT_EQ(
      1, world::number(databases.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM personal_record"));
  const auto records = restored.open({.citizen_id = id_,
                                      .category = Category::kProfile,
                                      .purpose = Purpose::kShowToCitizen,
                                      .actor = Actor::citizen(),
                                      .now = kNow});
  ASSERT_TRUE(records);
  EXPECT_TRUE(records->empty());
}

TEST_F(VaultTest, KeepsEverybodyElseWhenOneIsDestroyed) {
  put("full_name", kName);
  const auto other = world_.person();
  ASSERT_TRUE(world_.put(other, Category::kProfile, "full_name", "Иванов"));
  ASSERT_TRUE(world_.destroy(other));
  EXPECT_EQ(world_.read(id_, Category::kProfile, "full_name"), kName);
  EXPECT_EQ(world_.read(other, Category::kProfile, "full_name"), "");
}

TEST_F(VaultTest, TakesNewDataAfterTheOldAreDestroyed) {
  put("full_name", kName);
  ASSERT_TRUE(world_.destroy(id_));
  put("email", "a@example.org");
  EXPECT_EQ(world_.read(id_, Category::kProfile, "email"), "a@example.org");
  EXPECT_EQ(world_.read(id_, Category::kProfile, "full_name"), "");
}

TEST_F(VaultTest, LeavesNoRecordWhenTheOwnerReads) {
  put("full_name", kName);
  ASSERT_TRUE(open(Purpose::kShowToCitizen, Actor::citizen()));
  EXPECT_EQ(accesses(), 0);
}

TEST_F(VaultTest, RecordsEveryReadingByAnyoneElse) {
  put("full_name", kName);
  ASSERT_TRUE(open(Purpose::kIssueDigitalId, Actor::platform("attestations")));
  ASSERT_TRUE(open(Purpose::kShowPortrait, Actor::checker(), Category::kDocuments));
  const auto rows =
      world::run(world_.databases.data(),
                 "SELECT citizen_id, actor, purpose, category FROM access_record ORDER BY actor");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].id<core::CitizenId>(0), id_);
  EXPECT_EQ(rows[0].text(1), "checker");
  EXPECT_EQ(rows[0].text(2), "show_portrait");
  EXPECT_EQ(rows[0].text(3), "documents");
  EXPECT_EQ(rows[1].text(1), "platform:attestations");
}

TEST_F(VaultTest, DisclosesNothingWhenTheRecordCannotBeWritten) {
  put("full_name", kName);
  world::run(world_.databases.data(), "DROP TABLE access_record");
  const auto records = open(Purpose::kIssueDigitalId, Actor::platform("attestations"));
  EXPECT_EQ(reason_of(records), "store.statement");
}

TEST_F(VaultTest, RefusesTheOwnersPurposeToAnyoneElse) {
  put("full_name", kName);
  EXPECT_EQ(reason_of(open(Purpose::kShowToCitizen, Actor::checker())), "vault.purpose_owner_only");
  EXPECT_EQ(reason_of(open(Purpose::kShowToCitizen, Actor::platform("documents"))),
            "vault.purpose_owner_only");
  EXPECT_EQ(accesses(), 0);
}

TEST_F(VaultTest, TakesNoPlatformPartForTheCitizen) {
  EXPECT_FALSE(Actor::platform("citizen").is_citizen());
  EXPECT_EQ(reason_of(open(Purpose::kShowToCitizen, Actor::platform("citizen"))),
            "vault.purpose_owner_only");
}

TEST_F(VaultTest, RefusesAPurposeWhoseConsentDoesNotLive) {
  put("snils", "11223344595");
  EXPECT_EQ(reason_of(open(Purpose::kFetchDocuments, Actor::platform("documents"))),
            "vault.consent_missing");
  EXPECT_EQ(accesses(), 0) << "nothing was read";
}

TEST_F(VaultTest, RefusesOnSomebodyElsesConsent) {
  world_.consents.live.insert({world_.person(), "registry_documents"});
  EXPECT_EQ(reason_of(open(Purpose::kFetchDocuments, Actor::platform("documents"))),
            "vault.consent_missing");
}

TEST_F(VaultTest, OpensWhileTheConsentLives) {
  put("snils", "11223344595");
  world_.consents.live.insert({id_, "registry_documents"});
  EXPECT_EQ(reason_of(open(Purpose::kFetchDocuments, Actor::platform("documents"))), "ok");
  EXPECT_EQ(accesses(), 1);
  world_.consents.live.clear();
  EXPECT_EQ(reason_of(open(Purpose::kFetchDocuments, Actor::platform("documents"))),
            "vault.consent_missing");
}

TEST_F(VaultTest, MakesOneKeyWhenManyThreadsNeedItFirst) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([this, i] {
      EXPECT_TRUE(world_.put(id_, Category::kProfile, "name_" + std::to_string(i), "value"));
    });
  }
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(world_.read(id_, Category::kProfile, "name_" + std::to_string(i)), "value");
  }
  EXPECT_EQ(
      1, world::number(world_.databases.keys(), "SELECT CAST(COUNT(*) AS BIGINT) FROM data_key"));
}

TEST_F(VaultTest, DeletesOneRecordAndMindsNoneThatIsAbsent) {
  put("email", "a@example.org");
  put("full_name", kName);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(world_.databases.data().write([&](store::UnitOfWork& unit) {
      return world_.vault.delete_record(unit, id_, Category::kProfile, "email");
    }));
  }
  EXPECT_EQ(world_.read(id_, Category::kProfile, "email"), "");
  EXPECT_EQ(world_.read(id_, Category::kProfile, "full_name"), kName);
}

TEST_F(VaultTest, IndexesEqualValuesAlikeAndDifferentOnesApart) {
  const auto index = world_.vault.blind_index("phone", "+79175550142").bytes;
  EXPECT_EQ(index, world_.vault.blind_index("phone", "+79175550142").bytes);
  EXPECT_NE(index, world_.vault.blind_index("phone", "+79175550143").bytes);
  EXPECT_EQ(index.size(), 32U);
}

TEST_F(VaultTest, IndexesTheSameValueOfTwoKindsApart) {
  EXPECT_NE(world_.vault.blind_index("snils", "123").bytes,
            world_.vault.blind_index("inn", "123").bytes);
  EXPECT_NE(world_.vault.blind_index("ab", "c").bytes, world_.vault.blind_index("a", "bc").bytes);
}

TEST_F(VaultTest, OpensATransientOnlyAtItsPlace) {
  const core::Secret<std::string> number("+79175550142");
  const auto sealed = world_.vault.seal_transient("challenge|1", number);
  const auto opened = world_.vault.open_transient("challenge|1", sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), number.reveal());
  EXPECT_EQ(reason_of(world_.vault.open_transient("challenge|2", sealed)), "crypto.open_failed");
  EXPECT_EQ(reason_of(world_.vault.open_transient("challenge|1", core::ByteView())),
            "crypto.open_failed");
}

}  // namespace
}  // namespace vault
