#include <gtest/gtest.h>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/rng.h"
#include "core/strong_id.h"

namespace core {
namespace {

class CountingRng : public Rng {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = next_++;
  }

 private:
  std::uint8_t next_ = 1;
};

Status fails() { return fail(ErrorCode::kConflict, "test.reason"); }
Result<int> passes_errors_on() {
  TRY_VOID(fails());
  return 1;
}

TEST(Try, PassesTheErrorOn) {
  const auto result = passes_errors_on();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().reason, "test.reason");
}

TEST(Hex, RefusesOddLengthAndForeignCharacters) {
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("zz"));
  EXPECT_EQ(*from_hex("00fF"), (Bytes{0, 255}));
}

TEST(Instant, PrintsRfc3339AlsoBeforeTheEpoch) {
  EXPECT_EQ(to_rfc3339(Instant::from_seconds(1'763'793'600)), "2025-11-22T06:40:00Z");
  EXPECT_EQ(to_rfc3339(Instant::from_micros(-1)), "1969-12-31T23:59:59Z");
}

TEST(Instant, ReadsWhatItPrintsAndNothingElse) {
  EXPECT_EQ(from_rfc3339("2025-11-22T06:40:00Z")->seconds(), 1'763'793'600);
  for (const auto* text : {"", "2025-11-22", "2025-11-22T06:40:00+00:00", "2025-11-22T24:00:00Z",
                           "2025-02-30T06:40:00Z", "2025-11-22 06:40:00Z"}) {
    EXPECT_FALSE(from_rfc3339(text)) << text;
  }
}

TEST(Date, RefusesDaysThatDoNotExist) {
  EXPECT_TRUE(Date::parse("2024-02-29"));
  for (const auto* text :
       {"2023-02-29", "0000-05-17", "2024-13-01", "2024-1-01", "20240101", "2024-01-1x", ""}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
}

TEST(FullYears, TurnOnTheBirthdayItself) {
  EXPECT_EQ(full_years({2008, 11, 22}, {2026, 11, 21}), 17);
  EXPECT_EQ(full_years({2008, 11, 22}, {2026, 11, 22}), 18);
  EXPECT_EQ(full_years({2008, 2, 29}, {2026, 2, 28}), 17);
  EXPECT_EQ(full_years({2008, 2, 29}, {2026, 3, 1}), 18);
}

TEST(StrongId, IsAUuidV7OfItsMomentAndReadsItsOwnText) {
  CountingRng rng;
  const auto id = CitizenId::make(Instant::from_micros(0x0123'4567'89AB * 1000LL), rng);
  EXPECT_EQ(id.to_string().substr(0, 15), "01234567-89ab-7");
  EXPECT_EQ(*CitizenId::parse(id.to_string()), id);
  EXPECT_FALSE(CitizenId::parse("01234567-89ab-7"));
  EXPECT_FALSE(CitizenId::from_bytes(Bytes(15)));
}

TEST(RandomBelow, StaysBelowItsBound) {
  CountingRng rng;
  for (int i = 0; i < 1000; ++i) EXPECT_LT(random_below(rng, 7), 7U);
}

}  // namespace
}  // namespace core
