#include "app/keys/log_key_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "app/test_folder.h"
#include "audit/checkpoint.h"
#include "crypto/system_rng.h"

namespace app {
namespace {

const core::Instant kNow = core::Instant::from_seconds(1'795'338'589);
constexpr core::Duration kDay = std::chrono::hours(24);

class LogKeys : public testing::Test {
 protected:
  LogKeys() { ::mkdir(dir.c_str(), S_IRWXU); }
  std::unique_ptr<LogKeyFiles> open(core::Instant now) {
    auto files = LogKeyFiles::open(dir, "id.example/log", now, rng);
    EXPECT_TRUE(files);
    return std::move(*files);
  }
  std::string signed_by(LogKeyFiles& files, core::Instant now) {
    const auto text = audit::Checkpoint{files.origin(), {1, audit::empty_root()}}.to_text();
    return audit::SignedNote{.text = text, .signatures = *files.sign(text, now)}.to_string();
  }

  TestFolder folder;
  std::string dir = folder / "issuer";
  crypto::SystemRng rng;
};

TEST_F(LogKeys, AreMadeAtFirstStartAndKept) {
  const auto first = open(kNow)->published(kNow);
  ASSERT_EQ(first.size(), 1U);
  const auto again = open(kNow + kDay)->published(kNow + kDay);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again.front().to_string(), first.front().to_string());
}

TEST_F(LogKeys, OverlapForAWeekAndAreAllPublishedForEver) {
  const auto files = open(kNow);
  const std::vector<audit::NoteVerifier> old{files->published(kNow).front()};
  ASSERT_TRUE(create_log_key(dir, kNow + kDay, rng));
  const auto at = [&](core::Duration later) { return kNow + kDay + later; };
  EXPECT_EQ(files->published(at(-kDay / 2)).size(), 2U);
  EXPECT_EQ(files->sign("x\n", at(-kDay / 2))->size(), 1U);
  EXPECT_EQ(files->sign("x\n", at(kDay))->size(), 2U);
  EXPECT_TRUE(audit::open_checkpoint(signed_by(*files, at(6 * kDay)), old));
  EXPECT_EQ(files->sign("x\n", at(8 * kDay))->size(), 1U);
  EXPECT_FALSE(audit::open_checkpoint(signed_by(*files, at(8 * kDay)), old));
  EXPECT_TRUE(
      audit::open_checkpoint(signed_by(*files, at(8 * kDay)), files->published(at(8 * kDay))));
  EXPECT_EQ(files->published(at(400 * kDay)).size(), 2U);
  EXPECT_EQ(files->beginnings(at(400 * kDay)).back(), kNow + kDay);
}

TEST_F(LogKeys, DoNotSignBeforeTheirTime) {
  ASSERT_TRUE(create_log_key(dir, kNow + kDay, rng));
  EXPECT_EQ(open(kNow)->sign("x\n", kNow).error().reason, "log.no_key");
}

TEST_F(LogKeys, AreRefusedWhenOthersMayReadThem) {
  ASSERT_TRUE(create_log_key(dir, kNow, rng));
  ASSERT_EQ(::chmod((dir + "/log-20261122T090949Z.pem").c_str(), 0644), 0);
  EXPECT_EQ(LogKeyFiles::open(dir, "id.example/log", kNow, rng).error().reason,
            "key.permissions_too_open");
}

TEST_F(LogKeys, NeedANameThatCanBeOne) {
  EXPECT_EQ(LogKeyFiles::open(dir, "a b", kNow, rng).error().reason, "key.origin");
}

}  // namespace
}  // namespace app
