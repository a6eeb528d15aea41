#include "wallet/digital_id_service.h"

#include <gtest/gtest.h>

#include "wallet/testing/wallet_world.h"

namespace wallet {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using world::kNow;
using world::reason_of;

class DigitalIdServiceTest : public testing::Test {
 protected:
  core::Result<Device> register_with(const DeviceApplication& application,
                                     core::Instant now = kNow) {
    return service_.register_device(world_.id, application, now);
  }
  DeviceApplication application() {
    return phone_.application(service_.challenge(world_.id, kNow).value());
  }
  core::Result<AttestationBatch> issue(const BatchApplication& application,
                                       core::Instant now = kNow) {
    return service_.issue(world_.id, application, now);
  }
  BatchApplication batch(const Device& device, Question question, std::size_t size = 1) {
    std::vector<crypto::P256PrivateKey> keys;
    for (std::size_t i = 0; i < size; ++i) keys.push_back(world_.new_key());
    return world_.batch(phone_, device.id, question, keys);
  }
  AttestationClaims claims_of(const core::Bytes& attestation) {
    return parse_attestation(attestation).value().claims;
  }
  QuestionState state_of(Question question) {
    const auto overview = service_.overview(world_.id, kNow).value();
    for (const auto& state : overview.questions) {
      if (state.question == question) return state;
    }
    return {};
  }
  std::int64_t devices() {
    return world::number(world_.databases.data(), "SELECT CAST(COUNT(*) AS BIGINT) FROM device");
  }

