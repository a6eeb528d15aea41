// The checker beside the published vectors: what somebody could do to a code, and time.
#include "wallet/digital_id_check.h"

#include <gtest/gtest.h>

#include "audit/testing/databases.h"
#include "codec/base45.h"
#include "codec/cose.h"
#include "wallet/trust_authority.h"

namespace wallet {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using world::kNow;

class DigitalIdCheckTest : public testing::Test {
 protected:
  AttestationClaims claims(Answer answer = true) const {
    return {.question = Question::kAgeOver18,
            .answer = std::move(answer),
            .device_key = device_.public_key().compressed(),
            .expires_at = kNow + hours(24),
            .issued_at = kNow,
            .portrait_digest = {}};
  }
  std::string code(const AttestationClaims& made, core::Instant shown_at = kNow) {
    return make_code_text(make_attestation(made, issuer_), slot_of(shown_at), device_);
  }
  std::string_view verdict(const std::string& text, core::Instant now = kNow) {
    return name_of(checker_.check(text, now).verdict);
  }
  TrustList trust() const {
    TrustList list;
    list.keys.push_back({kid_of(issuer_.public_key()), issuer_.public_key(), "Республика",
                         kNow - hours(1), kNow + hours(1)});
    return list;
  }

  world::SeededRng rng_;
  crypto::P256PrivateKey issuer_ = crypto::P256PrivateKey::generate(rng_);
  crypto::P256PrivateKey device_ = crypto::P256PrivateKey::generate(rng_);
  DigitalIdChecker checker_{trust()};
};

TEST_F(DigitalIdCheckTest, SaysWhatTheIssuerStated) {
  EXPECT_EQ(verdict(code(claims(true))), "yes");
  EXPECT_EQ(verdict(code(claims(false))), "no");
}

TEST_F(DigitalIdCheckTest, AcceptsTheSlotAndOneNeighbour) {
  const auto slot_start = core::Instant::from_seconds(kNow.seconds() / 30 * 30);
  const auto text = code(claims(), slot_start);
  EXPECT_EQ(verdict(text, slot_start - seconds(31)), "not_yet_valid");
  EXPECT_EQ(verdict(text, slot_start - seconds(30)), "yes");
  EXPECT_EQ(verdict(text, slot_start + seconds(59)), "yes");
  EXPECT_EQ(verdict(text, slot_start + seconds(60)), "expired");
  EXPECT_EQ(verdict(text, slot_start + hours(1)), "expired");
}

TEST_F(DigitalIdCheckTest, IsNotFooledByASlotAtTheEndOfTheNumbers) {
  for (const std::uint64_t slot : {UINT64_MAX, UINT64_MAX - 1, std::uint64_t{1} << 63U}) {
    const auto text = make_code_text(make_attestation(claims(), issuer_), slot, device_);
    EXPECT_EQ(verdict(text), "not_yet_valid");
  }
  EXPECT_EQ(verdict(make_code_text(make_attestation(claims(), issuer_), 0, device_)), "expired");
}

TEST_F(DigitalIdCheckTest, EndsWithTheAttestationEvenIfSeenBefore) {
  ASSERT_EQ(verdict(code(claims())), "yes");
  const auto later = kNow + hours(25);
  EXPECT_EQ(verdict(code(claims(), later), later), "expired");
}

TEST_F(DigitalIdCheckTest, RefusesTheSignatureOfAnotherDevice) {
  const auto attestation = make_attestation(claims(), issuer_);
  const auto thief = crypto::P256PrivateKey::generate(rng_);
  ASSERT_EQ(verdict(make_code_text(attestation, slot_of(kNow), device_)), "yes");
  EXPECT_EQ(verdict(make_code_text(attestation, slot_of(kNow), thief)), "forged");
}

TEST_F(DigitalIdCheckTest, RefusesAnIssuerItDoesNotKnow) {
  const auto stranger = crypto::P256PrivateKey::generate(rng_);
  EXPECT_EQ(verdict(make_code_text(make_attestation(claims(), stranger), slot_of(kNow), device_)),
            "unknown_issuer");
}

TEST_F(DigitalIdCheckTest, RefusesAnAttestationIssuedOutsideItsKeysTerm) {
  auto early = claims();
  early.issued_at = kNow - hours(2);
  early.expires_at = kNow + hours(2);
  EXPECT_EQ(verdict(code(early)), "unknown_issuer");
  auto late = claims();
  late.issued_at = kNow + hours(2);
  EXPECT_EQ(verdict(code(late)), "unknown_issuer");
}

TEST_F(DigitalIdCheckTest, RefusesAKeyThatBorrowsAnothersName) {
  const auto thief = crypto::P256PrivateKey::generate(rng_);
  const auto payload = encode_claims(claims());
  const auto kid = kid_of(issuer_.public_key());
  const auto attestation = codec::make_cose_sign1(
      {.payload = payload, .kid = core::ByteView(kid), .external_aad = kAttestationAad}, thief);
  EXPECT_EQ(verdict(make_code_text(attestation, slot_of(kNow), device_)), "forged");
}

TEST_F(DigitalIdCheckTest, RefusesEveryCodeWithOneByteChanged) {
  const auto text = code(claims());
  const auto bytes = decode_code_text(text).value();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed[i] ^= 0x01U;
    const auto result = checker_.check(std::string(kCodePrefix) + codec::to_base45(changed), kNow);
    EXPECT_NE(result.verdict, Verdict::kYes) << "byte " << i;
    EXPECT_FALSE(result.identity);
  }
}

