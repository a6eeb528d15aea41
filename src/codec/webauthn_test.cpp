#include "codec/webauthn.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "codec/cose_key.h"
#include "core/assert.h"

namespace codec::webauthn {
namespace {

/// A seed of the fuzz target: made by an authenticator written in another language. Its first byte
/// only says which parser it is for.
core::Bytes seed(const std::string& name) {
  std::ifstream file(std::string(BERESTA_SOURCE_DIR) + "/tests/fuzz/seeds/webauthn/" + name,
                     std::ios::binary);
  core::Bytes bytes{std::istreambuf_iterator<char>(file), {}};
  CORE_ASSERT(!bytes.empty());
  bytes.erase(bytes.begin());
  return bytes;
}

std::string reason(const auto& result) { return result ? "ok" : result.error().reason; }

TEST(WebAuthn, ReadsAnAttestationOfEachAlgorithm) {
  for (const std::string name : {"es256", "eddsa", "rs256"}) {
    const auto bytes = seed("packed_" + name);
    const auto object = parse_attestation_object(bytes);
    ASSERT_TRUE(object) << name;
    ASSERT_TRUE(object->packed);
    EXPECT_FALSE(object->packed->certificate);
    const auto data = parse_authenticator_data(object->authenticator_data);
    ASSERT_TRUE(data && data->credential) << name;
    EXPECT_EQ(data->credential->id.size(), 32U);
    EXPECT_TRUE(data->user_present && data->user_verified);
  }
}

TEST(WebAuthn, ReadsWhatASignatureSays) {
  const auto bytes = seed("assertion_es256");
  const auto data = parse_authenticator_data(bytes);
  ASSERT_TRUE(data);
  EXPECT_EQ(data->sign_count, 3U);
  EXPECT_FALSE(data->credential);
  EXPECT_FALSE(data->backup_eligible || data->backed_up);
}

TEST(WebAuthn, PassesOverExtensionsButNotOverWhatIsNone) {
  EXPECT_EQ(reason(parse_authenticator_data(seed("extensions"))), "ok");
  EXPECT_EQ(reason(parse_authenticator_data(seed("extensions_array"))),
            "webauthn.authenticator_data");
  EXPECT_EQ(reason(parse_authenticator_data(seed("trailing"))), "webauthn.authenticator_data");
}

TEST(WebAuthn, RefusesLyingLengthsAndFlags) {
  for (const auto* name : {"lying_id_length", "zero_id_length", "backed_up_not_eligible"}) {
    EXPECT_EQ(reason(parse_authenticator_data(seed(name))), "webauthn.authenticator_data") << name;
  }
}

TEST(WebAuthn, RefusesEveryPartOfAMessage) {
  const auto object = seed("packed_es256");
  for (std::size_t size = 0; size < object.size(); ++size) {
    EXPECT_FALSE(parse_attestation_object(core::ByteView(object).first(size))) << size;
  }
  const auto whole = parse_attestation_object(object)->authenticator_data;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(parse_authenticator_data(whole.first(size))) << size;
  }
}

TEST(WebAuthn, RefusesClientDataThatIsFramedOrDoubled) {
  const auto framed = parse_client_data(seed("client_top_origin"));
  ASSERT_TRUE(framed);
  EXPECT_TRUE(framed->cross_origin);
  EXPECT_EQ(reason(parse_client_data(seed("client_double"))), "webauthn.client_data");
  for (const std::string_view text :
       {"", "[]", "{}", R"({"type":"webauthn.get","challenge":"AA=","origin":"a"})",
        R"({"type":1,"challenge":"AA","origin":"a"})",
        R"({"type":"webauthn.get","challenge":"AA","origin":"a","crossOrigin":"no"})"}) {
    EXPECT_EQ(reason(parse_client_data(core::as_bytes(text))), "webauthn.client_data") << text;
  }
  EXPECT_FALSE(parse_client_data(core::Bytes(kClientDataBytesMax + 1, ' ')));
}

TEST(CoseKey, ReadsThreeAlgorithmsAndNoPrivatePart) {
  for (const auto* name : {"key_es256", "key_eddsa", "key_rs256"}) {
    EXPECT_EQ(reason(parse_cose_key(seed(name))), "ok") << name;
  }
  EXPECT_EQ(reason(parse_cose_key(seed("private_key"))), "cose_key.malformed");
}

TEST(CoseKey, RefusesEveryAlteredByteOfItsHeads) {
  const auto key = seed("key_es256");
  for (std::size_t i = 0; i < 10; ++i) {
    auto altered = key;
    altered[i] ^= 1U;
    EXPECT_FALSE(parse_cose_key(altered)) << i;
  }
}

}  // namespace
}  // namespace codec::webauthn