  world::WalletWorld world_;
  DigitalIdService& service_ = world_.digital_id;
  world::HandDevice phone_{world_.new_key()};
};

TEST_F(DigitalIdServiceTest, IsMadeOnTheDeviceThatHoldsTheKey) {
  const auto device = register_with(application());
  ASSERT_TRUE(device);
  const auto overview = service_.overview(world_.id, kNow).value();
  ASSERT_TRUE(overview.device);
  EXPECT_EQ(overview.device->id, device->id);
  EXPECT_TRUE(overview.obstacles.empty());
}

TEST_F(DigitalIdServiceTest, IsNotForTheUnverified) {
  const auto asked = application();
  world_.rights.verified = false;
  EXPECT_EQ(reason_of(register_with(asked)), "assurance.verified_required");
  EXPECT_EQ(reason_of(service_.challenge(world_.id, kNow)), "assurance.verified_required");
  EXPECT_EQ(service_.overview(world_.id, kNow).value().obstacles.front(), Obstacle::kNotVerified);
}

TEST_F(DigitalIdServiceTest, IsForThoseWhoAreEighteenToday) {
  const auto asked = application();
  world_.know("birth_date", "2008-09-14");  // eighteen tomorrow
  EXPECT_EQ(reason_of(register_with(asked)), "digital_id.under_18");
  world_.know("birth_date", "2008-09-13");  // today
  EXPECT_EQ(reason_of(register_with(asked)), "ok");
}

TEST_F(DigitalIdServiceTest, CountsTheDayOfTheRegionNotOfGreenwich) {
  const auto evening = core::from_rfc3339("2026-09-13T21:30:00Z").value();  // already the 14th
  world_.know("birth_date", "2008-09-14");
  const auto asked = phone_.application(service_.challenge(world_.id, evening).value());
  EXPECT_EQ(reason_of(register_with(asked, evening)), "ok");
}

TEST_F(DigitalIdServiceTest, IsNotMadeWithoutAKnownBirthDate) {
  const auto asked = application();
  world_.know("birth_date", "some day");
  EXPECT_EQ(reason_of(register_with(asked)), "digital_id.birth_date_unknown");
}

TEST_F(DigitalIdServiceTest, IsNotMadeWithoutProofOfTheKey) {
  auto asked = application();
  asked.proof.back() ^= 1U;
  EXPECT_EQ(reason_of(register_with(asked)), "device.proof_wrong");
  asked.proof.clear();
  EXPECT_EQ(reason_of(register_with(asked)), "device.proof_wrong");
  EXPECT_EQ(devices(), 0);
}

TEST_F(DigitalIdServiceTest, IsNotMadeWithTheProofOfAnotherKey) {
  auto asked = application();
  asked.public_key = core::to_bytes(world_.new_key().public_key().uncompressed());
  EXPECT_EQ(reason_of(register_with(asked)), "device.proof_wrong");
}

TEST_F(DigitalIdServiceTest, IsNotMadeWithAProofForAnotherAct) {
  auto asked = application();
  asked.proof = phone_.prove(DeviceProof::kBatchContext, asked.challenge, {});
  EXPECT_EQ(reason_of(register_with(asked)), "device.proof_wrong");
}

TEST_F(DigitalIdServiceTest, TakesAChallengeForFiveMinutes) {
  const auto asked = application();
  EXPECT_EQ(reason_of(register_with(asked, kNow + minutes(5) + seconds(1))),
            "device.challenge_stale");
  EXPECT_EQ(reason_of(register_with(asked, kNow - seconds(1))), "device.challenge_stale");
  EXPECT_EQ(reason_of(register_with(asked, kNow + minutes(5))), "ok");
}

TEST_F(DigitalIdServiceTest, TakesNoChallengeOfAnotherCitizen) {
  const auto stranger = world_.person();
  const auto asked = phone_.application(service_.challenge(stranger, kNow).value());
  EXPECT_EQ(reason_of(register_with(asked)), "device.challenge_stale");
}

TEST_F(DigitalIdServiceTest, TakesNoChallengeItDidNotMake) {
  auto challenge = service_.challenge(world_.id, kNow).value();
  for (const std::size_t at : {std::size_t{0}, std::size_t{12}, std::size_t{31}}) {
    auto altered = challenge;
    altered.bytes[at] ^= 1U;
    EXPECT_EQ(reason_of(register_with(phone_.application(altered))), "device.challenge_stale");
  }
  challenge.bytes.clear();
  EXPECT_EQ(reason_of(register_with(phone_.application(challenge))), "device.challenge_stale");
}

TEST_F(DigitalIdServiceTest, TakesNoKeyThatIsNone) {
  auto asked = application();
  for (const std::size_t size : {std::size_t{0}, std::size_t{33}, std::size_t{64}}) {
    asked.public_key.resize(size);
    EXPECT_EQ(reason_of(register_with(asked)), "device.key_malformed");
  }
  asked.public_key = core::Bytes(65, 4);
  EXPECT_EQ(reason_of(register_with(asked)), "device.key_malformed");
}

TEST_F(DigitalIdServiceTest, TakesNoNameThatIsEmptyOrEndless) {
  auto asked = application();
  asked.name.clear();
  EXPECT_EQ(reason_of(register_with(asked)), "device.name_malformed");
  asked.name = std::string(65, 'x');
  EXPECT_EQ(reason_of(register_with(asked)), "device.name_malformed");
}

TEST_F(DigitalIdServiceTest, MovesToANewDeviceOnlyWhenAskedTo) {
  const auto first = world_.made(phone_);
  const auto old_batch = issue(batch(first, Question::kAgeOver18)).value();
  const world::HandDevice tablet{world_.new_key()};
  auto asked = tablet.application(service_.challenge(world_.id, kNow).value());
  EXPECT_EQ(reason_of(register_with(asked)), "wallet.device_exists");
  asked.replace = true;
  EXPECT_EQ(reason_of(register_with(asked)), "ok");
  EXPECT_EQ(devices(), 1);
  EXPECT_TRUE(world_.revocations.contains(crypto::sha256(old_batch.attestations[0])));
  EXPECT_EQ(reason_of(issue(batch(first, Question::kAgeOver18))), "device.unknown");
}

TEST_F(DigitalIdServiceTest, TakesItsAttestationsBackWhenTheDeviceIsRemoved) {
  const auto device = world_.made(phone_);
  const auto issued = issue(batch(device, Question::kAgeOver18, 3)).value();
  ASSERT_TRUE(service_.remove_device(world_.id, device.id, kNow + seconds(1)));
  for (const auto& attestation : issued.attestations) {
    EXPECT_TRUE(world_.revocations.contains(crypto::sha256(attestation)));
  }
  EXPECT_EQ(reason_of(service_.remove_device(world_.id, device.id, kNow)), "device.unknown");
}

TEST_F(DigitalIdServiceTest, RemovesNobodyElsesDevice) {
  const auto device = world_.made(phone_);
  EXPECT_EQ(reason_of(service_.remove_device(world_.person(), device.id, kNow)), "device.unknown");
  EXPECT_EQ(devices(), 1);
}

TEST_F(DigitalIdServiceTest, AttestsTheAgeForEachKeyOfTheBatch) {
  const auto device = world_.made(phone_);
  const auto keys = std::vector{world_.new_key(), world_.new_key()};
  const auto issued = issue(world_.batch(phone_, device.id, Question::kAgeOver18, keys)).value();
  ASSERT_EQ(issued.attestations.size(), 2U);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto claims = claims_of(issued.attestations[i]);
    EXPECT_EQ(claims.device_key, keys[i].public_key().compressed());
    EXPECT_TRUE(std::get<bool>(claims.answer));
    EXPECT_FALSE(claims.portrait_digest);
    EXPECT_LE(claims.expires_at - claims.issued_at, kAttestationLifeMax);
  }
}

