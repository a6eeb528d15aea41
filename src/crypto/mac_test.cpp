#include "crypto/mac.h"

#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "crypto/test_rng.h"

namespace crypto {
namespace {

using core::as_bytes;

Key256 key() { return Key256(std::array<std::uint8_t, 32>{1}); }

TEST(MacTag, IsTheLeftHalfOfHmacOverFramedFields) {
  const Digest256 full = hmac_sha256(
      key().reveal(), {hex("0000000000000004"), as_bytes("csrf"), hex("0000000000000002"),
                       as_bytes("ab"), hex("0000000000000000")});
  const MacTag tag = make_mac_tag(key(), "csrf", {as_bytes("ab"), as_bytes("")});
  EXPECT_EQ(core::to_hex(tag), core::to_hex(full).substr(0, 32));
}

TEST(MacTag, FitsItsOwnFields) {
  const MacTag tag = make_mac_tag(key(), "csrf", {as_bytes("session")});
  EXPECT_TRUE(is_mac_tag(tag, key(), "csrf", {as_bytes("session")}));
}

TEST(MacTag, DoesNotFitAnythingElse) {
  MacTag tag = make_mac_tag(key(), "csrf", {as_bytes("ab"), as_bytes("c")});
  const Key256 other(std::array<std::uint8_t, 32>{2});
  EXPECT_FALSE(is_mac_tag(tag, other, "csrf", {as_bytes("ab"), as_bytes("c")}));
  EXPECT_FALSE(is_mac_tag(tag, key(), "cursor", {as_bytes("ab"), as_bytes("c")}));
  EXPECT_FALSE(is_mac_tag(tag, key(), "csrf", {as_bytes("a"), as_bytes("bc")}));
  EXPECT_FALSE(is_mac_tag(tag, key(), "csrf", {as_bytes("abc")}));
  EXPECT_FALSE(is_mac_tag(tag, key(), "csrfab", {as_bytes("c")}));
  tag[15] ^= 1U;
  EXPECT_FALSE(is_mac_tag(tag, key(), "csrf", {as_bytes("ab"), as_bytes("c")}));
}

TEST(MacTag, OfAnotherLengthDoesNotFit) {
  const MacTag tag = make_mac_tag(key(), "csrf", {});
  EXPECT_FALSE(is_mac_tag({}, key(), "csrf", {}));
  EXPECT_FALSE(is_mac_tag(core::ByteView(tag).first(15), key(), "csrf", {}));
  EXPECT_TRUE(is_mac_tag(tag, key(), "csrf", {}));
}

}  // namespace
}  // namespace crypto
