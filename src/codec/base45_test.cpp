#include "codec/base45.h"

#include <algorithm>

#include "codec/vectors_test.h"

namespace codec {
namespace {

TEST(Base45, ReadsAndRefusesTheVectors) {
  for (const auto& row : read_vectors("rfc9285/base45.txt", 2)) {
    std::string text = row[0];
    std::ranges::replace(text, '~', ' ');
    const auto bytes = from_base45(text);
    ASSERT_EQ(outcome(bytes), row[1] == "refused" ? "base45.malformed" : "ok") << text;
    if (!bytes) continue;
    EXPECT_EQ(core::to_hex(*bytes), row[1]);
    EXPECT_EQ(to_base45(*bytes), text);
  }
}

TEST(Base45, RefusesAForeignByteInEveryPlace) {
  for (std::size_t place = 0; place < 5; ++place) {
    std::string text = "00000";
    for (const char foreign : {'a', '_', '\0', '\x7f', '\xff', '\n'}) {
      text[place] = foreign;
      EXPECT_FALSE(from_base45(text)) << place;
    }
  }
  EXPECT_TRUE(from_base45("00000"));
}

TEST(Base45, ReturnsEveryPairOfBytes) {
  for (int value = 0; value <= 0xffff; ++value) {
    const core::Bytes bytes{static_cast<std::uint8_t>(value >> 8),
                            static_cast<std::uint8_t>(value & 0xff)};
    ASSERT_EQ(from_base45(to_base45(bytes)), bytes);
  }
}

}  // namespace
}  // namespace codec
