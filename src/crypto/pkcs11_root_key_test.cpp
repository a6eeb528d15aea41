// Root keys behind PKCS#11, with SoftHSM in the part of the token.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "crypto/file_key_provider.h"
#include "crypto/keyring.h"
#include "crypto/keyring_file.h"
#include "crypto/openssl_cli.h"
#include "crypto/pkcs11_token.h"
#include "crypto/system_rng.h"

namespace crypto {
namespace {

constexpr const char* kModule = "/usr/lib/softhsm/libsofthsm2.so";
constexpr std::string_view kPlace = "data_key|wrapped|somebody|profile";

/// Each test is a process of its own: SoftHSM reads its configuration once, and another file of
/// this program has made it read another one.
class TokenTest : public ::testing::Test {
 protected:
  static const testing::OpensslCli& cli() {
    static const testing::OpensslCli made;
    return made;
  }
  /// Runs the test in a child that sees tokens of its own.
  template <typename Test>
  static void in_own_process(const Test& test) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
          prepare();
          test();
          std::filesystem::remove_all(cli().path(""));
          std::_Exit(::testing::Test::HasFailure() ? 1 : 0);
        },
        ::testing::ExitedWithCode(0), "");
  }
  static void prepare() {
    cli().write("softhsm2.conf", "directories.tokendir = " + cli().path("tokens") +
                                     "\nobjectstore.backend = file\nlog.level = ERROR\n");
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread of this process
    ::setenv("SOFTHSM2_CONF", cli().path("softhsm2.conf").c_str(), 1);
    cli().write("pin", "4321\n");
    std::filesystem::permissions(cli().path("pin"), std::filesystem::perms::owner_read);
    CORE_ASSERT(
        cli().run("mkdir tokens && softhsm2-util --init-token --free --label root --pin "
                  "4321 --so-pin 8765 && softhsm2-util --init-token --free --label twin "
                  "--pin 4321 --so-pin 8765 && softhsm2-util --init-token --free --label "
                  "twin --pin 4321 --so-pin 8765"));
  }
  static core::Result<std::shared_ptr<Pkcs11Token>> open(const char* label = "root",
                                                         const char* pin = "4321") {
    return Pkcs11Token::open({kModule, label, core::Secret<std::string>(pin)});
  }
};

template <typename T>
std::string reason_of(const core::Result<T>& result) {
  return result ? "ok" : result.error().reason;
}

Key256 some_key() { return Key256(std::array<std::uint8_t, 32>{42}); }

TEST_F(TokenTest, WrapsAndUnwrapsInTheFormOfAFile) {
  in_own_process([] {
    const auto token = open().value();
    TokenRootKey root(token, token->make_key().value());
    const auto wrapped = root.wrap(some_key(), core::as_bytes(kPlace)).value();
    EXPECT_EQ(wrapped.size(), 1U + 8U + 12U + 32U + 16U);
    EXPECT_EQ(parse_wrapped(wrapped)->root_id, root.key_id());
    const auto key = root.unwrap(wrapped, core::as_bytes(kPlace));
    ASSERT_TRUE(key);
    EXPECT_EQ(core::to_hex(key->reveal()), core::to_hex(some_key().reveal()));
    // Another nonce each time.
    EXPECT_NE(root.wrap(some_key(), core::as_bytes(kPlace)).value(), wrapped);
  });
}

TEST_F(TokenTest, OpensNothingThatWasAlteredOrMoved) {
  in_own_process([] {
    const auto token = open().value();
    TokenRootKey root(token, token->make_key().value());
    TokenRootKey other(token, token->make_key().value());
    const auto wrapped = root.wrap(some_key(), core::as_bytes(kPlace)).value();
    for (std::size_t at = kWrapHeaderBytes; at < wrapped.size(); at += 5) {
      auto altered = wrapped;
      altered[at] ^= 1U;
      EXPECT_EQ(reason_of(root.unwrap(altered, core::as_bytes(kPlace))), "crypto.open_failed");
    }
    EXPECT_EQ(reason_of(root.unwrap(wrapped, core::as_bytes("elsewhere"))), "crypto.open_failed");
    EXPECT_EQ(reason_of(other.unwrap(wrapped, core::as_bytes(kPlace))), "key.unknown_key_id");
    EXPECT_EQ(reason_of(root.unwrap(core::ByteView(wrapped).first(40), core::as_bytes(kPlace))),
              "key.wrap_malformed");
    EXPECT_EQ(reason_of(root.unwrap(wrapped, core::as_bytes(kPlace))), "ok") << "still works";
  });
}

