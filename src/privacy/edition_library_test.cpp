#include "privacy/edition_library.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "audit/testing/databases.h"

namespace privacy {
namespace {

using std::chrono::hours;
using world::kNow;
using world::reason_of;

const std::vector<std::string> kLanguages{"ru", "en"};

/// What a file of an edition holds; every part may be spoilt by a test.
struct FileText {
  std::string kind = "agreement";
  std::string number = "1";
  std::string language = "ru";
  std::string in_force_at = "2026-01-01T00:00:00Z";
  std::string text = "Текст соглашения.\n";

  [[nodiscard]] std::string content() const {
    return "+++\nkind = \"" + kind + "\"\nnumber = " + number + "\nlanguage = \"" + language +
           "\"\ntitle = \"Заголовок\"\npublished_at = 2025-12-01T00:00:00Z\nin_force_at = " +
           in_force_at + "\n+++\n\n" + text;
  }
};

Edition edition(EditionKind kind, int number, std::string_view language, core::Instant in_force) {
  Edition made;
  made.kind = kind;
  made.number = number;
  made.language = language;
  made.sha256 = std::string(name_of(kind)) + std::to_string(number) + made.language;
  made.published_at = in_force - hours(1);
  made.in_force_at = in_force;
  return made;
}

/// Edition 1 of every kind in both languages, in force for a day.
std::vector<Edition> first_editions() {
  std::vector<Edition> editions;
  for (const auto kind : kAllEditionKinds) {
    for (const auto& language : kLanguages) {
      editions.push_back(edition(kind, 1, language, kNow - hours(24)));
    }
  }
  return editions;
}

core::Result<EditionLibrary> library_with(const std::vector<Edition>& more) {
  auto editions = first_editions();
  editions.insert(editions.end(), more.begin(), more.end());
  return EditionLibrary::make(std::move(editions), kLanguages);
}

class EditionFolder : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& content) {
    const std::filesystem::path path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
  }
  void write_all() {
    for (const auto every : kAllEditionKinds) {
      const std::string kind(name_of(every));
      for (const auto& language : kLanguages) {
        write(kind + "/1." + language + ".md",
              FileText{.kind = kind, .language = language}.content());
      }
    }
  }
  std::string load() { return reason_of(EditionLibrary::load(folder_.path(), kLanguages)); }

  world::Folder folder_;
};

