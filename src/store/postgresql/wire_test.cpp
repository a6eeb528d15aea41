#include "store/postgresql/wire.h"

#include <gtest/gtest.h>

#include <limits>

namespace store {
namespace {

constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kNumeric = 1700;

bool encodes(const Param& param, Oid type) {
  return WireParams::encode(Params(&param, 1), {type}).has_value();
}

core::Bytes encoded(const Param& param, Oid type) {
  const auto wire = WireParams::encode(Params(&param, 1), {type});
  const std::string_view bytes(wire->values()[0], static_cast<std::size_t>(wire->lengths()[0]));
  return core::to_bytes(core::as_bytes(bytes));
}

TEST(WireNumber, IsBigEndianTwosComplementOfTheServersWidth) {
  EXPECT_EQ(encoded(1, kInt8), (core::Bytes{0, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(encoded(-2, kInt4), (core::Bytes{0xFF, 0xFF, 0xFF, 0xFE}));
  EXPECT_EQ(encoded(258, kInt2), (core::Bytes{1, 2}));
  EXPECT_EQ(encoded(true, kBool), (core::Bytes{1}));
}

TEST(WireNumber, ThatDoesNotFitIsRefused) {
  EXPECT_FALSE(encodes(std::int64_t{1} << 31U, kInt4));
  EXPECT_TRUE(encodes(std::numeric_limits<std::int32_t>::min(), kInt4));
  EXPECT_FALSE(encodes(40'000, kInt2));
  EXPECT_FALSE(encodes(2, kBool));
}

TEST(WireParameter, OfAnotherTypeThanTheServerExpectsIsRefused) {
  EXPECT_FALSE(encodes(1, kText));
  EXPECT_FALSE(encodes("1", kInt8));
  EXPECT_FALSE(encodes("1", kBytea));
  EXPECT_FALSE(encodes(core::Bytes{1}, kText));
  EXPECT_FALSE(encodes(1, kNumeric));
}

TEST(WireParameter, MayBeNullForAnyTypeAndEmptyIsNotNull) {
  const Param null(nullptr);
  EXPECT_EQ(WireParams::encode(Params(&null, 1), {kInt8})->values()[0], nullptr);
  const Param empty(core::ByteView{});
  const auto wire = WireParams::encode(Params(&empty, 1), {kBytea});
  EXPECT_NE(wire->values()[0], nullptr);
  EXPECT_EQ(wire->lengths()[0], 0);
}

TEST(WireParameter, CountMustMatch) {
  EXPECT_FALSE(WireParams::encode({}, {kInt8}));
  const Param one(1);
  EXPECT_FALSE(WireParams::encode(Params(&one, 1), {}));
}

}  // namespace
}  // namespace store