TEST_F(TokenTest, NeverGivesTheKeyOut) {
  in_own_process([] {
    const auto token = open().value();
    const auto id = to_text(token->make_key().value());
    // OpenSC's tool is somebody else's eye on the same token.
    CORE_ASSERT(cli().run(std::string("pkcs11-tool --module ") + kModule +
                          " --token-label root --login --pin 4321 --list-objects --type secrkey"));
    const auto listed = cli().read("log");
    EXPECT_NE(listed.find("AES length 32"), std::string::npos) << listed;
    EXPECT_NE(listed.find(id), std::string::npos) << listed;
    EXPECT_NE(listed.find("never extractable"), std::string::npos) << listed;
    EXPECT_FALSE(cli().run(std::string("pkcs11-tool --module ") + kModule +
                           " --token-label root --login --pin 4321 --read-object --type secrkey "
                           "--id " +
                           id));
  });
}

TEST_F(TokenTest, SaysWhatIsWrongWithTheToken) {
  in_own_process([] {
    EXPECT_EQ(reason_of(open("nobody")), "key.token_failed");
    EXPECT_EQ(reason_of(open("twin")), "key.token_failed");
    const auto pin = open("root", "0000");
    EXPECT_EQ(reason_of(pin), "key.token_failed");
    EXPECT_EQ(pin.error().detail, "the PIN is wrong");
    EXPECT_EQ(reason_of(Pkcs11Token::open({"/nonexistent.so", "root", {}})), "key.token_failed");
    EXPECT_EQ(reason_of(Pkcs11Token::open({"/lib/x86_64-linux-gnu/libz.so.1", "root", {}})),
              "key.token_failed");
    const auto token = open().value();
    TokenRootKey absent(token, KeyId{1});
    const auto wrapped = absent.wrap(some_key(), {});
    EXPECT_EQ(reason_of(wrapped), "key.provider_unavailable");
    EXPECT_EQ(wrapped.error().code, core::ErrorCode::kUnavailable);
    EXPECT_EQ(reason_of(token->destroy_key(KeyId{1})), "key.provider_unavailable");
  });
}

TEST_F(TokenTest, ServesManyThreads) {
  in_own_process([] {
    const auto token = open().value();
    TokenRootKey root(token, token->make_key().value());
    const auto wrapped = root.wrap(some_key(), core::as_bytes(kPlace)).value();
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 50; ++round) {
          if (root.unwrap(wrapped, core::as_bytes(kPlace))) ++good;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 200);
  });
}

TEST_F(TokenTest, TakesOverFromAFileByARotationAndGivesTheSameKeysOfPurposes) {
  in_own_process([] {
    SystemRng rng;
    const auto path = cli().path("root.key");
    CORE_ASSERT(FileKeyProvider::create(path, rng));
    const auto running = Keyring::open(path).value();
    const auto old_id = running->key_id();
    const auto index = core::to_hex(running->derive("blind_index").reveal());
    const auto wrapped = running->wrap(some_key(), core::as_bytes(kPlace)).value();
    {
      auto file = KeyringFile::open(path).value();
      EXPECT_EQ(reason_of(file.use_token({"no body", kModule, cli().path("pin")})),
                "key.token_place");
      EXPECT_EQ(reason_of(file.use_token({"nobody", kModule, cli().path("pin")})),
                "key.token_failed");
      ASSERT_EQ(reason_of(file.use_token({"root", kModule, cli().path("pin")})), "ok");
      auto entry = file.make_root(rng);
      ASSERT_TRUE(entry) << entry.error().detail;
      ASSERT_FALSE(entry->key);
      ASSERT_EQ(reason_of(file.add_next(*std::move(entry))), "ok");
      ASSERT_EQ(reason_of(file.promote()), "ok");
    }
    // The server that runs follows into the token.
    const auto anew = running->wrap(some_key(), core::as_bytes(kPlace));
    ASSERT_TRUE(anew) << anew.error().detail;
    EXPECT_NE(running->key_id(), old_id);
    EXPECT_EQ(reason_of(running->unwrap(wrapped, core::as_bytes(kPlace))), "ok");
    ASSERT_EQ(reason_of(KeyringFile::open(path)->retire(old_id)), "ok");
    // A new one has the token alone: no digits of a root key are left in the file.
    const auto restarted = Keyring::open(path);
    ASSERT_TRUE(restarted) << restarted.error().detail;
    EXPECT_EQ(core::to_hex((*restarted)->derive("blind_index").reveal()), index);
    EXPECT_EQ(reason_of((*restarted)->unwrap(*anew, core::as_bytes(kPlace))), "ok");
    EXPECT_EQ(cli().read("root.key").find(" file "), std::string::npos);
  });
}

