#include "crypto/password.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "crypto/system_rng.h"
#include "crypto/test_rng.h"

namespace crypto {
namespace {

using Password = core::Secret<std::string>;

void expect_error(const core::Result<bool>& result, core::ErrorCode code, std::string_view reason) {
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, code);
  EXPECT_EQ(result.error().reason, reason);
}

void expect_malformed(std::string_view phc) {
  SCOPED_TRACE(phc);
  expect_error(verify_password(Password("password"), phc), core::ErrorCode::kInternal,
               "password.hash_malformed");
}

constexpr std::string_view kReference =
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

// From the test suite of the reference implementation (phc-winner-argon2, src/test.c).
TEST(Password, FitsTheStringOfTheReferenceImplementation) {
  EXPECT_TRUE(verify_password(Password("password"), kReference).value());
  EXPECT_FALSE(verify_password(Password("passwore"), kReference).value());
}

TEST(Password, HashesToAPhcStringThatFits) {
  SystemRng rng;
  const std::string phc = hash_password(Password("Пароль 1"), rng).value();
  EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << phc;
  EXPECT_EQ(phc.size(), dummy_password_phc().size());
  EXPECT_TRUE(verify_password(Password("Пароль 1"), phc).value());
  EXPECT_FALSE(verify_password(Password("Пароль 2"), phc).value());
  EXPECT_FALSE(verify_password(Password(""), phc).value());
}

TEST(Password, TakesItsSaltFromTheGivenSource) {
  FixedRng first(core::Bytes(16, 1));
  FixedRng same(core::Bytes(16, 1));
  FixedRng other(core::Bytes(16, 2));
  const std::string phc = hash_password(Password("x"), first).value();
  EXPECT_EQ(phc, hash_password(Password("x"), same).value());
  EXPECT_NE(phc, hash_password(Password("x"), other).value());
}

TEST(Password, DoesNotStopAtAZeroByte) {
  FixedRng rng(core::Bytes(16, 1));
  const std::string phc = hash_password(Password(std::string("a\0b", 3)), rng).value();
  EXPECT_FALSE(verify_password(Password(std::string("a\0c", 3)), phc).value());
  EXPECT_FALSE(verify_password(Password("a"), phc).value());
}

TEST(Password, RefusesOneThatIsTooLong) {
  SystemRng rng;
  const Password longest(std::string(kPasswordBytesMax, 'x'));
  const Password longer(std::string(kPasswordBytesMax + 1, 'x'));
  EXPECT_FALSE(verify_password(longest, kReference).value());
  expect_error(verify_password(longer, kReference), core::ErrorCode::kInvalidInput,
               "password.too_long");
  EXPECT_EQ(hash_password(longer, rng).error().reason, "password.too_long");
}

TEST(Password, DummyCostsTheSameAndFitsNothing) {
  EXPECT_TRUE(dummy_password_phc().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_FALSE(verify_password(Password(""), dummy_password_phc()).value());
  EXPECT_FALSE(verify_password(Password("password"), dummy_password_phc()).value());
}

TEST(Password, RefusesAStoredCostThatWouldTakeTheMachine) {
  const std::string tail = "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  for (const char* cost : {"m=65537,t=2,p=1", "m=4294967295,t=2,p=1", "m=256,t=9,p=1",
                           "m=256,t=4294967295,p=1", "m=256,t=2,p=5"}) {
    SCOPED_TRACE(cost);
    expect_error(verify_password(Password("password"), "$argon2id$v=19$" + (cost + tail)),
                 core::ErrorCode::kInternal, "password.cost_too_high");
  }
}

TEST(Password, RefusesAStoredStringOfAnotherForm) {
  const std::string salt_and_hash = "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  expect_malformed("");
  expect_malformed("$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW");
  expect_malformed("$argon2i$v=19$m=256,t=2,p=1" + salt_and_hash);
  expect_malformed("$argon2id$v=16$m=256,t=2,p=1" + salt_and_hash);
  expect_malformed("$argon2id$m=256,t=2,p=1" + salt_and_hash);
  expect_malformed("$argon2id$v=19$m=-1,t=2,p=1" + salt_and_hash);
  expect_malformed("$argon2id$v=19$m=99999999999,t=2,p=1" + salt_and_hash);
  expect_malformed("$argon2id$v=19$m=0256,t=2,p=1" + salt_and_hash);
  expect_malformed("$argon2id$v=19$m=256,t=0,p=1" + salt_and_hash);
  expect_malformed("$argon2id$v=19$m=256,t=2,p=0" + salt_and_hash);
  expect_malformed("$argon2id$v=19$m=1,t=2,p=1" + salt_and_hash);
  expect_malformed("$argon2id$v=19$m=256,t=2,p=1,keyid=x" + salt_and_hash);
}

TEST(Password, RefusesAStoredSaltOrHashOfAnotherForm) {
  const std::string head = "$argon2id$v=19$m=256,t=2,p=1";
  expect_malformed(head + "$c29tZXNhbHQ");
  expect_malformed(head + "$c29tZXNhbA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
  expect_malformed(head + "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4r");
  expect_malformed(head + "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4=");
  expect_malformed(head + "$c29tZXNhbHQ$nf65EOgLrQMR!uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
  expect_malformed(head + "$" + std::string(200, 'A') + "$" + std::string(43, 'A'));
  expect_malformed(std::string(kReference) + "$");
  expect_malformed(std::string(kReference) + std::string(1, '\0'));
}

TEST(PasswordMemory, KeepsOneBlockForCallsOneAfterTheOther) {
  PasswordMemory memory;
  SystemRng rng;
  const std::string phc = hash_password(Password("password"), rng, &memory).value();
  EXPECT_TRUE(verify_password(Password("password"), phc, &memory).value());
  EXPECT_FALSE(verify_password(Password("passwore"), phc, &memory).value());
  EXPECT_EQ(memory.blocks_kept(), 1U);
  memory.trim();
  EXPECT_EQ(memory.blocks_kept(), 0U);
  EXPECT_TRUE(verify_password(Password("password"), phc, &memory).value());
}

TEST(PasswordMemory, KeepsNothingForAStoredHashOfAnotherSize) {
  PasswordMemory memory;
  EXPECT_TRUE(verify_password(Password("password"), kReference, &memory).value());
  EXPECT_EQ(memory.blocks_kept(), 0U);
}

TEST(PasswordMemory, ServesCallsAtTheSameTime) {
  PasswordMemory memory;
  std::vector<std::jthread> callers;
  std::atomic<int> fitting = 0;
  for (int i = 0; i < 3; ++i) {
    callers.emplace_back([&memory, &fitting, i] {
      SystemRng rng;
      const Password mine("password " + std::to_string(i));
      const std::string phc = hash_password(mine, rng, &memory).value();
      if (verify_password(mine, phc, &memory).value()) ++fitting;
    });
  }
  callers.clear();
  EXPECT_EQ(fitting, 3);
  EXPECT_GE(memory.blocks_kept(), 1U);
  EXPECT_LE(memory.blocks_kept(), 3U);
}

}  // namespace
}  // namespace crypto