TEST_F(DigitalIdServiceTest, AttestsNothingTheRegistryHasNotSaid) {
  const auto device = world_.made(phone_);
  EXPECT_EQ(reason_of(issue(batch(device, Question::kPensioner))), "digital_id.answer_unknown");
  EXPECT_EQ(reason_of(issue(batch(device, Question::kIdentity))), "digital_id.answer_unknown");
  EXPECT_EQ(state_of(Question::kPensioner).readiness, QuestionReadiness::kPending);
}

TEST_F(DigitalIdServiceTest, AttestsNoQuestionThatIsNotOffered) {
  const auto device = world_.made(phone_);
  EXPECT_EQ(reason_of(issue(batch(device, Question::kDisability))), "digital_id.answer_unknown");
}

TEST_F(DigitalIdServiceTest, AttestsWhatTheRegistrySaid) {
  world_.fetch({DocumentKind::kPassport});
  const auto device = world_.made(phone_);
  EXPECT_EQ(state_of(Question::kIdentity).readiness, QuestionReadiness::kReady);
  const auto pensioner = issue(batch(device, Question::kPensioner)).value();
  EXPECT_TRUE(std::get<bool>(claims_of(pensioner.attestations[0]).answer));
  const auto identity =
      claims_of(issue(batch(device, Question::kIdentity)).value().attestations[0]);
  EXPECT_EQ(std::get<IdentityAnswer>(identity.answer).full_name, "Сафиуллина Алсу Ринатовна");
  EXPECT_EQ(std::get<IdentityAnswer>(identity.answer).document, "92 12 345678");
  EXPECT_TRUE(identity.portrait_digest);
}

TEST_F(DigitalIdServiceTest, AttestsNoIdentityByAPassportThatIsNotValid) {
  auto& answer = world_.source.answers[DocumentKind::kPassport];
  answer.replace(answer.find("\"valid\""), 7, "\"invalid\"");
  world_.fetch({DocumentKind::kPassport});
  const auto device = world_.made(phone_);
  EXPECT_EQ(reason_of(issue(batch(device, Question::kIdentity))), "digital_id.answer_unknown");
}

