#include "app/cli/command_line.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <sstream>

#include "app/cli/manual.h"
#include "app/cli/seed_person.h"
#include "app/cli/verdict_words.h"
#include "app/test_folder.h"
#include "identity/phone_number.h"

namespace app {
namespace {

struct Ended {
  int code = 0;
  std::string out;
  std::string err;
};

Ended run(const std::vector<std::string>& arguments) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{in, out, err};
  const int code = run_command_line(arguments, terminal);
  return {code, out.str(), err.str()};
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// A folder with a configuration of its own.
class Installation : public testing::Test {
 protected:
  Installation() {
    // Absolute: a path in the file counts from the folder of the file.
    const auto sources = std::filesystem::absolute(BERESTA_SOURCE_DIR).string();
    folder.write("beresta.toml", "[installation]\njurisdictions_dir = \"" + sources +
                                     "/jurisdictions\"\neditions_dir = \"" + sources +
                                     "/editions\"\n");
  }
  Ended with_config(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--config", folder / "beresta.toml"});
    return run(arguments);
  }

  TestFolder folder;
};

TEST(CommandLine, EndsWithTwoForWhatItDoesNotUnderstand) {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"dance"},
                                             {"qr"},
                                             {"qr", "dance"},
                                             {"qr", "verify"},
                                             {"serve", "--prot", "1"},
                                             {"bench", "seed"},
                                             {"bench", "seed", "--citizens", "0"},
                                             {"bench", "seed", "--citizens", "10000001"},
                                             {"qr", "verify", "--lang", "de", "X"},
                                             {"qr", "show", "X", "--svg", "a", "--png", "b"}}) {
    const auto ended = run(arguments);
    EXPECT_EQ(2, ended.code) << testing::PrintToString(arguments);
    EXPECT_TRUE(has(ended.err, "beresta: ")) << testing::PrintToString(arguments);
  }
}

TEST(CommandLine, NamesTheCommandThatIsNone) {
  EXPECT_TRUE(has(run({"dance"}).err, "there is no command \"dance\""));
  EXPECT_TRUE(has(run({"keys", "dance"}).err, "there is no command \"dance\""));
}

TEST(CommandLine, HelpsAndTellsItsVersion) {
  EXPECT_EQ(0, run({"--help"}).code);
  EXPECT_TRUE(has(run({"--help"}).out, "serve"));
  EXPECT_TRUE(has(run({"qr", "verify", "--help"}).out, "unknown issuer"));
  EXPECT_TRUE(has(run({"version"}).out, "beresta 0."));
  EXPECT_EQ(0, run({"--version"}).code);
  EXPECT_EQ(run({"version"}).out, run({"--version"}).out);
}

TEST(CommandLine, PointsToTheHelpOfTheCommandThatLacksSomething) {
  EXPECT_TRUE(has(run({"staff"}).err, "Try `beresta staff --help`"));
  EXPECT_TRUE(has(run({"staff", "grant"}).err, "Try `beresta staff grant --help`"));
  EXPECT_TRUE(has(run({}).err, "Try `beresta --help`"));
}

TEST(Terminal, TellsARemedyForWhatPeopleMistype) {
  for (const auto* reason : {"phone.malformed", "staff.role_unknown", "relying_party.claim",
                             "id.malformed", "file.unreadable", "request.number"}) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Terminal terminal{in, out, err};
    EXPECT_EQ(kExitFailed, tell(terminal, {core::ErrorCode::kInvalidInput, reason, ""}));
    EXPECT_FALSE(has(err.str(), "that did not work")) << reason;
  }
}

TEST(CommandLine, DescribesEveryCommandAndOption) {
  const std::function<void(const CommandDoc&)> look = [&](const CommandDoc& command) {
    EXPECT_FALSE(command.description.empty()) << command.name;
    for (const auto& option : command.options) {
      ASSERT_FALSE(option.names.empty()) << command.name;
      EXPECT_FALSE(option.description.empty()) << command.name << " " << option.names.front();
    }
    for (const auto& inner : command.commands) look(inner);
  };
  look(describe_command_line());
}

TEST(Manual, HoldsEveryCommandAndOption) {
  const auto page = run({"man"}).out;
  EXPECT_TRUE(page.starts_with(".TH BERESTA 1 "));
  for (const char* part : {".SS serve\n", ".SS config check\n", ".SS keys rotate\n",
                           ".SS bench seed\n", "\\-\\-sessions\\-file", ".SH EXIT STATUS"}) {
    EXPECT_TRUE(has(page, part)) << part;
  }
}

TEST(Manual, LetsNoTextBecomeARequest) {
  const auto page =
      man_page({.name = "x", .description = ".de evil\\n -", .options = {}, .commands = {}});
  EXPECT_TRUE(has(page, "\\&.de evil\\en \\-"));
}

TEST(Completion, KnowsCommandsAndOptions) {
  const auto script = run({"completion", "bash"}).out;
  EXPECT_TRUE(has(script, "\"beresta qr verify\") words=\"--help --trust"));
  EXPECT_TRUE(has(script, "\"beresta keys\") echo \"init rotate rotate-openid rotate-log"));
}

