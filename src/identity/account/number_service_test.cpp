#include "identity/account/number_service.h"

#include <gtest/gtest.h>

#include "identity/testing/identity_world.h"

namespace identity {
namespace {

using std::chrono::hours;
using world::kNow;

class Numbers : public ::testing::Test, public world::IdentityWorld {
 protected:
  [[nodiscard]] static std::string reason_of(const core::Status& status) {
    return status ? "" : status.error().reason;
  }
  [[nodiscard]] Token proof(const PhoneNumber& number) { return ticket(number, kNow).token; }
  [[nodiscard]] Authenticated strong(const CitizenId& citizen_id) {
    return {.citizen_id = citizen_id,
            .session_id = {},
            .token_hash = {},
            .authenticated_at = kNow,
            .amr = {Amr::kPwd, Amr::kOtp},
            .aal = Aal::kTwo};
  }
  [[nodiscard]] bool signs_in(const PhoneNumber& number) {
    return sessions.sign_in(number, world::password(), world::device(), kNow).has_value();
  }

  const PhoneNumber first = world::phone("+79175550142");
  const PhoneNumber second = world::phone("+79175550143");
  const CitizenId id = account(first);
  const PhoneId first_id = PhoneId::from_bytes(id.bytes()).value();
  NumberService numbers{{databases.data(), vault, challenges, databases.rng()}, {}};
};

TEST_F(Numbers, KeepEachValueInOnePlace) {
  ASSERT_TRUE(numbers.add(id, {proof(second), proof(first)}, kNow));
  const auto other = numbers.list(id).value().numbers.at(1).id;
  EXPECT_EQ(read(id, vault::Category::kProfile, "phone"), first.e164());
  EXPECT_EQ(read(id, vault::Category::kProfile, "phone:" + other.to_string()), second.e164());
  ASSERT_TRUE(numbers.make_primary(id, other, proof(first), kNow));
  EXPECT_EQ(read(id, vault::Category::kProfile, "phone"), second.e164());
  EXPECT_EQ(read(id, vault::Category::kProfile, "phone:" + first_id.to_string()), first.e164());
  EXPECT_EQ(read(id, vault::Category::kProfile, "phone:" + other.to_string()), "");
}

TEST_F(Numbers, AreBounded) {
  NumberService few({databases.data(), vault, challenges, databases.rng()}, {.numbers_max = 1});
  EXPECT_EQ(reason_of(few.add(id, {proof(second), proof(first)}, kNow)), "number.too_many");
}

TEST_F(Numbers, RefuseAProofThatIsTooOld) {
  const auto old = proof(first);
  const auto fresh = proof(second);
  EXPECT_EQ(reason_of(numbers.add(id, {fresh, old}, kNow + hours(1))), "registration.unknown");
}

TEST_F(Numbers, AreNotReplacedAsLostByANumberAlone) {
  auto who = strong(id);
  who.aal = Aal::kOne;
  who.amr = {Amr::kPwd};
  EXPECT_EQ(numbers.replace_lost(who, first_id, proof(second), kNow).error().reason,
            "number.stronger_proof");
  who = strong(id);
  EXPECT_EQ(numbers.replace_lost(who, first_id, proof(second), kNow + hours(1)).error().reason,
            "reauthentication.required");
}

TEST_F(Numbers, ReplaceALostOneOnlyAfterTheTerm) {
  const auto pending = numbers.replace_lost(strong(id), first_id, proof(second), kNow).value();
  EXPECT_EQ(pending.applies_at, kNow + hours(72));
  EXPECT_EQ(numbers.apply_due(kNow + hours(71)).value(), 0);
  EXPECT_TRUE(signs_in(first));
  EXPECT_FALSE(signs_in(second));
  EXPECT_EQ(numbers.apply_due(kNow + hours(72)).value(), 1);
  EXPECT_FALSE(signs_in(first));
  EXPECT_TRUE(signs_in(second));
  EXPECT_EQ(read(id, vault::Category::kProfile, "phone"), second.e164());
  EXPECT_TRUE(history(id).starts_with("number.replaced"));
}

TEST_F(Numbers, KeepALostOneWhoseHolderObjected) {
  ASSERT_TRUE(numbers.replace_lost(strong(id), first_id, proof(second), kNow));
  EXPECT_EQ(numbers.replace_lost(strong(id), first_id, proof(world::phone("+79175550144")), kNow)
                .error()
                .reason,
            "number.change_waiting");
  ASSERT_TRUE(numbers.cancel_change(id, kNow));
  EXPECT_EQ(numbers.apply_due(kNow + hours(100)).value(), 0);
  EXPECT_TRUE(signs_in(first));
  EXPECT_EQ(reason_of(numbers.cancel_change(id, kNow)), "number.no_change");
}

TEST_F(Numbers, KeepTheOldOneWhenTheNewOneWasTakenMeanwhile) {
  ASSERT_TRUE(numbers.replace_lost(strong(id), first_id, proof(second), kNow));
  const auto other = account(second);
  EXPECT_EQ(numbers.apply_due(kNow + hours(72)).value(), 1);
  EXPECT_TRUE(signs_in(first));
  EXPECT_NE(other, id);
  EXPECT_EQ(numbers.list(id).value().numbers.size(), 1U);
}

}  // namespace
}  // namespace identity
