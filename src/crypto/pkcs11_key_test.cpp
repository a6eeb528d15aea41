// The key behind PKCS#11, with SoftHSM in the part of the token.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "crypto/openssl_cli.h"
#include "crypto/signature_key.h"

namespace crypto {
namespace {

constexpr const char* kModule = "/usr/lib/softhsm/libsofthsm2.so";
constexpr const char* kUri = "pkcs11:token=esia;object=signer;type=private";
constexpr std::string_view kMessage = "scope timestamp client state";

/// A token with one RSA key that was moved into it. SoftHSM reads its configuration once for a
/// process, so there is one for all tests.
const testing::OpensslCli& token() {
  static const testing::OpensslCli cli;
  static const bool made = [] {
    cli.write("softhsm2.conf", "directories.tokendir = " + cli.path("tokens") +
                                   "\nobjectstore.backend = file\nlog.level = ERROR\n");
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread of this test
    ::setenv("SOFTHSM2_CONF", cli.path("softhsm2.conf").c_str(), 1);
    return cli.make("our", "rsa") && cli.make("other", "gost") &&
           cli.run(
               "mkdir tokens && softhsm2-util --init-token --free --label esia --pin 4321 "
               "--so-pin 8765 && softhsm2-util --import our.key --token esia --pin 4321 "
               "--label signer --id 01");
  }();
  CORE_ASSERT(made);
  return cli;
}

core::Result<SignatureKey> open(const std::string& module_path, const std::string& uri,
                                const std::string& pin) {
  return SignatureKey::from_pkcs11({module_path, uri, core::Secret<std::string>(pin)});
}

TEST(Pkcs11Key, SignsWhatTheCommandLineAccepts) {
  const auto& cli = token();
  const auto key = open(kModule, kUri, "4321");
  ASSERT_TRUE(key) << key.error().reason;
  EXPECT_EQ(key->algorithm(), SignatureAlgorithm::kRsaSha256);
  const auto certificate = Certificate::from_pem(cli.read("our.pem"));
  ASSERT_TRUE(certificate);
  EXPECT_TRUE(key->fits(*certificate));
  EXPECT_FALSE(key->fits(*Certificate::from_pem(cli.read("other.pem"))));
  const auto signature = key->sign(core::as_bytes(kMessage));
  ASSERT_TRUE(signature) << signature.error().reason;
  EXPECT_TRUE(certificate->verify(core::as_bytes(kMessage), *signature));
  for (const auto attributes : std::array{CmsAttributes::kNone, CmsAttributes::kSigned}) {
    const auto cms = key->sign_cms(core::as_bytes(kMessage), *certificate, attributes);
    ASSERT_TRUE(cms) << cms.error().reason;
    cli.write("cms", *cms);
    cli.write("message", kMessage);
    EXPECT_TRUE(
        cli.run("openssl cms -verify -inform DER -binary -content message -in cms "
                "-CAfile our.pem"))
        << cli.read("log");
  }
}

TEST(Pkcs11Key, SaysWhenTokenKeyOrAddressIsWrong) {
  (void)token();
  const auto reason = [](const core::Result<SignatureKey>& key) {
    return key ? "ok" : key.error().reason;
  };
  EXPECT_EQ(reason(open(kModule, "pkcs11:token=esia;object=nobody;type=private", "4321")),
            "key.token_failed");
  EXPECT_EQ(reason(open(kModule, "pkcs11:token=other;object=signer;type=private", "4321")),
            "key.token_failed");
  EXPECT_EQ(reason(open(kModule, "not an address", "4321")), "key.token_failed");
}

TEST(Pkcs11Key, TakesNoSecondLibrary) {
  (void)token();
  ASSERT_TRUE(open(kModule, kUri, "4321"));
  EXPECT_FALSE(open("/nonexistent.so", kUri, "4321"));
}

TEST(Pkcs11Key, IsNotOpenedByAnotherPinOrLibrary) {
  // In a process of its own: the right PIN has opened the token for this one already.
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        (void)token();
        const auto no_library = open("/nonexistent.so", kUri, "4321");
        const auto no_pin = open(kModule, kUri, "0000");
        const bool refused = !no_library && !no_pin &&
                             no_library.error().reason == "key.token_failed" &&
                             no_pin.error().reason == "key.token_failed";
        std::filesystem::remove_all(token().path(""));
        std::_Exit(refused ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace crypto