TEST_F(Installation, IsSetUpOnceAndNeverOver) {
  EXPECT_EQ(1, with_config({"config", "check"}).code);
  const auto made = with_config({"keys", "init"});
  ASSERT_EQ(0, made.code) << made.err;
  struct stat status = {};
  ASSERT_EQ(0, ::stat((folder / "root.key").c_str(), &status));
  EXPECT_EQ(0600U, status.st_mode & 07777U);
  const auto again = with_config({"keys", "init"});
  EXPECT_EQ(1, again.code);
  EXPECT_TRUE(has(again.err, "key.file_exists")) << again.err;
  const auto checked = with_config({"config", "check"});
  EXPECT_EQ(0, checked.code) << checked.err;
}

TEST_F(Installation, KeepsWhatIsThereWhenOnlyAPartIsMissing) {
  ASSERT_EQ(0, with_config({"keys", "init"}).code);
  std::filesystem::remove(folder / "root.key");
  EXPECT_EQ(1, with_config({"keys", "init"}).code);
  EXPECT_FALSE(std::filesystem::exists(folder / "root.key"));
}

TEST_F(Installation, RotatesOnlyKeysThatAreThere) {
  EXPECT_EQ(1, with_config({"keys", "rotate"}).code);
  ASSERT_EQ(0, with_config({"keys", "init"}).code);
  // A key made in the same second has the same name: made again a moment later it works.
  auto rotated = with_config({"keys", "rotate"});
  for (int i = 0; rotated.code != 0 && i < 30; ++i) {
    ASSERT_TRUE(has(rotated.err, "key.file_exists")) << rotated.err;
    ::usleep(100'000);
    rotated = with_config({"keys", "rotate"});
  }
  EXPECT_EQ(0, rotated.code) << rotated.err;
  const std::filesystem::directory_iterator files(folder / "issuer");
  EXPECT_EQ(3, std::distance(begin(files), end(files)));
}

TEST_F(Installation, MigratesTwiceWithTheSameResult) {
  const auto first = with_config({"migrate"});
  ASSERT_EQ(0, first.code) << first.err;
  EXPECT_TRUE(has(first.out, "scripts applied from version 0")) << first.out;
  const auto second = with_config({"migrate"});
  EXPECT_EQ(0, second.code);
  EXPECT_TRUE(has(second.out, "nothing to apply")) << second.out;
}

TEST_F(Installation, TellsADatabaseThatCannotBeMadeInWords) {
  const auto ended = with_config({"migrate", "--set", "store.data_url=sqlite:/nonexistent/x.db"});
  EXPECT_EQ(1, ended.code);
  EXPECT_TRUE(has(ended.err, "store.missing")) << ended.err;
}

TEST_F(Installation, IsSeededAndGoesOnWhereItWas) {
  ASSERT_EQ(0, with_config({"keys", "init"}).code);
  ASSERT_EQ(0, with_config({"migrate"}).code);
  const auto first = with_config({"bench", "seed", "--citizens", "20", "--sessions", "3",
                                  "--sessions-file", folder / "tokens"});
  ASSERT_EQ(0, first.code) << first.err;
  EXPECT_TRUE(has(first.out, "20 citizens made, 0 were there")) << first.out;
  std::ostringstream tokens;
  tokens << std::ifstream(folder / "tokens").rdbuf();
  const std::string text = tokens.str();
  EXPECT_EQ(3 * 44U, text.size());
  const auto second = with_config({"bench", "seed", "--citizens", "25"});
  EXPECT_TRUE(has(second.out, "5 citizens made, 20 were there")) << second.out << second.err;
}

TEST_F(Installation, ShowsTheEffectiveConfigurationAsToml) {
  ASSERT_EQ(0, with_config({"keys", "init"}).code);
  const auto shown = with_config({"config", "check", "--show", "--set", "server.port=1234"});
  ASSERT_EQ(0, shown.code) << shown.err;
  EXPECT_TRUE(has(shown.out, "\n[server]\n"));
  EXPECT_TRUE(has(shown.out, "port = 1234  # --set server.port")) << shown.out;
  // What was shown can be read again.
  folder.write("beresta.toml", shown.out);
  EXPECT_EQ(0, with_config({"config", "check"}).code);
}

TEST(SeedPerson, IsTheSameForTheSameSeedAndNumber) {
  const auto one = make_seed_person(1, 7, "+79175550142");
  EXPECT_EQ("+79170000007", one.phone);
  EXPECT_EQ(one.family_name, make_seed_person(1, 7, "+79175550142").family_name);
  const auto phone =
      identity::PhoneNumber::parse(one.phone, {.default_region = "RU", .served_regions = {"RU"}});
  EXPECT_TRUE(phone);
}

TEST(VerdictWords, FollowTheLocale) {
  EXPECT_EQ(SpokenLanguage::kRussian, spoken_language("", "ru_RU.UTF-8"));
  EXPECT_EQ(SpokenLanguage::kEnglish, spoken_language("", "C"));
  EXPECT_EQ(SpokenLanguage::kEnglish, spoken_language("en", "ru_RU.UTF-8"));
}

}  // namespace
}  // namespace app