TEST_F(DigitalIdCheckTest, RefusesEveryCodeThatWasCut) {
  const auto text = code(claims());
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_EQ(verdict(text.substr(0, size)), "malformed") << size;
  }
  EXPECT_EQ(verdict(text + "0"), "malformed");
}

TEST_F(DigitalIdCheckTest, RefusesAnAttestationThatLivesTooLong) {
  auto made = claims();
  made.expires_at = made.issued_at + kAttestationLifeMax + seconds(1);
  EXPECT_EQ(verdict(code(made)), "malformed");
  made.expires_at = made.issued_at;
  EXPECT_EQ(verdict(code(made)), "malformed");
}

TEST_F(DigitalIdCheckTest, SaysNothingOfThePersonUnlessTheCodeIsGood) {
  auto who = claims();
  who.question = Question::kIdentity;
  who.answer = IdentityAnswer{"Сафиуллина Алсу", "92 12 345678"};
  const auto text = code(who);
  EXPECT_TRUE(checker_.check(text, kNow).identity);
  EXPECT_FALSE(checker_.check(text, kNow + hours(1)).identity);
  EXPECT_FALSE(checker_.check(text, kNow - hours(1)).identity);
}

TEST_F(DigitalIdCheckTest, HoldsTheLongestIdentityInOneCode) {
  auto who = claims();
  who.question = Question::kIdentity;
  who.portrait_digest = crypto::sha256(core::as_bytes("portrait"));
  for (const std::size_t document : {kIdentityBytesMax - kFullNameBytesMax, kDocumentBytesMax}) {
    who.answer =
        IdentityAnswer{std::string(kIdentityBytesMax - document, 'x'), std::string(document, '7')};
    const auto text = code(who);
    EXPECT_LE(text.size(), kCodeTextBytesMax);
    EXPECT_EQ(verdict(text), "yes");
  }
}

class RotationTest : public testing::Test {
 protected:
  SigningKey key(core::Instant from, core::Instant until) {
    return {crypto::P256PrivateKey::generate(rng_), from, until};
  }

  world::SeededRng rng_;
  SigningKey old_ = key(kNow - hours(100), kNow + hours(2));
  SigningKey fresh_ = key(kNow, kNow + hours(1000));
  TrustAuthority authority_{crypto::P256PrivateKey::generate(rng_), {old_, fresh_}, "Республика"};
};

TEST_F(RotationTest, SignsWithTheNewestKeyInForce) {
  const auto kid_at = [&](core::Instant at) {
    return kid_of(authority_.signing_key(at).value()->key.public_key());
  };
  EXPECT_EQ(kid_at(kNow - hours(1)), kid_of(old_.key.public_key()));
  EXPECT_EQ(kid_at(kNow), kid_of(fresh_.key.public_key()));
  EXPECT_EQ(kid_at(kNow + hours(3)), kid_of(fresh_.key.public_key()));
}

TEST_F(RotationTest, SignsWithNoKeyOutsideItsTerm) {
  EXPECT_EQ(world::reason_of(authority_.signing_key(kNow - hours(101))), "trust.no_key_in_force");
  EXPECT_EQ(world::reason_of(authority_.signing_key(kNow + hours(1001))), "trust.no_key_in_force");
}

TEST_F(RotationTest, KeepsTheCodesOfTheEarlierKeyGood) {
  const auto device = crypto::P256PrivateKey::generate(rng_);
  const AttestationClaims claims{.question = Question::kAgeOver18,
                                 .answer = true,
                                 .device_key = device.public_key().compressed(),
                                 .expires_at = kNow + hours(24 * 5),
                                 .issued_at = kNow - hours(24),
                                 .portrait_digest = {}};
  const auto attestation = make_attestation(claims, old_.key);
  const auto later = kNow + hours(24 * 4);  // the old key has long stopped signing
  auto list = open_trust_list(authority_.signed_list(later), authority_.root());
  ASSERT_TRUE(list);
  DigitalIdChecker checker(std::move(*list));
  EXPECT_EQ(checker.check(make_code_text(attestation, slot_of(later), device), later).verdict,
            Verdict::kYes);
}

TEST_F(RotationTest, IsSignedByTheRootAndNobodyElse) {
  const auto signed_list = authority_.signed_list(kNow);
  const auto stranger = crypto::P256PrivateKey::generate(rng_);
  EXPECT_EQ(world::reason_of(open_trust_list(signed_list, stranger.public_key())),
            "trust.signature");
  EXPECT_EQ(world::reason_of(open_trust_list(signed_list, old_.key.public_key())),
            "trust.signature");
}

TEST_F(RotationTest, IsRefusedWithOneByteChanged) {
  const auto signed_list = authority_.signed_list(kNow);
  for (std::size_t i = 0; i < signed_list.size(); ++i) {
    auto changed = signed_list;
    changed[i] ^= 0x20U;
    EXPECT_FALSE(open_trust_list(changed, authority_.root())) << "byte " << i;
  }
}

}  // namespace
}  // namespace wallet
