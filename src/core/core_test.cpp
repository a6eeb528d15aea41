#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <thread>
#include <vector>

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

TEST(StrongId, IsInOrderWithinAMillisecond) {
  CountingRng rng;
  const auto at = Instant::from_micros(1'764'000'000'123'456);
  auto last = CitizenId::make(at, rng);
  for (int i = 0; i < 2000; ++i) {
    // Neighbouring milliseconds, as threads make them, do not disturb it.
    const auto beside = CitizenId::make(at + std::chrono::milliseconds(i % 7 - 3), rng);
    const auto next = CitizenId::make(at, rng);
    ASSERT_LT(last, next) << i;
    ASSERT_NE(beside, next);
    last = next;
  }
}

TEST(StrongId, OfTwoSourcesDoesNotDependOnTheOther) {
  const auto at = Instant::from_micros(1'764'000'000'123'456);
  CountingRng one;
  CountingRng other;
  (void)CitizenId::make(at, one);
  const auto second = CitizenId::make(at, one);
  (void)CitizenId::make(at, other);
  EXPECT_EQ(CitizenId::make(at, other), second);
}

TEST(TickCounters, NumberEachMillisecondByItselfAndStopAtTheLast) {
  TickCounters ticks;
  EXPECT_EQ(ticks.next(7, 5), 5);
  EXPECT_EQ(ticks.next(8, 900), 900);
  EXPECT_EQ(ticks.next(7, 2000), 6);
  EXPECT_EQ(ticks.next(8, 0), 901);
  EXPECT_EQ(ticks.next(9, TickCounters::kMax), TickCounters::kMax);
  EXPECT_EQ(ticks.next(9, 0), TickCounters::kMax);
  EXPECT_EQ(ticks.next(0, 3), 3) << "the epoch itself is a millisecond too";
  EXPECT_EQ(ticks.next(0, 9), 4);
}

TEST(TickCounters, GiveNoNumberTwiceToThreads) {
  TickCounters ticks;
  constexpr int kEach = 500;
  std::array<std::vector<int>, 4> taken;
  std::vector<std::thread> threads;
  for (auto& mine : taken) {
    threads.emplace_back([&ticks, &mine] {
      for (int i = 0; i < kEach; ++i) mine.push_back(ticks.next(1'764'000'000'123, 0));
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<int> all;
  for (const auto& mine : taken) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), taken.size() * kEach);
}

TEST(RandomBelow, StaysBelowItsBound) {
  CountingRng rng;
  for (int i = 0; i < 1000; ++i) EXPECT_LT(random_below(rng, 7), 7U);
}

}  // namespace
}  // namespace core
