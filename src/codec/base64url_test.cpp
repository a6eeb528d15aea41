#include "codec/base64url.h"

#include "codec/vectors_test.h"

namespace codec {
namespace {

TEST(Base64Url, ReadsAndRefusesTheVectors) {
  for (const auto& row : read_vectors("rfc4648/base64url.txt", 2)) {
    const auto bytes = from_base64url(row[0]);
    ASSERT_EQ(outcome(bytes), row[1] == "refused" ? "base64url.malformed" : "ok") << row[0];
    if (!bytes) continue;
    EXPECT_EQ(core::to_hex(*bytes), row[1]);
    EXPECT_EQ(to_base64url(*bytes), row[0]);
  }
}

TEST(Base64, ReadsAndRefusesTheVectors) {
  for (const auto& row : read_vectors("rfc4648/base64.txt", 2)) {
    const auto bytes = from_base64(row[0]);
    ASSERT_EQ(outcome(bytes), row[1] == "refused" ? "base64.malformed" : "ok") << row[0];
    if (!bytes) continue;
    EXPECT_EQ(core::to_hex(*bytes), row[1]);
    EXPECT_EQ(to_base64(*bytes), row[0]);
  }
}

TEST(Base64Url, RefusesEveryByteOutsideTheAlphabet) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = std::string("AAA") + static_cast<char>(byte);
    const bool allowed = kAlphabet.find(static_cast<char>(byte)) != std::string_view::npos;
    EXPECT_EQ(from_base64url(text).has_value(), allowed) << byte;
  }
}

TEST(Base64Url, ReturnsWhatWasWrittenForEveryLength) {
  core::Bytes bytes;
  for (int length = 0; length < 70; ++length) {
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    bytes.push_back(static_cast<std::uint8_t>(251 * length + 7));
  }
}

}  // namespace
}  // namespace codec