/// A keyring whose root key in use is in the token "root".
std::string keyring_in_token(const testing::OpensslCli& cli, core::Rng& rng) {
  const auto path = cli.path("root.key");
  CORE_ASSERT(FileKeyProvider::create(path, rng));
  auto file = KeyringFile::open(path).value();
  const auto first = file.text().find(RootState::kCurrent)->id;
  CORE_ASSERT(file.use_token({"root", kModule, cli.path("pin")}));
  CORE_ASSERT(file.add_next(file.make_root(rng).value()));
  CORE_ASSERT(file.promote());
  CORE_ASSERT(file.retire(first));
  return path;
}

TEST_F(TokenTest, GivesBackToAFileByARotation) {
  in_own_process([] {
    SystemRng rng;
    const auto path = keyring_in_token(cli(), rng);
    const auto running = Keyring::open(path).value();
    const auto in_token = running->key_id();
    const auto index = core::to_hex(running->derive("blind_index").reveal());
    const auto wrapped = running->wrap(some_key(), core::as_bytes(kPlace)).value();
    {
      auto file = KeyringFile::open(path).value();
      ASSERT_EQ(reason_of(file.use_file()), "ok");
      ASSERT_EQ(reason_of(file.use_file()), "ok") << "may be repeated";
      EXPECT_TRUE(file.text().token) << "the root key in use is there";
      auto entry = file.make_root(rng);
      ASSERT_TRUE(entry && entry->key);
      ASSERT_EQ(reason_of(file.add_next(*std::move(entry))), "ok");
      ASSERT_EQ(reason_of(file.promote()), "ok");
    }
    // The server that runs follows out of the token, and still opens what the token wrapped.
    const auto anew = running->wrap(some_key(), core::as_bytes(kPlace));
    ASSERT_TRUE(anew) << anew.error().detail;
    EXPECT_NE(running->key_id(), in_token);
    EXPECT_EQ(reason_of(running->unwrap(wrapped, core::as_bytes(kPlace))), "ok");
    EXPECT_EQ(reason_of(Keyring::open(path).value()->unwrap(wrapped, core::as_bytes(kPlace))),
              "ok");
    ASSERT_EQ(reason_of(KeyringFile::open(path)->retire(in_token)), "ok");
    // The token is named no more, holds no root key, and is not needed.
    EXPECT_EQ(cli().read("root.key").find("token"), std::string::npos);
    EXPECT_EQ(cli().read("root.key").find("new-roots"), std::string::npos);
    EXPECT_FALSE(TokenRootKey(open().value(), in_token).unwrap(wrapped, core::as_bytes(kPlace)));
    std::filesystem::remove_all(cli().path("tokens"));
    const auto restarted = Keyring::open(path);
    ASSERT_TRUE(restarted) << restarted.error().detail;
    EXPECT_EQ(core::to_hex((*restarted)->derive("blind_index").reveal()), index);
    EXPECT_EQ(reason_of((*restarted)->unwrap(*anew, core::as_bytes(kPlace))), "ok");
  });
}

TEST_F(TokenTest, IsNotLeftNorEnteredPastARootKeyThatWaits) {
  in_own_process([] {
    SystemRng rng;
    const auto path = keyring_in_token(cli(), rng);
    const TokenPlace place{"root", kModule, cli().path("pin")};
    auto file = KeyringFile::open(path).value();
    ASSERT_EQ(reason_of(file.add_next(file.make_root(rng).value())), "ok");
    EXPECT_EQ(reason_of(file.use_file()), "key.next_elsewhere");
    EXPECT_EQ(reason_of(file.use_token(place)), "ok") << "it waits there";
    ASSERT_EQ(reason_of(file.promote()), "ok");
    ASSERT_EQ(reason_of(file.use_file()), "ok");
    ASSERT_EQ(reason_of(file.add_next(file.make_root(rng).value())), "ok");
    EXPECT_EQ(reason_of(file.use_token(place)), "key.next_elsewhere");
  });
}

TEST_F(TokenTest, IsNotForgottenForAnotherOneWhileItHoldsARootKey) {
  in_own_process([] {
    SystemRng rng;
    const auto path = keyring_in_token(cli(), rng);
    CORE_ASSERT(
        cli().run("softhsm2-util --init-token --free --label other --pin 4321"
                  " --so-pin 8765"));
    auto file = KeyringFile::open(path).value();
    EXPECT_EQ(reason_of(file.use_token({"other", kModule, cli().path("pin")})), "key.token_other");
    EXPECT_EQ(file.text().token->label, "root");
  });
}

}  // namespace
}  // namespace crypto
