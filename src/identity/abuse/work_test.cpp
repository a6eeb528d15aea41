#include "identity/abuse/work.h"

#include <gtest/gtest.h>

#include "codec/base64url.h"
#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;

class WorkDeskTest : public testing::Test {
 protected:
  int bits_of(const WorkProof& proof, core::Instant now = kNow) {
    return desk_.bits_of(proof, subject_, now);
  }

  world::SeededRng rng_;
  WorkDesk desk_{crypto::Key256::generate(rng_), rng_};
  core::Bytes subject_ = core::random_bytes(rng_, 32);
};

TEST_F(WorkDeskTest, TakesWorkThatWasDone) {
  EXPECT_EQ(bits_of(world::solved(desk_.make(subject_, 9, kNow))), 9);
}

TEST_F(WorkDeskTest, TakesNoWorkThatWasNot) {
  const auto puzzle = desk_.make(subject_, 24, kNow);
  for (std::int64_t nonce = 0; nonce < 200; ++nonce) {
    EXPECT_EQ(bits_of({puzzle.puzzle, nonce}), 0) << nonce;
  }
  EXPECT_EQ(bits_of({puzzle.puzzle, -1}), 0);
}

TEST_F(WorkDeskTest, CountsForItsSubjectOnly) {
  const auto proof = world::solved(desk_.make(subject_, 4, kNow));
  EXPECT_EQ(desk_.bits_of(proof, core::Bytes(32, 1), kNow), 0);
  EXPECT_EQ(desk_.bits_of(proof, {}, kNow), 0);
}

TEST_F(WorkDeskTest, ExpiresAfterFiveMinutes) {
  const auto proof = world::solved(desk_.make(subject_, 4, kNow));
  EXPECT_EQ(bits_of(proof, kNow + minutes(5)), 4);
  EXPECT_EQ(bits_of(proof, kNow + minutes(5) + seconds(1)), 0);
}

TEST_F(WorkDeskTest, CannotBeMadeEasierOrLonger) {
  const auto puzzle = desk_.make(subject_, 8, kNow);
  auto bytes = codec::from_base64url(puzzle.puzzle).value();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto altered = bytes;
    altered[at] ^= 1U;
    EXPECT_EQ(bits_of({codec::to_base64url(altered), 0}), 0) << at;
  }
}

TEST_F(WorkDeskTest, LooksAtNoNonsense) {
  for (const auto& text : {std::string(), std::string("A"), std::string(64, 'A'),
                           std::string(100'000, 'A'), std::string("not base64url!")}) {
    EXPECT_EQ(bits_of({text, 0}), 0);
  }
}

TEST(LeadingZeroBits, CountsAcrossBytes) {
  EXPECT_EQ(leading_zero_bits(core::Bytes{0x80}), 0);
  EXPECT_EQ(leading_zero_bits(core::Bytes{0x01}), 7);
  EXPECT_EQ(leading_zero_bits(core::Bytes{0x00, 0x10}), 11);
  EXPECT_EQ(leading_zero_bits(core::Bytes{0x00, 0x00}), 16);
}

}  // namespace
}  // namespace identity