TEST_F(DigitalIdServiceTest, ShortensANameThatNoCodeHolds) {
  for (const std::string given : {"Абдулмаджид", "𐌰𐌱𐌲𐌳𐌴𐌵", "İbrahim", "Я"}) {
    std::string long_name;
    while (long_name.size() + given.size() <= 120) long_name += given;
    auto& answer = world_.source.answers[DocumentKind::kPassport];
    answer = world::kPassportAnswer;
    for (const std::string_view part : {"Алсу", "Ринатовна"}) {
      answer.replace(answer.find(part), part.size(), long_name);
    }
    world::WalletWorld fresh;
    fresh.source.answers = world_.source.answers;
    fresh.fetch({DocumentKind::kPassport});
    const world::HandDevice device{fresh.new_key()};
    const auto made = fresh.made(device);
    const auto issued = fresh.digital_id.issue(
        fresh.id, fresh.batch(device, made.id, Question::kIdentity, {fresh.new_key()}), kNow);
    ASSERT_TRUE(issued) << issued.error().reason;
    const auto answered = std::get<IdentityAnswer>(claims_of(issued->attestations[0]).answer);
    EXPECT_TRUE(answered.full_name.starts_with("Сафиуллина ")) << answered.full_name;
    EXPECT_LE(answered.full_name.size() + answered.document.size(), kIdentityBytesMax);
  }
}

TEST_F(DigitalIdServiceTest, AttestsOneToSixteenKeysAtATime) {
  const auto device = world_.made(phone_);
  EXPECT_EQ(reason_of(issue(batch(device, Question::kAgeOver18, 0))), "digital_id.batch_size");
  EXPECT_EQ(reason_of(issue(batch(device, Question::kAgeOver18, 17))), "digital_id.batch_size");
  EXPECT_EQ(reason_of(issue(batch(device, Question::kAgeOver18, 16))), "ok");
}

TEST_F(DigitalIdServiceTest, AttestsNoKeyThatTheDeviceDidNotSignFor) {
  const auto device = world_.made(phone_);
  auto swapped = batch(device, Question::kAgeOver18, 2);
  swapped.public_keys[1] = core::to_bytes(world_.new_key().public_key().uncompressed());
  EXPECT_EQ(reason_of(issue(swapped)), "device.proof_wrong");
  auto dropped = batch(device, Question::kAgeOver18, 2);
  dropped.public_keys.pop_back();
  EXPECT_EQ(reason_of(issue(dropped)), "device.proof_wrong");
}

TEST_F(DigitalIdServiceTest, AttestsNothingToAnotherDevice) {
  const auto device = world_.made(phone_);
  const world::HandDevice thief{world_.new_key()};
  const auto asked = world_.batch(thief, device.id, Question::kAgeOver18, {world_.new_key()});
  EXPECT_EQ(reason_of(issue(asked)), "device.proof_wrong");
}

TEST_F(DigitalIdServiceTest, AttestsNothingOnAStaleChallenge) {
  const auto device = world_.made(phone_);
  const auto asked = batch(device, Question::kAgeOver18);
  EXPECT_EQ(reason_of(issue(asked, kNow + minutes(6))), "device.challenge_stale");
}

TEST_F(DigitalIdServiceTest, RecordsThatThePlatformReadThePersonalData) {
  const auto device = world_.made(phone_);
  ASSERT_TRUE(issue(batch(device, Question::kAgeOver18)));
  const auto rows = world::run(world_.databases.data(),
                               "SELECT CAST(COUNT(*) AS BIGINT) FROM access_record"
                               " WHERE actor = 'platform:attestations'");
  EXPECT_EQ(rows.front().int64(0), 2) << "profile and documents";
}

TEST_F(DigitalIdServiceTest, ForgetsAttestationsThatExpired) {
  const auto device = world_.made(phone_);
  ASSERT_TRUE(issue(batch(device, Question::kAgeOver18, 2)));
  EXPECT_EQ(service_.purge(kNow + hours(24)).value(), 0);
  EXPECT_EQ(service_.purge(kNow + hours(24 * 8)).value(), 2);
}

}  // namespace
}  // namespace wallet
