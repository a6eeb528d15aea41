#include "crypto/keyring.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "crypto/file_key_provider.h"
#include "crypto/keyring_file.h"
#include "crypto/system_rng.h"
#include "crypto/test_rng.h"

namespace crypto {
namespace {

using core::Bytes;

constexpr std::string_view kPlace = "data_key|wrapped|somebody|profile";

template <typename T>
std::string reason_of(const core::Result<T>& result) {
  return result ? "ok" : result.error().reason;
}

class KeyringTest : public testing::Test {
 protected:
  KeyringTest() {
    std::string name = (std::filesystem::temp_directory_path() / "keyring_XXXXXX").string();
    CORE_ASSERT(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    CORE_ASSERT(FileKeyProvider::create(path(), rng_).has_value());
  }
  ~KeyringTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path() const { return folder_ / "root.key"; }
  [[nodiscard]] std::string read() const {
    std::ifstream in(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& text) const {
    std::ofstream(path(), std::ios::binary) << text;
    ASSERT_EQ(::chmod(path().c_str(), 0600), 0);
  }
  [[nodiscard]] std::unique_ptr<Keyring> open() const {
    auto keyring = Keyring::open(path());
    EXPECT_TRUE(keyring) << keyring.error().reason << keyring.error().detail;
    return *std::move(keyring);
  }
  [[nodiscard]] KeyId add_next() {
    auto key = Key256::generate(rng_);
    const auto id = FileRootKey::id_of(key);
    auto file = KeyringFile::open(path());
    EXPECT_TRUE(file);
    EXPECT_TRUE(file->add_next({RootState::kNext, id, std::move(key)}));
    return id;
  }
  KeyId rotate() {
    const auto id = add_next();
    EXPECT_TRUE(KeyringFile::open(path())->promote());
    return id;
  }
  void expect_malformed(const std::string& text) {
    write(text);
    const auto opened = Keyring::open(path());
    ASSERT_FALSE(opened) << text;
    EXPECT_EQ(opened.error().reason, "key.malformed") << text;
    EXPECT_NE(opened.error().detail.find(path()), std::string::npos) << opened.error().detail;
    // No message gives a key away.
    EXPECT_EQ(opened.error().detail.find("aaaaaaaaaaaaaaaa"), std::string::npos);
  }
  [[nodiscard]] Bytes wrap(KeyProvider& provider) {
    return provider.wrap(Key256(std::array<std::uint8_t, 32>{42}), core::as_bytes(kPlace)).value();
  }
  static std::string unwrap(KeyProvider& provider, core::ByteView wrapped) {
    const auto key = provider.unwrap(wrapped, core::as_bytes(kPlace));
    if (!key) return key.error().reason;
    return key->reveal()[0] == 42 ? "ok" : "another key";
  }

  SystemRng rng_;

 private:
  std::filesystem::path folder_;
};

TEST_F(KeyringTest, OfOneKeyIsWhatTheFirstFormWas) {
  const auto before = FileKeyProvider::open(path()).value();
  const auto keyring = open();
  EXPECT_EQ(keyring->key_id(), before->key_id());
  EXPECT_EQ(unwrap(*keyring, wrap(*before)), "ok");
  EXPECT_EQ(unwrap(*before, wrap(*keyring)), "ok");
  EXPECT_EQ(core::to_hex(keyring->derive("blind_index").reveal()),
            core::to_hex(before->derive("blind_index").reveal()));
}

TEST_F(KeyringTest, KeepsTheKeysOfPurposesWhateverRootKeyIsInUse) {
  const auto before = core::to_hex(open()->derive("blind_index").reveal());
  (void)rotate();
  EXPECT_EQ(core::to_hex(open()->derive("blind_index").reveal()), before);
  const auto first = open()->key_id();
  (void)rotate();
  ASSERT_TRUE(KeyringFile::open(path())->retire(first));
  EXPECT_EQ(core::to_hex(open()->derive("blind_index").reveal()), before);
  EXPECT_NE(core::to_hex(open()->derive("csrf").reveal()), before);
}

TEST_F(KeyringTest, OpensWhatOldRootKeysWrappedAndWrapsWithTheNewOne) {
  const auto old = wrap(*open());
  const auto id = rotate();
  const auto keyring = open();
  EXPECT_EQ(keyring->key_id(), id);
  EXPECT_EQ(unwrap(*keyring, old), "ok");
  EXPECT_EQ(parse_wrapped(wrap(*keyring))->root_id, id);
}

TEST_F(KeyringTest, DoesNotWrapWithTheNextOneYetButOpensWithIt) {
  const auto current = open()->key_id();
  const auto next = add_next();
  const auto prepared = open();
  EXPECT_EQ(prepared->key_id(), current);
  ASSERT_TRUE(KeyringFile::open(path())->promote());
  const auto wrapped = wrap(*open());
  ASSERT_EQ(parse_wrapped(wrapped)->root_id, next);
  // The file as it was before the change: a server that got it copied.
  EXPECT_EQ(unwrap(*prepared, wrapped), "ok");
}

TEST_F(KeyringTest, ReadsTheFileAgainForANameItDoesNotKnow) {
  const auto running = open();
  (void)rotate();
  EXPECT_EQ(unwrap(*running, wrap(*open())), "ok");
}

TEST_F(KeyringTest, ReadsTheFileAgainBeforeItWraps) {
  const auto running = open();
  const auto id = rotate();
  EXPECT_EQ(parse_wrapped(wrap(*running))->root_id, id);
}

TEST_F(KeyringTest, GoesOnWithWhatItKnowsWhenTheFileIsGoneOrDamaged) {
  const auto running = open();
  const auto wrapped = wrap(*running);
  for (const std::string& text : {std::string("damaged"), std::string(64, 'a') + "\n"}) {
    write(text);
    EXPECT_EQ(unwrap(*running, wrap(*running)), "ok");
    EXPECT_EQ(unwrap(*running, wrapped), "ok");
    EXPECT_NE(running->key_id(), FileRootKey::id_of(Key256(std::array<std::uint8_t, 32>{})));
  }
  std::filesystem::remove(path());
  EXPECT_EQ(unwrap(*running, wrap(*running)), "ok");
}

TEST_F(KeyringTest, StillOpensForReadsUnderWayWhenARootKeyIsRetired) {
  const auto running = open();
  const auto first = running->key_id();
  const auto wrapped = wrap(*running);
  (void)rotate();
  ASSERT_TRUE(KeyringFile::open(path())->retire(first));
  (void)wrap(*running);  // reads the file again
  EXPECT_EQ(unwrap(*running, wrapped), "ok");
  EXPECT_EQ(running->what_of(first), RootKnowledge::kRetired);
}

TEST_F(KeyringTest, SaysWhyAKeyDoesNotOpen) {
  const auto first = open()->key_id();
  const auto wrapped = wrap(*open());
  (void)rotate();
  ASSERT_TRUE(KeyringFile::open(path())->retire(first));
  EXPECT_EQ(unwrap(*open(), wrapped), "key.root_retired");
  FileKeyProvider foreign(Key256::generate(rng_));
  EXPECT_EQ(unwrap(*open(), wrap(foreign)), "key.unknown_key_id");
  EXPECT_EQ(unwrap(*open(), core::ByteView(wrapped).first(20)), "key.wrap_malformed");
  EXPECT_EQ(open()->what_of(foreign.key_id()), RootKnowledge::kUnknown);
}

TEST_F(KeyringTest, RefusesEveryLineThatIsMissingCutOrWrong) {
  (void)rotate();
  (void)add_next();
  const auto good = read();
  ASSERT_TRUE(Keyring::open(path()));
  for (std::size_t cut = 0; cut < good.size(); ++cut) expect_malformed(good.substr(0, cut));
  const auto id = good.substr(good.find("current ") + 8, 16);
  for (const std::string& line : std::initializer_list<std::string>{
           "current " + id + " token\n", "old 0011223344556677 token\nold 0011223344556677 token\n",
           "retired " + id + "\n", "next 0011223344556677 token\n", "\n", "old 00 token\n",
           "token label module\n", "token  module pin\n", "token a b c d\n", "new-roots file\n",
           "token a b c\nnew-roots token\n", "token a b c\nnew-roots file\nnew-roots file\n",
           "old 0011223344556677 file " + std::string(64, 'a') + "\n",
           "old 0011223344556677 file " + std::string(63, 'a') + "\n", "old 0011223344556677\n",
           "old  0011223344556677 token\n", "retired 0011223344556677 x\n", "derivation 00\n",
           std::string(kKeyringBytesMax, 'x') + "\n"}) {
    expect_malformed(good + line);
  }
  std::string many = good;
  for (int i = 0; i < 10; ++i) many += "old 001122334455667" + std::to_string(i) + " token\n";
  expect_malformed(many);
}

TEST_F(KeyringTest, RefusesADigitThatWasChanged) {
  (void)rotate();
  auto text = read();
  const auto at = text.find(" file ") + 10;
  text[at] = text[at] == '0' ? '1' : '0';
  expect_malformed(text);
}

TEST_F(KeyringTest, RefusesADerivationSecretOfAnotherKeyring) {
  (void)rotate();
  auto text = read();
  const auto digits = text.find("derivation ") + 11 + 40;
  text[digits] = text[digits] == '0' ? '1' : '0';
  write(text);
  EXPECT_EQ(reason_of(Keyring::open(path())), "key.derivation_damaged");
}

TEST_F(KeyringTest, RemembersThatATokenIsBeingLeft) {
  (void)rotate();
  auto text = read();
  text.insert(text.find("current"), "token label /module /pin\nnew-roots file\n");
  text.insert(text.find("derivation"), "old 0011223344556677 token\n");
  const auto keyring = parse_keyring(text, path());
  ASSERT_TRUE(keyring) << keyring.error().detail;
  EXPECT_TRUE(keyring->token);
  EXPECT_FALSE(keyring->makes_in_token);
  EXPECT_NE(format_keyring(*keyring).reveal().find("\nnew-roots file\n"), std::string::npos);
}

TEST_F(KeyringTest, SaysThatATokenIsMissing) {
  (void)rotate();
  auto text = read();
  text.insert(text.find("derivation"), "old 0011223344556677 token\n");
  write(text);
  EXPECT_EQ(reason_of(Keyring::open(path())), "key.token_missing");
}

TEST_F(KeyringTest, FileIsPrivateAndWholeAfterEachChange) {
  std::ofstream(path() + ".new") << "left by somebody who was killed";
  (void)rotate();
  struct stat status = {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_FALSE(std::filesystem::exists(path() + ".new"));
}

TEST_F(KeyringTest, FileRefusesChangesOutOfOrder) {
  const auto current = open()->key_id();
  EXPECT_EQ(reason_of(KeyringFile::open(path())->promote()), "key.no_next");
  EXPECT_EQ(reason_of(KeyringFile::open(path())->retire(current)), "key.root_in_use");
  const auto next = add_next();
  EXPECT_EQ(reason_of(KeyringFile::open(path())->retire(next)), "key.root_in_use");
  auto file = KeyringFile::open(path());
  EXPECT_EQ(reason_of(file->add_next({RootState::kNext, KeyId{}, Key256::generate(rng_)})),
            "key.next_there");
}

TEST_F(KeyringTest, HoldsEightRootKeysAtMost) {
  for (std::size_t i = 1; i < kRootsMax; ++i) (void)rotate();
  auto file = KeyringFile::open(path());
  EXPECT_EQ(reason_of(file->add_next({RootState::kNext, KeyId{}, Key256::generate(rng_)})),
            "key.too_many_roots");
}

}  // namespace
}  // namespace crypto
