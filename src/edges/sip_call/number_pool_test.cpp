#include "edges/sip_call/number_pool.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace edges::sip_call {
namespace {

class SeededRng final : public core::Rng {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mt19937 engine_{20'261'126};
};

NumberPool pool(std::vector<std::string> ranges) { return NumberPool::parse(ranges).value(); }

TEST(NumberPool, CountsEndingsOnce) {
  EXPECT_EQ(pool({"+78432000000-+78432099999"}).codes(), 100'000U);
  EXPECT_EQ(pool({"+78432000000-+78432009999"}).codes(), 10'000U);
  EXPECT_EQ(pool({"+78432000000-+78432009999", "+79172000000-+79172009999"}).codes(), 10'000U);
  EXPECT_EQ(pool({"+78432000000-+78433999999"}).codes(), 100'000U);
  EXPECT_EQ(pool({"+78432099990-+78432100009"}).codes(), 20U)
      << "over the end of a hundred thousand";
  EXPECT_EQ(pool({"+78432012345"}).codes(), 1U);
}

TEST(NumberPool, DrawsOnlyWhatItCanRingFrom) {
  SeededRng rng;
  const auto numbers = pool({"+78432099990-+78432100009", "+79172000007"});
  std::set<std::string> drawn;
  for (int i = 0; i < 2000; ++i) {
    const auto code = numbers.draw(rng);
    ASSERT_EQ(code.size(), 5U);
    const auto number = numbers.find(code, rng);
    ASSERT_TRUE(number);
    EXPECT_TRUE(number->ends_with(code));
    drawn.insert(code);
  }
  EXPECT_EQ(drawn.size(), 20U) << "every ending comes";
}

TEST(NumberPool, FindsEveryNumberWithAnEnding) {
  SeededRng rng;
  const auto numbers = pool({"+78432000000-+78432299999", "+79170000000-+79170000500"});
  std::set<std::string> found;
  for (int i = 0; i < 200; ++i) found.insert(*numbers.find("00042", rng));
  EXPECT_EQ(found, (std::set<std::string>{"+78432000042", "+78432100042", "+78432200042",
                                          "+79170000042"}));
}

TEST(NumberPool, FindsNothingThatIsNotThere) {
  SeededRng rng;
  const auto numbers = pool({"+78432000000-+78432009999"});
  for (const auto* code : {"10000", "99999", "1", "", "123456", "abcde", "-0001", "+0001"}) {
    EXPECT_FALSE(numbers.find(code, rng)) << code;
  }
}

TEST(NumberPool, RefusesWhatIsNoRange) {
  for (const auto* text :
       {"", "+", "78432000000", "+0843200000", "+7843", "+7843200000000000", "+7843200000a",
        "+78432000000-", "-+78432000000", "+78432000000-78432009999", "+78432000000-+784320",
        "+78432009999-+78432000000", "+78432000000-+78432009999-+78432019999",
        "+78432000000 - +78432009999"}) {
    const auto parsed = NumberPool::parse({text});
    EXPECT_FALSE(parsed) << text;
  }
  EXPECT_FALSE(NumberPool::parse({}));
  EXPECT_FALSE(NumberPool::parse(std::vector<std::string>(65, "+78432000000")));
}

}  // namespace
}  // namespace edges::sip_call
