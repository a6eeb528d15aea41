#include "crypto/file_key_provider.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "crypto/system_rng.h"
#include "crypto/test_rng.h"

namespace crypto {
namespace {

using core::Bytes;
using core::ErrorCode;

class KeyFile : public testing::Test {
 protected:
  KeyFile() {
    std::string name = (std::filesystem::temp_directory_path() / "key_file_XXXXXX").string();
    CORE_ASSERT(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
  }
  ~KeyFile() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const char* name = "root.key") const { return folder_ / name; }
  void write(std::string_view content, mode_t mode = 0600) const {
    std::ofstream(path(), std::ios::binary) << content;
    ASSERT_EQ(::chmod(path().c_str(), mode), 0);
  }
  [[nodiscard]] std::string read() const {
    std::ifstream in(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void expect_refused(const std::string& path, ErrorCode code, std::string_view reason) {
    const auto opened = FileKeyProvider::open(path);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, code);
    EXPECT_EQ(opened.error().reason, reason);
    EXPECT_NE(opened.error().detail.find(path), std::string::npos) << opened.error().detail;
  }

  SystemRng rng_;

 private:
  std::filesystem::path folder_;
};

const std::string kText = std::string(64, 'a') + "\n";

TEST_F(KeyFile, IsCreatedPrivateAndOpensAgain) {
  ASSERT_TRUE(FileKeyProvider::create(path(), rng_).has_value());
  struct stat status = {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_EQ(read().size(), 65U);
  EXPECT_EQ(read().back(), '\n');
  const auto first = FileKeyProvider::open(path()).value();
  const auto second = FileKeyProvider::open(path()).value();
  EXPECT_EQ(first->key_id(), second->key_id());
}

TEST_F(KeyFile, IsNeverOverwritten) {
  write(kText);
  const auto created = FileKeyProvider::create(path(), rng_);
  ASSERT_FALSE(created.has_value());
  EXPECT_EQ(created.error().code, ErrorCode::kConflict);
  EXPECT_EQ(created.error().reason, "key.file_exists");
  EXPECT_EQ(read(), kText);
}

TEST_F(KeyFile, IsNotCreatedThroughALink) {
  ASSERT_EQ(::symlink(path("elsewhere").c_str(), path().c_str()), 0);
  EXPECT_EQ(FileKeyProvider::create(path(), rng_).error().reason, "key.file_exists");
  EXPECT_FALSE(std::filesystem::exists(path("elsewhere")));
}

TEST_F(KeyFile, CannotBeCreatedInAMissingFolder) {
  const auto created = FileKeyProvider::create(path("no/root.key"), rng_);
  ASSERT_FALSE(created.has_value());
  EXPECT_EQ(created.error().code, ErrorCode::kInternal);
  EXPECT_EQ(created.error().reason, "key.not_written");
}

TEST_F(KeyFile, IsRefusedWhenMissing) {
  expect_refused(path(), ErrorCode::kNotFound, "key.file_missing");
}

TEST_F(KeyFile, IsRefusedWhenGroupOrOthersMayTouchIt) {
  for (const mode_t mode : {0640U, 0604U, 0620U, 0601U, 0610U, 0666U, 0777U}) {
    SCOPED_TRACE(mode);
    write(kText, mode);
    expect_refused(path(), ErrorCode::kInternal, "key.permissions_too_open");
  }
  write(kText, 0640);
  EXPECT_NE(FileKeyProvider::open(path()).error().detail.find("0640"), std::string::npos);
  write(kText, 0400);
  EXPECT_TRUE(FileKeyProvider::open(path()).has_value());
}

TEST_F(KeyFile, IsRefusedWhenItIsALinkFolderOrPipe) {
  write(kText);
  ASSERT_EQ(::symlink(path().c_str(), path("link").c_str()), 0);
  ASSERT_EQ(::mkdir(path("folder").c_str(), 0700), 0);
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  for (const char* name : {"link", "folder", "pipe"}) {
    SCOPED_TRACE(name);
    expect_refused(path(name), ErrorCode::kInternal, "key.not_regular_file");
  }
}

TEST_F(KeyFile, IsRefusedWhenItBelongsToAnotherUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  write(kText);
  ASSERT_EQ(::chown(path().c_str(), 1, 1), 0);
  expect_refused(path(), ErrorCode::kInternal, "key.not_owned");
}

TEST_F(KeyFile, IsRefusedWhenItHoldsSomethingElse) {
  const std::string digits(64, 'a');
  for (const std::string& content :
       {std::string(), digits, digits.substr(1) + "\n", digits + "a\n", digits + "\n\n",
        digits + "\r\n", " " + digits.substr(1) + "\n", "g" + digits.substr(1) + "\n",
        std::string(64, '\0') + "\n", std::string(100'000, 'a') + "\n"}) {
    SCOPED_TRACE(content.substr(0, 70));
    write(content);
    expect_refused(path(), ErrorCode::kInternal, "key.malformed");
  }
}

struct Wrapped {
  FileKeyProvider provider = FileKeyProvider(Key256(std::array<std::uint8_t, 32>{1}));
  Key256 key = Key256(std::array<std::uint8_t, 32>{42});
  Bytes aad = hex("0102");
  Bytes blob = provider.wrap(key, aad).value();

  void expect_refused(core::ByteView wrapped, core::ByteView with_aad, std::string_view reason) {
    const auto unwrapped = provider.unwrap(wrapped, with_aad);
    ASSERT_FALSE(unwrapped.has_value());
    EXPECT_EQ(unwrapped.error().code, ErrorCode::kInternal);
    EXPECT_EQ(unwrapped.error().reason, reason);
  }
};

TEST(KeyProvider, UnwrapsWhatItWrapped) {
  Wrapped w;
  EXPECT_TRUE(
      std::ranges::equal(w.provider.unwrap(w.blob, w.aad).value().reveal(), w.key.reveal()));
  EXPECT_NE(w.provider.wrap(w.key, w.aad).value(), w.blob);
}

TEST(KeyProvider, MarksTheWrappedKeyWithVersionAndKeyId) {
  const Wrapped w;
  EXPECT_EQ(w.blob[0], 1);
  EXPECT_TRUE(
      std::equal(w.provider.key_id().begin(), w.provider.key_id().end(), w.blob.begin() + 1));
}

TEST(KeyProvider, RefusesOtherAdditionalData) {
  Wrapped w;
  w.expect_refused(w.blob, hex("0103"), "crypto.open_failed");
  w.expect_refused(w.blob, {}, "crypto.open_failed");
}

TEST(KeyProvider, RefusesAnAlteredBlob) {
  Wrapped w;
  for (std::size_t at = 0; at < w.blob.size(); ++at) {
    SCOPED_TRACE(at);
    w.blob[at] ^= 1U;
    w.expect_refused(w.blob, w.aad,
                     at == 0  ? "key.wrap_malformed"
                     : at < 9 ? "key.unknown_key_id"
                              : "crypto.open_failed");
    w.blob[at] ^= 1U;
  }
}

TEST(KeyProvider, RefusesABlobOfAnotherLength) {
  Wrapped w;
  w.expect_refused({}, w.aad, "key.wrap_malformed");
  w.expect_refused(core::ByteView(w.blob).first(w.blob.size() - 1), w.aad, "key.wrap_malformed");
  w.blob.push_back(0);
  w.expect_refused(w.blob, w.aad, "key.wrap_malformed");
}

TEST(KeyProvider, NamesTheOtherRootKeyOfAForeignBlob) {
  const Wrapped w;
  FileKeyProvider other(Key256(std::array<std::uint8_t, 32>{2}));
  EXPECT_NE(other.key_id(), w.provider.key_id());
  const auto unwrapped = other.unwrap(w.blob, w.aad);
  ASSERT_FALSE(unwrapped.has_value());
  EXPECT_EQ(unwrapped.error().reason, "key.unknown_key_id");
  EXPECT_EQ(unwrapped.error().detail, core::to_hex(w.provider.key_id()));
}

TEST(KeyProvider, DerivesAStableKeyForEachLabelAndRoot) {
  const FileKeyProvider one(Key256(std::array<std::uint8_t, 32>{1}));
  const FileKeyProvider again(Key256(std::array<std::uint8_t, 32>{1}));
  const FileKeyProvider other(Key256(std::array<std::uint8_t, 32>{2}));
  const auto text = [](const Key256& key) { return core::to_hex(key.reveal()); };
  EXPECT_EQ(text(one.derive("csrf")), text(again.derive("csrf")));
  EXPECT_NE(text(one.derive("csrf")), text(one.derive("blind_index")));
  EXPECT_NE(text(one.derive("csrf")), text(other.derive("csrf")));
}

// Fixes the derivation for ever: stored blind indexes and wrapped keys depend on it. The expected
// values were computed apart from this code, by HKDF as RFC 5869 has it.
TEST(KeyProvider, DerivesWhatStoredDataDependsOn) {
  const FileKeyProvider provider(Key256(std::array<std::uint8_t, 32>{}));
  EXPECT_EQ(core::to_hex(provider.key_id()), "e0b322e6a1c887fb");
  EXPECT_EQ(core::to_hex(provider.derive("blind_index").reveal()),
            "f8495425bb7f3d81bccdfcf2e90b2b9c88a204abd36ba4ad242f949dba23506f");
}

}  // namespace
}  // namespace crypto
