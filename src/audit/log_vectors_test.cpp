// The test vectors of docs/spec/transparency-log.md, made by a program that shares no code with
// this one.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "audit/checkpoint.h"
#include "audit/log_record.h"
#include "audit/testing/memory_tiles.h"
#include "codec/base64url.h"
#include "codec/json.h"

namespace audit {
namespace {

using codec::Json;
using codec::JsonArray;

class LogVectors : public testing::Test {
 protected:
  LogVectors() {
    std::ifstream file(std::string(BERESTA_SOURCE_DIR) +
                       "/docs/spec/transparency-log-vectors.json");
    std::ostringstream text;
    text << file.rdbuf();
    auto json = codec::parse_json(text.str(), {.bytes_max = 1024UL * 1024});
    EXPECT_TRUE(json) << json.error().reason;
    if (json) vectors_ = *json;
    for (int i = 0; i < 600; ++i) {
      tiles_.append(leaf_hash(crypto::sha256(core::as_bytes("entry " + std::to_string(i)))));
    }
  }
  [[nodiscard]] const JsonArray& list(std::string_view name) const {
    return vectors_.as_object().at(name).as_array();
  }
  static std::string text(const Json& object, std::string_view name) {
    return std::string(object.as_object().at(name).as_string());
  }
  static std::uint64_t number(const Json& object, std::string_view name) {
    return static_cast<std::uint64_t>(object.as_object().at(name).as_int64());
  }
  static Proof proof(const Json& object) {
    Proof hashes;
    for (const auto& one : object.as_object().at("proof").as_array()) {
      const auto bytes = codec::from_base64(std::string_view(one.as_string())).value();
      Hash hash{};
      std::copy(bytes.begin(), bytes.end(), hash.begin());
      hashes.push_back(hash);
    }
    return hashes;
  }
  Hash root_at(std::uint64_t size) { return TileTree(tiles_, 600).root_at(size).value(); }

  Json vectors_;
  world::MemoryTiles tiles_;
};

TEST_F(LogVectors, HaveTheseRecordsAndCommitments) {
  ASSERT_GE(list("records").size(), 4U);
  for (const auto& one : list("records")) {
    const auto record = LogRecord::parse(text(one, "text"));
    ASSERT_TRUE(record) << text(one, "text");
    EXPECT_EQ(record->subject, text(one.as_object().at("record"), "subject"));
    Salt salt{};
    const auto bytes = core::from_hex(text(one, "salt")).value();
    std::copy(bytes.begin(), bytes.end(), salt.begin());
    const auto entry = commit(salt, record->to_text());
    EXPECT_EQ(core::to_hex(entry), text(one, "commitment"));
    EXPECT_EQ(core::to_hex(leaf_hash(entry)), text(one, "leaf_hash"));
  }
  const auto& citizen = vectors_.as_object().at("citizen");
  EXPECT_EQ(pseudonym_of(*core::CitizenId::parse(text(citizen, "id"))), text(citizen, "pseudonym"));
}

TEST_F(LogVectors, HaveTheseRoots) {
  for (const auto& one : list("trees")) {
    EXPECT_EQ(core::to_hex(root_at(number(one, "size"))), text(one, "root"));
  }
}

TEST_F(LogVectors, HaveTheseProofs) {
  for (const auto& one : list("inclusions")) {
    const Place place{number(one, "index"), number(one, "size")};
    EXPECT_EQ(*TileTree(tiles_, place.size).prove_inclusion(place.index), proof(one));
    EXPECT_EQ(
        *root_by_inclusion(*TileTree(tiles_, place.size).leaf(place.index), place, proof(one)),
        root_at(place.size));
  }
  for (const auto& one : list("consistencies")) {
    const auto from = number(one, "from");
    const auto to = number(one, "to");
    EXPECT_EQ(*TileTree(tiles_, to).prove_consistency(from), proof(one)) << from << " to " << to;
    EXPECT_TRUE(verify_consistency({from, root_at(from)}, {to, root_at(to)}, proof(one)));
  }
}

TEST_F(LogVectors, HaveTheseAddresses) {
  for (const auto& one : list("tiles")) {
    const auto tile = parse_tile_path(text(one, "path"));
    ASSERT_TRUE(tile) << text(one, "path");
    EXPECT_EQ(tile->index, number(one, "index"));
    EXPECT_EQ(tile->width, number(one, "width"));
  }
}

TEST_F(LogVectors, OpenWithTheseKeysOrDoNot) {
  std::vector<NoteVerifier> keys;
  for (const auto& [name, vkey] : vectors_.as_object().at("keys").as_object()) {
    auto key = NoteVerifier::parse(std::string_view(vkey.as_string()));
    ASSERT_TRUE(key) << name;
    EXPECT_EQ(key->to_string(), std::string_view(vkey.as_string()));
    keys.push_back(std::move(*key));
  }
  ASSERT_GE(list("checkpoints").size(), 10U);
  for (const auto& one : list("checkpoints")) {
    const auto opened = open_checkpoint(text(one, "note"), keys);
    EXPECT_EQ(opened.has_value(), one.as_object().at("opens").as_bool()) << text(one, "name");
    if (!opened) continue;
    EXPECT_EQ(opened->checkpoint.head.root, root_at(600));
    EXPECT_EQ(opened->witnesses.size(), one.as_object().at("witnesses").as_array().size());
    EXPECT_EQ(opened->note.to_string(), text(one, "note"));
  }
}

}  // namespace
}  // namespace audit
