#include "app/config/config.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/config/config_schema.h"
#include "app/test_folder.h"
#include "identity/abuse/guess_ledger.h"

namespace app {
namespace {

Checked<ConfigReading> read(const std::string& file, std::vector<std::string> overrides = {},
                            std::vector<std::string> environment = {}) {
  return read_config({.file = file,
                      .environment = std::move(environment),
                      .overrides = std::move(overrides),
                      .check_files = false});
}

/// The problems of a file with this content, as text; the file is called "c.toml".
std::string faults_of(std::string_view content) {
  const TestFolder folder;
  const auto reading = read(folder.write("c.toml", content));
  return reading ? "none" : to_text(reading.error());
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(BudgetSettings, KeepTheBoundOfGuessesUnlessSomebodySetsOtherOnes) {
  EXPECT_GE(BudgetSettings().calls_confirmed_per_mille, identity::GuessLedger::kConfirmedPerMille);
}

TEST(Config, IsCompleteFromAnEmptyFile) {
  const TestFolder folder;
  const auto reading = read(folder.write("c.toml", ""));
  ASSERT_TRUE(reading) << to_text(reading.error());
  const auto& config = reading->config;
  EXPECT_EQ("sqlite:" + (folder / "main.db"), config.store.data_url.reveal());
  EXPECT_EQ(folder / "root.key", config.keys.root_key_file);
  EXPECT_EQ("http://localhost:8080", config.server.public_url);
  EXPECT_EQ("ru", config.installation.jurisdiction);
  EXPECT_TRUE(config.operators.empty());
  EXPECT_TRUE(config.identity_providers.empty());
  EXPECT_FALSE(config.registry);
}

TEST(Config, ReadsEveryKindOfSetting) {
  const TestFolder folder;
  const auto reading = read(folder.write("c.toml", R"(
[server]
port = 9000
public_url = "https://id.example/"
rate_scale = 0
trusted_proxies = ["10.0.0.0/8", "::1"]
drain_s = 5
[store]
data_url = "postgresql://beresta@db/main"
keys_url = "sqlite:sub/keys.db"
statement_timeout_ms = 250
[log]
level = "debug"
[operator.sms]
url = "https://operator.example/send"
token = "secret-token"
headers = { "X-Client" = "beresta" }
success_status = [202]
)"));
  ASSERT_TRUE(reading) << to_text(reading.error());
  const auto& config = reading->config;
  EXPECT_EQ(9000, config.server.port);
  EXPECT_EQ("https://id.example", config.server.public_url);
  EXPECT_EQ(0.0, config.server.rate_scale);
  EXPECT_EQ(2U, config.server.trusted_proxies.size());
  EXPECT_EQ(std::chrono::seconds(5), config.server.drain);
  EXPECT_EQ("postgresql://beresta@db/main", config.store.data_url.reveal());
  EXPECT_EQ("sqlite:" + (folder / "sub/keys.db"), config.store.keys_url.reveal());
  EXPECT_EQ(std::chrono::milliseconds(250), config.store.statement_timeout);
  EXPECT_EQ(LogLevel::kDebug, config.log.level);
  ASSERT_EQ(1U, config.operators.size());
  const auto& gateway = config.operators.at("sms").gateway;
  EXPECT_EQ("secret-token", gateway.token.reveal());
  EXPECT_EQ("beresta", gateway.headers.at("X-Client"));
  EXPECT_EQ(std::vector<int>{202}, gateway.success_status);
}

TEST(Config, LetsTheEnvironmentWinOverTheFileAndFlagsOverBoth) {
  const TestFolder folder;
  const auto file = folder.write("c.toml", "[server]\nport = 1\nworkers = 1\nqueue = 1\n");
  const auto reading = read(file, {"server.queue=3"},
                            {"BERESTA_SERVER_QUEUE=2", "BERESTA_SERVER_WORKERS=2", "PATH=/bin"});
  ASSERT_TRUE(reading) << to_text(reading.error());
  EXPECT_EQ(1, reading->config.server.port);
  EXPECT_EQ(2U, reading->config.server.workers);
  EXPECT_EQ(3U, reading->config.server.queue);
}

TEST(Config, ReadsListsFromAFlag) {
  const auto reading = read("", {"server.trusted_proxies=127.0.0.1, fd00::/8"});
  ASSERT_TRUE(reading) << to_text(reading.error());
  EXPECT_EQ(2U, reading->config.server.trusted_proxies.size());
}

TEST(Config, TellsTheLineAndColumnOfASyntaxError) {
  EXPECT_TRUE(has(faults_of("[server]\nport = \n"), "c.toml:2:8: "));
}

TEST(Config, TellsAnUnknownSettingAndWhatMayBeMeant) {
  const auto faults = faults_of("[server]\n\nprot = 80\n");
  EXPECT_TRUE(has(faults, "c.toml:3:1: there is no setting server.prot")) << faults;
  EXPECT_TRUE(has(faults, "perhaps server.port")) << faults;
}

TEST(Config, TellsAnUnknownSection) {
  const auto faults = faults_of("[registri]\nbase_url = \"x\"\n");
  EXPECT_TRUE(has(faults, "there is no section [registri]")) << faults;
  EXPECT_TRUE(has(faults, "perhaps registry")) << faults;
}

TEST(Config, TellsAWrongTypeWithAnExample) {
  const auto faults = faults_of("[server]\nport = \"eighty\"\n");
  EXPECT_TRUE(has(faults, "c.toml:2:8: server.port is \"eighty\"")) << faults;
  EXPECT_TRUE(has(faults, "a whole number from 0 to 65535")) << faults;
  EXPECT_TRUE(has(faults, "port = 8080")) << faults;
}

TEST(Config, TellsAValueOutOfRange) {
  EXPECT_TRUE(has(faults_of("[server]\nport = 65536\n"), "server.port is the number 65536"));
  EXPECT_TRUE(has(faults_of("[server]\nworkers = 0\n"), "server.workers is the number 0"));
  EXPECT_TRUE(has(faults_of("[server]\nrate_scale = nan\n"), "server.rate_scale"));
}

TEST(Config, TellsEveryFaultAtOnce) {
  const auto faults = faults_of("[server]\nport = -1\nprot = 1\n[log]\nlevel = \"loud\"\n");
  EXPECT_TRUE(has(faults, "server.port")) << faults;
  EXPECT_TRUE(has(faults, "server.prot")) << faults;
  EXPECT_TRUE(has(faults, "log.level")) << faults;
}

TEST(Config, TellsWhatASectionLacks) {
  const auto faults = faults_of("\n[registry]\ntimeout_ms = 100\n");
  EXPECT_TRUE(has(faults, "c.toml:2:1: registry.base_url is not set")) << faults;
  EXPECT_TRUE(has(faults, "registry.client is not set")) << faults;
}

TEST(Config, ReadsEveryIdentityProviderUnderItsName) {
  const TestFolder folder;
  const auto reading = read(folder.write("c.toml", R"(
[identity_provider.esia]
issuer = "https://esia.example"
client_id = "beresta"
client_secret = "one"
name_ru = "Госуслуги"
[identity_provider.bank2]
issuer = "https://bank.example"
client_id = "beresta"
client_secret = "other"
)"),
                            {"identity_provider.bank2.timeout_ms=250"});
  ASSERT_TRUE(reading) << to_text(reading.error());
  const auto& providers = reading->config.identity_providers;
  ASSERT_EQ(2U, providers.size());
  EXPECT_EQ("https://bank.example", providers.at("bank2").issuer);
  EXPECT_EQ(250, providers.at("bank2").timeout.count());
  EXPECT_EQ("bank2", providers.at("bank2").name_ru) << "its id, unless it is given a name";
  EXPECT_EQ("other", providers.at("bank2").client_secret.reveal());
  EXPECT_EQ("Госуслуги", providers.at("esia").name_ru);
  EXPECT_EQ("http://localhost:8080/api/v1/identity-provider/callback",
            providers.at("esia").redirect_uri);
}

TEST(Config, RefusesAnIdentityProviderWithoutAName) {
  const auto faults = faults_of("[identity_provider]\nissuer = \"https://idp.example\"\n");
  EXPECT_TRUE(has(faults, "identity_provider.NAME")) << faults;
}

TEST(Config, RefusesNamesOfProvidersThatCannotStandInAnAddress) {
  for (const auto* name :
       {"Esia", "2fa", "e-sia", "\"e sia\"", "госуслуги", "abcdefghijklmnopqrstu"}) {
    const auto faults =
        faults_of("[identity_provider." + std::string(name) + "]\nissuer = \"x\"\n");
    EXPECT_NE(faults, "none") << name;
  }
}

TEST(Config, TellsWhatAnIdentityProviderLacks) {
  const auto faults = faults_of("[identity_provider.esia]\nscopes = [\"profile\"]\n");
  for (const auto* part :
       {"identity_provider.esia.issuer is not set", "identity_provider.esia.client_id is not set",
        "identity_provider.esia.client_secret is not set", "does not hold openid"}) {
    EXPECT_TRUE(has(faults, part)) << faults;
  }
}

TEST(Config, TellsContradictions) {
  EXPECT_TRUE(has(faults_of("[server]\ntls_key = \"k.pem\"\n"), "only one of server.tls"));
  EXPECT_TRUE(has(faults_of("[server]\nport = 80\nadmin_port = 80\n"), "the public port"));
  EXPECT_TRUE(has(faults_of("[store]\ndata_url = \"sqlite:a\"\nkeys_url = \"sqlite:a\"\n"),
                  "the same database"));
  EXPECT_TRUE(has(faults_of("[operator.sms]\nurl = \"http://x\"\nbody = \"{to}\"\n"), "{text}"));
}

TEST(Config, RefusesMisspeltVariablesThatAreMeantForIt) {
  const auto reading = read("", {}, {"BERESTA_SERVER_PROT=1", "BERESTA_HOME=/x"});
  ASSERT_FALSE(reading);
  ASSERT_EQ(1U, reading.error().size());
  EXPECT_EQ("environment BERESTA_SERVER_PROT", reading.error().front().where);
}

TEST(Config, RefusesAFlagWithoutValueOrOfAnUnknownSetting) {
  EXPECT_FALSE(read("", {"server.port"}));
  EXPECT_FALSE(read("", {"server.prot=1"}));
  EXPECT_FALSE(read("", {"server.port=1x"}));
}

TEST(Config, TellsAFileThatIsNotThere) {
  const auto reading = read("/nonexistent/beresta.toml");
  ASSERT_FALSE(reading);
  EXPECT_EQ("/nonexistent/beresta.toml", reading.error().front().where);
}

TEST(Config, TellsNothingElseOfAFileThatCannotBeRead) {
  const TestFolder folder;
  const auto broken = folder.write("c.toml", "[server]\nport = \n");
  for (const auto& file : {broken, std::string("/nonexistent/beresta.toml")}) {
    const auto reading = read_config({.file = file, .environment = {}, .overrides = {}});
    ASSERT_FALSE(reading);
    EXPECT_EQ(reading.error().size(), 1U) << to_text(reading.error());
  }
}

TEST(Config, TellsMissingFilesAndFoldersOnlyWhenAsked) {
  const TestFolder folder;
  const auto file = folder.write("c.toml", "[server]\nstatic_root = \"web\"\n");
  EXPECT_TRUE(read(file));
  const auto reading = read_config({.file = file, .environment = {}, .overrides = {}});
  ASSERT_FALSE(reading);
  const auto faults = to_text(reading.error());
  EXPECT_TRUE(has(faults, "server.static_root: " + (folder / "web") + " is not there")) << faults;
  EXPECT_TRUE(has(faults, "keys.root_key_file")) << faults;
  EXPECT_TRUE(has(faults, "c.toml:2:15")) << faults;
}

TEST(Config, ReadsSecretsFromFiles) {
  const TestFolder folder;
  folder.write("token", "from-a-file\n");
  const auto file = folder.write(
      "c.toml", "[operator.sms]\nurl = \"http://localhost\"\ntoken_file = \"token\"\n");
  const auto reading = read(file);
  ASSERT_TRUE(reading) << to_text(reading.error());
  EXPECT_EQ("from-a-file", reading->config.operators.at("sms").gateway.token.reveal());
}

TEST(Config, RefusesASecretGivenTwice) {
  const TestFolder folder;
  folder.write("token", "from-a-file\n");
  const auto file = folder.write(
      "c.toml",
      "[operator.sms]\nurl = \"http://localhost\"\ntoken = \"x\"\ntoken_file = \"token\"\n");
  EXPECT_FALSE(read(file));
}

TEST(Config, NeverShowsASecretNeitherInSettingsNorInFaults) {
  const TestFolder folder;
  const std::string good = R"(
[store]
data_url = "postgresql://beresta:hunter2@db/main"
[operator.sms]
url = "http://localhost"
token = "hunter2"
headers = { "X-Key" = "hunter2" }
)";
  const auto reading = read(folder.write("c.toml", good));
  ASSERT_TRUE(reading) << to_text(reading.error());
  for (const auto& setting : reading->effective) {
    EXPECT_FALSE(has(setting.value, "hunter2")) << setting.key;
  }
  EXPECT_FALSE(has(faults_of("[operator.sms]\ntoken = [\"hunter2\"]\n"), "hunter2"));
  EXPECT_FALSE(has(faults_of("[store]\ndata_url = \"mysql://a:hunter2@b\"\n"), "hunter2"));
}

TEST(Config, SaysWhereEachEffectiveValueComesFrom) {
  const TestFolder folder;
  const auto file = folder.write("c.toml", "[server]\nport = 9000\n");
  const auto reading = read(file, {"log.level=error"});
  ASSERT_TRUE(reading);
  const auto source = [&](std::string_view key) {
    const auto found = std::find_if(reading->effective.begin(), reading->effective.end(),
                                    [&](const auto& setting) { return setting.key == key; });
    return found == reading->effective.end() ? "absent" : found->source;
  };
  EXPECT_EQ(file + ":2:8", source("server.port"));
  EXPECT_EQ("--set log.level", source("log.level"));
  EXPECT_EQ("default", source("server.workers"));
  EXPECT_EQ("absent", source("registry.base_url"));
}

const std::string kExample = BERESTA_SOURCE_DIR "/packaging/beresta.toml";

TEST(Config, AcceptsTheExampleOfThePackage) {
  const auto reading = read(kExample);
  EXPECT_TRUE(reading) << to_text(reading.error());
}

/// The example with every commented-out setting and section in force, but for the two places where
/// it offers one of two: a gateway to ESIA or ESIA itself, whose key is in a file or behind
/// PKCS#11.
std::string whole_example() {
  std::ifstream file(kExample);
  std::string all;
  for (std::string line; std::getline(file, line); all += line + "\n") {
    const auto equals = line.find(" = ");
    const bool is_setting =
        equals != std::string::npos && equals > 2 && line.starts_with("# ") &&
        std::all_of(
            line.begin() + 2, line.begin() + static_cast<std::ptrdiff_t>(equals),
            [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    if (line == "# [identity_provider.esia]") line = "# [identity_provider.gateway]";
    if (line.starts_with("# key_file = ") && line.ends_with("/esia.key\"")) continue;
    if (is_setting || line.starts_with("# [")) line.erase(0, 2);
  }
  return all;
}

TEST(Config, IsExplainedWholeByTheExampleOfThePackage) {
  const TestFolder folder;
  const auto reading = read(folder.write("c.toml", whole_example()));
  ASSERT_TRUE(reading) << to_text(reading.error());
  // Told in words there: a secret in the file itself, and what both operator sections share; and
  // the file of a key that is behind PKCS#11 here.
  const std::set<std::string> told{"operator.sms.token",
                                   "operator.call.token",
                                   "operator.smsc.password",
                                   "operator.trunk.password",
                                   "operator.call.success_pointer",
                                   "operator.call.success_equals",
                                   "esia.key_file",
                                   "identity_provider.gateway.client_secret",
                                   "mail.password"};
  std::set<std::string> set;
  for (const auto& setting : reading->effective) {
    if (setting.source != "default") set.insert(setting.key);
  }
  const auto whole = folder.write("whole.toml", whole_example());
  for (const auto& setting : config_schema({find_operator_sections(whole), {"gateway"}})) {
    EXPECT_TRUE(set.contains(setting.key) || told.contains(setting.key)) << setting.key;
  }
}

}  // namespace
}  // namespace app