TEST_F(EditionFolder, OfTheRepositoryLoads) {
  const auto library =
      EditionLibrary::load(std::string(BERESTA_SOURCE_DIR) + "/editions", kLanguages);
  ASSERT_TRUE(library) << library.error().detail;
  for (const auto& language : kLanguages) {
    EXPECT_TRUE(library->current(EditionKind::kRegistryPermission, language, kNow + hours(10'000)));
  }
}

TEST_F(EditionFolder, LoadsOneEditionOfEveryKindInEveryLanguage) {
  write_all();
  EXPECT_EQ(load(), "ok");
}

TEST_F(EditionFolder, IsMissing) {
  EXPECT_EQ(reason_of(EditionLibrary::load(folder_ / "nowhere", kLanguages)), "editions.missing");
}

TEST_F(EditionFolder, IsEmpty) { EXPECT_EQ(load(), "editions.missing"); }

TEST_F(EditionFolder, LacksAKindThatRegistrationNeeds) {
  write_all();
  std::filesystem::remove_all(folder_ / "consent");
  EXPECT_EQ(load(), "editions.missing");
}

TEST_F(EditionFolder, LacksATranslation) {
  write_all();
  std::filesystem::remove(folder_ / "policy/1.en.md");
  EXPECT_EQ(load(), "editions.untranslated");
}

TEST_F(EditionFolder, HoldsTwoEditionsInForceFromOneMoment) {
  write_all();
  for (const auto& language : kLanguages) {
    write("agreement/2." + language + ".md",
          FileText{.number = "2", .language = language}.content());
  }
  EXPECT_EQ(load(), "editions.clash");
}

TEST_F(EditionFolder, HoldsAFileWhoseNameSaysAnotherNumber) {
  write_all();
  write("agreement/2.ru.md", FileText{}.content());
  EXPECT_EQ(load(), "editions.malformed");
}

TEST_F(EditionFolder, HoldsAFileInTheFolderOfAnotherKind) {
  write_all();
  write("policy/1.ru.md", FileText{.kind = "consent"}.content());
  EXPECT_EQ(load(), "editions.malformed");
}

TEST_F(EditionFolder, HoldsAFileOfAnotherLanguageThanItsName) {
  write_all();
  write("policy/1.ru.md", FileText{.kind = "policy", .language = "en"}.content());
  EXPECT_EQ(load(), "editions.malformed");
}

TEST_F(EditionFolder, HoldsAFileThatIsTooLarge) {
  write_all();
  write("policy/1.ru.md",
        FileText{.kind = "policy", .text = std::string(EditionLibrary::kFileBytesMax, 'x')}
            .content());
  EXPECT_EQ(load(), "editions.malformed");
}

TEST_F(EditionFolder, NamesTheFileThatIsWrong) {
  write_all();
  write("policy/1.ru.md", "no front block");
  const auto library = EditionLibrary::load(folder_.path(), kLanguages);
  ASSERT_FALSE(library);
  EXPECT_NE(library.error().detail.find("policy/1.ru.md"), std::string::npos);
}

TEST(EditionFile, IsReadWithTheDigestOfItsTextAlone) {
  const auto parsed = EditionLibrary::parse(FileText{.text = "abc"}.content());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->kind, EditionKind::kAgreement);
  EXPECT_EQ(parsed->number, 1);
  EXPECT_EQ(parsed->title, "Заголовок");
  EXPECT_EQ(parsed->text, "abc");
  EXPECT_EQ(parsed->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(EditionFile, HasANumberThatIsOne) {
  for (const auto* number : {"0", "-1", "one", "1x", "1.5", "99999999999", ""}) {
    EXPECT_EQ(reason_of(EditionLibrary::parse(FileText{.number = number}.content())),
              "editions.malformed")
        << number;
  }
}

TEST(EditionFile, HasAKnownKindAMomentAndAText) {
  EXPECT_FALSE(EditionLibrary::parse(FileText{.kind = "advertisement"}.content()));
  EXPECT_FALSE(EditionLibrary::parse(FileText{.in_force_at = "tomorrow"}.content()));
  EXPECT_FALSE(EditionLibrary::parse(FileText{.in_force_at = "2026-02-30T00:00:00Z"}.content()));
  EXPECT_FALSE(EditionLibrary::parse(FileText{.text = "\n\n"}.content()));
}

TEST(EditionFile, HasAFrontBlockWithABeginningAndAnEnd) {
  for (const auto* content : {"", "+++", "+++\n", "+++\nkind = \"policy\"\n", "text +++\n+++\n",
                              "+++\nno equals sign\n+++\ntext"}) {
    EXPECT_EQ(reason_of(EditionLibrary::parse(content)), "editions.malformed") << content;
  }
}

TEST(EditionLibrary, NeedsALanguage) {
  EXPECT_EQ(reason_of(EditionLibrary::make(first_editions(), {})), "editions.missing");
}

TEST(EditionLibrary, GivesTheEditionInForce) {
  const auto library = library_with({edition(EditionKind::kPolicy, 2, "ru", kNow + hours(1)),
                                     edition(EditionKind::kPolicy, 2, "en", kNow + hours(1))})
                           .value();
  EXPECT_EQ(library.current(EditionKind::kPolicy, "ru", kNow).value()->number, 1);
  EXPECT_EQ(library.current(EditionKind::kPolicy, "ru", kNow + hours(1)).value()->number, 2);
  EXPECT_EQ(library.current(EditionKind::kAgreement, "ru", kNow + hours(1)).value()->number, 1);
}

TEST(EditionLibrary, HasNoneInForceBeforeTheFirst) {
  const auto library = library_with({}).value();
  EXPECT_EQ(reason_of(library.current(EditionKind::kPolicy, "ru", kNow - hours(25))),
            "edition.none_in_force");
  EXPECT_EQ(reason_of(library.current(EditionKind::kPolicy, "de", kNow)), "edition.none_in_force");
}

TEST(EditionLibrary, KeepsEveryEditionAndKnowsNoOther) {
  const auto library = library_with({}).value();
  EXPECT_EQ(reason_of(library.find(EditionKind::kPolicy, 1, "en")), "ok");
  EXPECT_EQ(reason_of(library.find(EditionKind::kPolicy, 2, "en")), "edition.unknown");
  EXPECT_EQ(reason_of(library.find(EditionKind::kPolicy, -1, "en")), "edition.unknown");
}

TEST(SeenEdition, IsTheOneInForceToTheByte) {
  const auto library = library_with({}).value();
  EXPECT_EQ(reason_of(library.check_seen({EditionKind::kConsent, 1, "ru", "consent1ru"}, kNow)),
            "ok");
  EXPECT_EQ(reason_of(library.check_seen({EditionKind::kConsent, 1, "ru", "consent1en"}, kNow)),
            "edition.mismatch");
  EXPECT_EQ(reason_of(library.check_seen({EditionKind::kConsent, 1, "ru", ""}, kNow)),
            "edition.mismatch");
}

TEST(SeenEdition, IsSupersededByANewerOne) {
  const auto library = library_with({edition(EditionKind::kConsent, 2, "ru", kNow),
                                     edition(EditionKind::kConsent, 2, "en", kNow)})
                           .value();
  EXPECT_EQ(reason_of(library.check_seen({EditionKind::kConsent, 1, "ru", "consent1ru"}, kNow)),
            "edition.superseded");
}

TEST(SeenEdition, NeverExisted) {
  const auto library = library_with({}).value();
  EXPECT_EQ(reason_of(library.check_seen({EditionKind::kConsent, 7, "ru", "x"}, kNow)),
            "edition.unknown");
}

}  // namespace
}  // namespace privacy
