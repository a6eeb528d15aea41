#include "app/keys/key_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/test_folder.h"
#include "crypto/system_rng.h"

namespace app {
namespace {

const core::Instant kNow = core::Instant::from_seconds(1'795'338'589);  // 2026-11-22T09:09:49Z
constexpr core::Duration kDay = std::chrono::hours(24);

class KeyFiles : public testing::Test {
 protected:
  std::string reason_of_root() {
    const auto root = load_trust_root(dir);
    return root ? "good" : root.error().reason;
  }
  void add_key(core::Instant at) { ASSERT_TRUE(create_issuer_key(dir, at, rng)); }

  TestFolder folder;
  std::string dir = folder / "issuer";
  crypto::SystemRng rng;
};

unsigned mode_of(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(0, ::stat(path.c_str(), &status)) << path;
  return status.st_mode & 07777U;
}

TEST_F(KeyFiles, AreForTheirOwnerAlone) {
  const auto old_mask = ::umask(0);
  ASSERT_TRUE(create_trust_root(dir, rng));
  add_key(kNow);
  ::umask(old_mask);
  EXPECT_EQ(0700U, mode_of(dir));
  EXPECT_EQ(0600U, mode_of(dir + "/trust-root.pem"));
  EXPECT_EQ(0600U, mode_of(dir + "/issuer-20261122T090949Z.pem"));
}

TEST_F(KeyFiles, GiveBackTheKeyThatWasMade) {
  const auto made = create_issuer_key(dir, kNow, rng);
  ASSERT_TRUE(made);
  const auto keys = load_issuer_keys(dir);
  ASSERT_TRUE(keys) << keys.error().detail;
  ASSERT_EQ(1U, keys->size());
  EXPECT_EQ(kNow, keys->front().not_before);
  EXPECT_EQ(made->key.public_key(), keys->front().key.public_key());
}

TEST_F(KeyFiles, AreNeverOverwritten) {
  ASSERT_TRUE(create_trust_root(dir, rng));
  const auto before = load_trust_root(dir)->public_key();
  const auto again = create_trust_root(dir, rng);
  ASSERT_FALSE(again);
  EXPECT_EQ("key.file_exists", again.error().reason);
  EXPECT_EQ(before, load_trust_root(dir)->public_key());
  add_key(kNow);
  EXPECT_FALSE(create_issuer_key(dir, kNow, rng));
}

TEST_F(KeyFiles, AreRefusedWhenOthersMayReadThem) {
  ASSERT_TRUE(create_trust_root(dir, rng));
  for (const mode_t mode : {0640U, 0604U, 0660U, 0610U}) {
    ::chmod((dir + "/trust-root.pem").c_str(), mode);
    EXPECT_EQ("key.permissions_too_open", reason_of_root()) << std::oct << mode;
  }
  ::chmod((dir + "/trust-root.pem").c_str(), 0400);
  EXPECT_EQ("good", reason_of_root());
}

TEST_F(KeyFiles, AreRefusedWhenTheyAreNoKeys) {
  EXPECT_EQ("key.file_missing", reason_of_root());
  ::mkdir(dir.c_str(), 0700);
  const std::string path = dir + "/trust-root.pem";
  for (const std::string& content :
       {std::string(), std::string("no key"), std::string(9000, 'x')}) {
    std::ofstream(path, std::ios::trunc) << content;
    ::chmod(path.c_str(), 0600);
    EXPECT_EQ("key.malformed", reason_of_root()) << content.size();
  }
}

TEST_F(KeyFiles, AreRefusedWhenTheyAreLinksFoldersOrPipes) {
  ::mkdir(dir.c_str(), 0700);
  const std::string path = dir + "/trust-root.pem";
  ASSERT_EQ(0, ::symlink("/etc/hostname", path.c_str()));
  EXPECT_EQ("key.not_regular_file", reason_of_root());
  ::unlink(path.c_str());
  ASSERT_EQ(0, ::mkfifo(path.c_str(), 0600));
  EXPECT_EQ("key.not_regular_file", reason_of_root());
  ::unlink(path.c_str());
  ASSERT_EQ(0, ::mkdir(path.c_str(), 0700));
  EXPECT_EQ("key.not_regular_file", reason_of_root());
}

TEST_F(KeyFiles, ComeOldestFirstAndLeaveOtherFilesAlone) {
  add_key(kNow + kDay);
  add_key(kNow);
  std::ofstream(dir + "/notes.txt") << "x";
  const auto keys = load_issuer_keys(dir);
  ASSERT_TRUE(keys) << keys.error().detail;
  ASSERT_EQ(2U, keys->size());
  EXPECT_EQ(kNow, keys->front().not_before);
}

TEST_F(KeyFiles, AreRefusedUnderANameWithoutAMoment) {
  add_key(kNow);
  for (const char* name : {"issuer-old.pem", "issuer-20261322T000000Z.pem", "issuer-.pem"}) {
    const std::string path = dir + "/" + name;
    std::filesystem::copy_file(dir + "/issuer-20261122T090949Z.pem", path);
    const auto keys = load_issuer_keys(dir);
    ASSERT_FALSE(keys) << name;
    EXPECT_EQ("key.malformed", keys.error().reason);
    ::unlink(path.c_str());
  }
}

TEST_F(KeyFiles, SignFromTheirOwnMomentUntilTheNext) {
  add_key(kNow);
  add_key(kNow + 10 * kDay);
  const auto keys = load_issuer_keys(dir);
  ASSERT_TRUE(keys);
  EXPECT_EQ("issuer.no_key", signing_key(*keys, kNow - kDay).error().reason);
  EXPECT_EQ(&keys->at(0), signing_key(*keys, kNow).value());
  EXPECT_EQ(&keys->at(0), signing_key(*keys, kNow + 10 * kDay - core::Duration(1)).value());
  EXPECT_EQ(&keys->at(1), signing_key(*keys, kNow + 10 * kDay).value());
  EXPECT_EQ("issuer.no_key", signing_key(*keys, kNow + 411 * kDay).error().reason);
}

TEST_F(KeyFiles, AreListedUntilADayAfterTheNextBegins) {
  add_key(kNow);
  add_key(kNow + 10 * kDay);
  const auto keys = load_issuer_keys(dir);
  ASSERT_TRUE(keys);
  const auto listed = trust_list_keys(*keys, "Issuer");
  ASSERT_EQ(2U, listed.size());
  EXPECT_EQ("Issuer", listed[0].issuer_name);
  EXPECT_EQ(kNow, listed[0].not_before);
  EXPECT_EQ(kNow + 11 * kDay, listed[0].not_after);
  EXPECT_EQ(kNow + 410 * kDay, listed[1].not_after);
}

TEST_F(KeyFiles, NeverSignForMoreThanTheirLife) {
  add_key(kNow);
  add_key(kNow + 1000 * kDay);
  const auto keys = load_issuer_keys(dir);
  ASSERT_TRUE(keys);
  EXPECT_EQ(kNow + kIssuerLifeMax, trust_list_keys(*keys, "Issuer")[0].not_after);
}

}  // namespace
}  // namespace app
