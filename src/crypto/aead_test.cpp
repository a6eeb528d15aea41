#include "crypto/aead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <type_traits>

#include "crypto/system_rng.h"
#include "crypto/test_rng.h"

namespace crypto {
namespace {

using core::Bytes;
using core::to_hex;

Key256 key_of(std::string_view text) { return *Key256::from_bytes(hex(text)); }

void expect_open_fails(const Key256& key, core::ByteView aad, core::ByteView sealed) {
  const auto opened = open(key, aad, sealed);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, core::ErrorCode::kInternal);
  EXPECT_EQ(opened.error().reason, "crypto.open_failed");
}

struct Sealed {
  Key256 key = Key256(std::array<std::uint8_t, 32>{1, 2, 3});
  Bytes aad = hex("a0a1a2");
  Bytes plaintext = hex("00112233445566778899aabbccddeeff01");
  Bytes bytes;

  Sealed() {
    SystemRng rng;
    bytes = seal(key, aad, plaintext, rng);
  }
};

// AES-256 cases 13 and 16 of McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)".
TEST(Aead, SealsAndOpensThePublishedGcmVector) {
  const Key256 key = key_of("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const Bytes aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const Bytes plaintext =
      hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
  FixedRng rng(hex("cafebabefacedbaddecaf888"));
  const Bytes sealed = seal(key, aad, plaintext, rng);
  EXPECT_EQ(to_hex(sealed),
            "cafebabefacedbaddecaf888"
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            "76fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(open(key, aad, sealed).value(), plaintext);
}

TEST(Aead, SealsNothing) {
  const Key256 key = key_of("0000000000000000000000000000000000000000000000000000000000000000");
  FixedRng rng(Bytes(12, 0));
  const Bytes sealed = seal(key, {}, {}, rng);
  EXPECT_EQ(to_hex(sealed), "000000000000000000000000530f8afbc74536b9a963b4f1c4cb738b");
  EXPECT_TRUE(open(key, {}, sealed).value().empty());
}

TEST(Aead, OpensWhatItSealed) {
  const Sealed s;
  EXPECT_EQ(s.bytes.size(), s.plaintext.size() + kSealOverheadBytes);
  EXPECT_EQ(open(s.key, s.aad, s.bytes).value(), s.plaintext);
}

TEST(Aead, SealsTheSameTextDifferentlyEachTime) {
  const Sealed a;
  const Sealed b;
  EXPECT_NE(a.bytes, b.bytes);
}

TEST(Aead, RefusesOneAlteredBitAnywhere) {
  Sealed s;
  for (std::uint8_t& byte : s.bytes) {
    byte ^= 0x01U;
    expect_open_fails(s.key, s.aad, s.bytes);
    byte ^= 0x01U;
  }
  EXPECT_TRUE(open(s.key, s.aad, s.bytes).has_value());
}

TEST(Aead, RefusesOtherAdditionalData) {
  const Sealed s;
  expect_open_fails(s.key, hex("a0a1a3"), s.bytes);
  expect_open_fails(s.key, hex("a0a1"), s.bytes);
  expect_open_fails(s.key, {}, s.bytes);
}

TEST(Aead, RefusesAnotherKey) {
  const Sealed s;
  expect_open_fails(Key256(std::array<std::uint8_t, 32>{1, 2, 4}), s.aad, s.bytes);
}

TEST(Aead, RefusesEveryShorterOrLongerForm) {
  Sealed s;
  for (std::size_t size = 0; size < s.bytes.size(); ++size) {
    expect_open_fails(s.key, s.aad, core::ByteView(s.bytes).first(size));
  }
  s.bytes.push_back(0);
  expect_open_fails(s.key, s.aad, s.bytes);
}

TEST(Aead, WorksAgainAfterARefusal) {
  const Sealed s;
  expect_open_fails(s.key, {}, s.bytes);
  EXPECT_EQ(open(s.key, s.aad, s.bytes).value(), s.plaintext);
}

TEST(Key256, TakesExactly32Bytes) {
  for (const std::size_t size : {0U, 31U, 33U, 64U}) {
    const auto key = Key256::from_bytes(Bytes(size, 7));
    ASSERT_FALSE(key.has_value()) << size;
    EXPECT_EQ(key.error().reason, "key.length");
  }
  EXPECT_TRUE(Key256::from_bytes(Bytes(32, 7)).has_value());
}

TEST(Key256, IsCopiedOnlyByName) {
  static_assert(!std::is_copy_constructible_v<Key256> && !std::is_copy_assignable_v<Key256>);
  const Key256 key = Key256(std::array<std::uint8_t, 32>{9});
  const Key256 copy = key.clone();
  EXPECT_TRUE(std::ranges::equal(copy.reveal(), key.reveal()));
  EXPECT_NE(copy.reveal().data(), key.reveal().data());
}

TEST(Key256, WipesWhatItIsMovedFrom) {
  Key256 source(std::array<std::uint8_t, 32>{9, 9, 9});
  const core::ByteView left_behind = source.reveal();
  Key256 target(std::move(source));
  EXPECT_EQ(target.reveal()[0], 9);
  EXPECT_TRUE(std::ranges::all_of(left_behind, [](std::uint8_t byte) { return byte == 0; }));

  Key256 third(std::array<std::uint8_t, 32>{});
  const core::ByteView left_in_target = target.reveal();
  third = std::move(target);
  EXPECT_EQ(third.reveal()[2], 9);
  EXPECT_TRUE(std::ranges::all_of(left_in_target, [](std::uint8_t byte) { return byte == 0; }));
}

TEST(Key256, WipesItselfWhenItGoes) {
  alignas(Key256) std::array<std::uint8_t, sizeof(Key256)> memory{};
  auto* key = new (memory.data()) Key256(std::array<std::uint8_t, 32>{5, 6, 7});
  EXPECT_EQ(memory[1], 6);
  key->~Key256();
  EXPECT_TRUE(std::ranges::all_of(memory, [](std::uint8_t byte) { return byte == 0; }));
}

TEST(SystemRng, FillsEveryByteAndNeverTheSameWay) {
  SystemRng rng;
  Bytes seen(64, 0);
  for (int i = 0; i < 64; ++i) {  // a byte stays zero in all rounds once in 2^512 runs
    const Bytes random = core::random_bytes(rng, seen.size());
    for (std::size_t j = 0; j < seen.size(); ++j) seen[j] |= random[j];
  }
  EXPECT_TRUE(std::ranges::all_of(seen, [](std::uint8_t byte) { return byte != 0; }));
  EXPECT_NE(core::random_bytes(rng, 32), core::random_bytes(rng, 32));
}

TEST(SystemRng, FillsMoreThanOneChunk) {
  SystemRng rng;
  const Bytes random = core::random_bytes(rng, (std::size_t{1} << 20) + 64);
  EXPECT_TRUE(std::any_of(random.end() - 64, random.end(), [](auto byte) { return byte != 0; }));
}

}  // namespace
}  // namespace crypto
