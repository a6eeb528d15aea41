// The test vectors of docs/spec/digital-id-qr.md, made by a program that shares no code with
// this one.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "codec/base64url.h"
#include "codec/json.h"
#include "wallet/digital_id_check.h"

namespace {

using codec::Json;

Json read_vectors() {
  std::ifstream file(std::string(BERESTA_SOURCE_DIR) + "/docs/spec/digital-id-qr-vectors.json");
  std::ostringstream text;
  text << file.rdbuf();
  auto json = codec::parse_json(text.str(), {.bytes_max = 1024UL * 1024});
  EXPECT_TRUE(json) << json.error().reason;
  return json ? *json : Json();
}

std::string text_of(const Json& object, std::string_view name) {
  const auto* value = object.as_object().if_contains(name);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

core::Bytes bytes_of(const Json& object, std::string_view name) {
  return codec::from_base64url(text_of(object, name)).value();
}

crypto::P256PublicKey root_of(const Json& vectors) {
  return crypto::P256PublicKey::from_uncompressed(bytes_of(vectors, "trust_root")).value();
}

TEST(DigitalIdVectors, GetTheVerdictTheyAreMadeFor) {
  const auto vectors = read_vectors();
  auto trust = wallet::open_trust_list(bytes_of(vectors, "trust_list"), root_of(vectors));
  ASSERT_TRUE(trust) << trust.error().reason;
  const auto& cases = vectors.at("vectors").as_array();
  ASSERT_GE(cases.size(), 12U);
  wallet::DigitalIdChecker checker(std::move(*trust));
  for (const auto& vector : cases) {
    SCOPED_TRACE(text_of(vector, "name"));
    const auto now = core::Instant::from_seconds(vector.at("checked_at").as_int64());
    const auto result = checker.check(text_of(vector, "text"), now);
    EXPECT_EQ(text_of(vector, "verdict"), wallet::name_of(result.verdict));
    if (!vector.as_object().contains("question")) continue;
    ASSERT_TRUE(result.question);
    EXPECT_EQ(text_of(vector, "question"), wallet::name_of(*result.question));
    EXPECT_EQ(text_of(vector, "issuer"), result.issuer_name);
    EXPECT_EQ(text_of(vector, "full_name"), result.identity ? result.identity->full_name : "");
    EXPECT_EQ(text_of(vector, "document"), result.identity ? result.identity->document : "");
    EXPECT_EQ(text_of(vector, "portrait_sha256"),
              result.portrait_digest ? core::to_hex(*result.portrait_digest) : "");
  }
}

TEST(DigitalIdVectors, AreSaidTheSameOfByACheckerThatHasSeenTheAttestation) {
  const auto vectors = read_vectors();
  auto trust = wallet::open_trust_list(bytes_of(vectors, "trust_list"), root_of(vectors));
  ASSERT_TRUE(trust);
  wallet::DigitalIdChecker checker(std::move(*trust));
  for (int round = 0; round < 2; ++round) {
    for (const auto& vector : vectors.at("vectors").as_array()) {
      const auto now = core::Instant::from_seconds(vector.at("checked_at").as_int64());
      const auto result = checker.check(text_of(vector, "text"), now);
      EXPECT_EQ(text_of(vector, "verdict"), wallet::name_of(result.verdict))
          << text_of(vector, "name");
    }
  }
}

TEST(TrustListVectors, AreOpenedOrRefused) {
  const auto vectors = read_vectors();
  for (const auto& vector : vectors.at("trust_lists").as_array()) {
    SCOPED_TRACE(text_of(vector, "name"));
    const auto list = wallet::open_trust_list(bytes_of(vector, "bytes"), root_of(vectors));
    const auto verdict = text_of(vector, "verdict");
    if (verdict == "forged") {
      ASSERT_FALSE(list);
      EXPECT_EQ("trust.signature", list.error().reason);
    } else if (verdict == "malformed") {
      ASSERT_FALSE(list);
      EXPECT_EQ("trust.malformed", list.error().reason);
    } else {  // its age is judged by whoever uses it
      ASSERT_TRUE(list);
      const auto now = core::Instant::from_seconds(vector.at("checked_at").as_int64());
      EXPECT_EQ(verdict == "expired", now > list->expires_at);
    }
  }
}

}  // namespace
