// A log as files, damaged in every way a copy can be: the check says what is damaged and what is
// not.
#include "audit/log_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <climits>
#include <map>

#include "audit/log_record.h"
#include "audit/testing/databases.h"
#include "audit/testing/hand_signer.h"
#include "audit/tree_edge.h"
#include "codec/base64url.h"
#include "codec/json.h"

namespace audit {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Files final : public LogSource {
 public:
  [[nodiscard]] core::Result<core::Bytes> read(const std::string& path) override {
    if (silent_after-- <= 0) {
      return core::fail(core::ErrorCode::kUnavailable, "source.unreadable", path + ": no answer");
    }
    const auto found = files.find(path);
    if (found == files.end()) return core::fail(core::ErrorCode::kNotFound, "source.missing");
    return found->second;
  }
  std::map<std::string, core::Bytes> files;
  int silent_after = INT_MAX;  ///< readings
};

class LogCheckTest : public testing::Test {
 protected:
  static constexpr std::uint64_t kEntries = 600;

  LogCheckTest() {
    TreeEdge edge;
    for (std::uint64_t i = 0; i < kEntries; ++i) {
      const auto entry = crypto::sha256(core::as_bytes(std::to_string(i)));
      edge.append(leaf_hash(entry));
      auto& bundle = bundle_of(i);
      bundle.insert(bundle.end(), {0, 32});
      bundle.insert(bundle.end(), entry.begin(), entry.end());
      if (i + 1 == 300) early_ = note(signer_, {300, edge.root()});
    }
    for (const auto& change : edge.take_changes()) {
      core::Bytes bytes;
      for (const auto& hash : change.hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
      files_.files[tile_path({change.level, change.index, change.hashes.size()})] = bytes;
    }
    head_ = {kEntries, edge.root()};
    set_checkpoint(note(signer_, head_));
  }

  core::Bytes& bundle_of(std::uint64_t index) {
    const auto tile = index / kTileWidth;
    return files_.files[tile_path(
        {kEntriesLevel, tile, std::min<std::size_t>(kTileWidth, kEntries - tile * kTileWidth)})];
  }
  static std::string note(world::HandSigner& signer, const TreeHead& head) {
    const auto text = Checkpoint{signer.origin(), head}.to_text();
    return SignedNote{.text = text, .signatures = *signer.sign(text, world::kNow)}.to_string();
  }
  void set_checkpoint(const std::string& text) {
    files_.files["checkpoint"] = core::to_bytes(core::as_bytes(text));
  }
  CheckReport check(const std::vector<NamedNote>& earlier = {}) {
    return check_log(files_, signer_.published(world::kNow), earlier);
  }

  world::SeededRng rng_;
  world::HandSigner signer_{rng_};
  Files files_;
  TreeHead head_;
  std::string early_;
};

TEST_F(LogCheckTest, FindsAWholeLogWhole) {
  const auto report = check({{"early.txt", early_}});
  EXPECT_THAT(report.damage, IsEmpty());
  EXPECT_THAT(report.holds, Contains(HasSubstr("600 entries")));
  EXPECT_THAT(report.holds, Contains(HasSubstr("early.txt: its 300 entries are all there")));
}

TEST_F(LogCheckTest, FindsOneFlippedByteWhereverItIs) {
  const auto whole = files_.files;
  for (const auto& [path, bytes] : whole) {
    for (std::size_t at = 0; at < bytes.size(); at += 1 + bytes.size() / 40) {
      files_.files[path][at] ^= 1;
      EXPECT_FALSE(check().is_whole()) << path << " at " << at;
      files_.files[path] = bytes;
    }
  }
  EXPECT_TRUE(check().is_whole());
}

TEST_F(LogCheckTest, NamesTheEntryThatWasAlteredAndThatTheTreeHolds) {
  bundle_of(300)[(300 - 256) * 34 + 2] ^= 1;
  const auto report = check();
  EXPECT_THAT(report.damage,
              ElementsAre(AllOf(HasSubstr("entry 300:"),
                                HasSubstr("the tree holds, the bundle of entries was altered"))));
  EXPECT_THAT(report.holds, Contains(HasSubstr("lead to the root")));
}

TEST_F(LogCheckTest, SaysThatTheEntriesHoldWhenATileWasAltered) {
  for (const std::string path : {"tile/0/001", "tile/0/002.p/88"}) {
    const auto kept = files_.files[path];
    files_.files[path][40] ^= 1;
    const auto report = check();
    EXPECT_THAT(report.damage, ElementsAre(HasSubstr("the entries hold, the tile of hashes")));
    EXPECT_THAT(report.holds, Contains(HasSubstr("lead to the root")));
    files_.files[path] = kept;
  }
}

TEST_F(LogCheckTest, SaysWhatOneDroppedLeafMakesUncertain) {
  auto& tile = files_.files["tile/0/001"];
  tile.erase(tile.begin() + 64, tile.begin() + 96);
  const auto report = check();
  EXPECT_THAT(report.damage,
              Contains(AllOf(HasSubstr("tile/0/001 holds 8160 bytes instead of 8192"),
                             HasSubstr("entries 256-511"))));
}

TEST_F(LogCheckTest, FindsALeafDroppedWithItsHashes) {
  // Everything is built anew without one entry: only the checkpoint still knows.
  files_.files.clear();
  TreeEdge edge;
  for (std::uint64_t i = 0; i <= kEntries; ++i) {
    if (i == 17) continue;
    const auto entry = crypto::sha256(core::as_bytes(std::to_string(i)));
    edge.append(leaf_hash(entry));
    auto& bundle = bundle_of(edge.size() - 1);
    bundle.insert(bundle.end(), {0, 32});
    bundle.insert(bundle.end(), entry.begin(), entry.end());
  }
  for (const auto& change : edge.take_changes()) {
    core::Bytes bytes;
    for (const auto& hash : change.hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
    files_.files[tile_path({change.level, change.index, change.hashes.size()})] = bytes;
  }
  set_checkpoint(note(signer_, head_));
  EXPECT_THAT(check().damage, ElementsAre(HasSubstr("an entry was left out")));
}

TEST_F(LogCheckTest, NamesAMissingTile) {
  files_.files.erase("tile/entries/000");
  EXPECT_THAT(check().damage, ElementsAre(AllOf(HasSubstr("tile/entries/000 is missing"),
                                                HasSubstr("entries 0-255"))));
}

TEST_F(LogCheckTest, FindsAForkByAnEarlierCheckpoint) {
  auto other = head_;
  other.size = 300;
  const auto report = check({{"kept.txt", note(signer_, other)}});
  EXPECT_THAT(report.damage, ElementsAre(HasSubstr("kept.txt: FORK")));
}

TEST_F(LogCheckTest, FindsALogThatShrank) {
  auto longer = head_;
  longer.size = 601;
  EXPECT_THAT(check({{"kept.txt", note(signer_, longer)}}).damage,
              ElementsAre(HasSubstr("601 entries then and has 600 now")));
}

TEST_F(LogCheckTest, FindsTwoCheckpointsOfOneSize) {
  auto other = head_;
  other.root[0] ^= 1;
  const auto keys = signer_.published(world::kNow);
  const NamedNote one{"a.txt", note(signer_, head_)};
  EXPECT_TRUE(check_notes({one, one}, keys).is_whole());
  EXPECT_THAT(check_notes({one, {"b.txt", note(signer_, other)}}, keys).damage,
              ElementsAre(HasSubstr("FORK: a.txt and b.txt")));
}

TEST_F(LogCheckTest, BelievesNoOtherKey) {
  world::HandSigner other(rng_);
  set_checkpoint(note(other, head_));
  EXPECT_THAT(check().damage, ElementsAre(HasSubstr("signed by another key")));
}

class ExportTest : public testing::Test {
 protected:
  ExportTest() : citizen_(core::CitizenId::make(world::kNow, rng_)) {
    std::vector<Hash> leaves;
    for (int i = 0; i < 3; ++i) {
      const LogRecord record{.id = EntryId::make(world::kNow, rng_),
                             .time = world::kNow,
                             .citizen = pseudonym_of(citizen_),
                             .kind = "access",
                             .actor = "checker",
                             .purpose = {},
                             .category = {},
                             .subject = {}};
      records_.push_back(record.to_text());
      ids_.push_back(record.id.to_string());
      salts_.push_back(make_salt(rng_));
      leaves.push_back(leaf_hash(commit(salts_.back(), records_.back())));
    }
    const auto pair = node_hash(leaves[0], leaves[1]);
    proofs_ = {{leaves[1], leaves[2]}, {leaves[0], leaves[2]}, {pair}};
    const auto text = Checkpoint{signer_.origin(), {3, node_hash(pair, leaves[2])}}.to_text();
    note_ = SignedNote{.text = text, .signatures = *signer_.sign(text, world::kNow)}.to_string();
  }
  std::string json() {
    codec::JsonArray entries;
    for (std::size_t i = 0; i < 3; ++i) {
      codec::JsonArray proof;
      for (const auto& hash : proofs_[i]) proof.emplace_back(codec::to_base64(hash));
      entries.push_back(codec::JsonObject{{"entry_id", ids_[i]},
                                          {"index", i},
                                          {"record", records_[i]},
                                          {"salt", codec::to_base64(salts_[i])},
                                          {"proof", std::move(proof)}});
    }
    return codec::to_text(
        codec::JsonObject{{"checkpoint", note_}, {"entries", std::move(entries)}});
  }
  CheckReport check(const std::optional<core::CitizenId>& citizen = {}) {
    return check_export(json(), signer_.published(world::kNow), citizen);
  }

  world::SeededRng rng_;
  world::HandSigner signer_{rng_};
  core::CitizenId citizen_;
  std::string note_;
  std::vector<std::string> ids_;
  std::vector<std::string> records_;
  std::vector<Salt> salts_;
  std::vector<Proof> proofs_;
};

TEST_F(ExportTest, HoldsAsItWasGiven) {
  EXPECT_THAT(check(citizen_).damage, IsEmpty());
  EXPECT_THAT(check().holds, Contains(HasSubstr("3 entries are in the log")));
}

TEST_F(ExportTest, IsDamagedInTheOneEntryThatWasAltered) {
  records_[1].replace(records_[1].find("checker"), 7, "nobody.");
  EXPECT_THAT(check().damage, ElementsAre(HasSubstr(ids_[1])));
}

TEST_F(ExportTest, IsDamagedByAnotherSaltProofOrPerson) {
  salts_[0][5] ^= 1;
  proofs_[2][0][5] ^= 1;
  EXPECT_THAT(check().damage, ElementsAre(HasSubstr(ids_[0]), HasSubstr(ids_[2])));
  EXPECT_THAT(check(core::CitizenId::make(world::kNow, rng_)).damage,
              Contains(HasSubstr("somebody else")));
}

TEST_F(LogCheckTest, IsNotCalledDamagedWhenItCannotBeReached) {
  files_.silent_after = 0;
  const auto report = check_log(files_, signer_.published(world::kNow), {});
  EXPECT_THAT(report.damage, IsEmpty());
  EXPECT_THAT(report.unchecked, ElementsAre(HasSubstr("could not be reached")));
}

TEST_F(LogCheckTest, IsNotCalledDamagedWhenItFallsSilentOnTheWay) {
  files_.silent_after = 2;
  const auto report = check_log(files_, signer_.published(world::kNow), {});
  EXPECT_THAT(report.damage, IsEmpty());
  EXPECT_THAT(report.unchecked, Contains(HasSubstr("no answer")));
}

TEST_F(LogCheckTest, IsNotCalledDamagedWhereThereIsNone) {
  files_.files.clear();
  const auto report = check_log(files_, signer_.published(world::kNow), {});
  EXPECT_THAT(report.damage, IsEmpty());
  EXPECT_THAT(report.unchecked, ElementsAre(HasSubstr("no log here")));
}

TEST_F(ExportTest, IsAnotherFileThanAPersonsDataAndNotDamaged) {
  for (const auto* other : {R"({"made_at":"2026-11-26T10:00:00Z","records":[]})",
                            R"({"format":"beresta-account-1","history":[]})", "{}"}) {
    const auto report = check_export(other, signer_.published(world::kNow), {});
    EXPECT_THAT(report.damage, IsEmpty()) << other;
    EXPECT_THAT(report.unchecked, ElementsAre(HasSubstr("/api/v1/log/entries"))) << other;
  }
}

TEST_F(ExportTest, IsToldToBeCutShort) {
  const auto text = json();
  const auto report =
      check_export(text.substr(0, text.size() / 2), signer_.published(world::kNow), {});
  EXPECT_THAT(report.damage, ElementsAre(HasSubstr("cut short")));
}

}  // namespace
}  // namespace audit
