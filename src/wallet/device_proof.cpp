#include "wallet/device_proof.h"

#include "crypto/mac.h"

namespace wallet {
namespace {

using core::ErrorCode;
using core::fail;

// moment (8, big-endian microseconds) | random (8) | tag (16)
constexpr std::size_t kMomentBytes = 8;
constexpr std::size_t kBodyBytes = 16;
constexpr std::size_t kChallengeBytes = 32;
constexpr std::string_view kPurpose = "device_challenge";

std::int64_t read_moment(core::ByteView challenge) {
  std::uint64_t micros = 0;
  for (std::size_t i = 0; i < kMomentBytes; ++i) micros = (micros << 8U) | challenge[i];
  return static_cast<std::int64_t>(micros);
}

}  // namespace

DeviceChallenge DeviceProof::make(const core::CitizenId& citizen_id, core::Instant now) const {
  DeviceChallenge challenge{core::random_bytes(rng_, kBodyBytes), now + kLife};
  const auto micros = static_cast<std::uint64_t>(now.micros());
  for (std::size_t i = 0; i < kMomentBytes; ++i) {
    challenge.bytes[i] = static_cast<std::uint8_t>(micros >> (8 * (kMomentBytes - 1 - i)));
  }
  const auto tag = crypto::make_mac_tag(key_, kPurpose, {citizen_id.bytes(), challenge.bytes});
  challenge.bytes.insert(challenge.bytes.end(), tag.begin(), tag.end());
  return challenge;
}

core::Status DeviceProof::check(const core::CitizenId& citizen_id, const crypto::P256PublicKey& key,
                                const Signed& proof, core::Instant now) const {
  const auto& challenge = proof.challenge;
  if (challenge.size() != kChallengeBytes ||
      !crypto::is_mac_tag(challenge.subspan(kBodyBytes), key_, kPurpose,
                          {citizen_id.bytes(), challenge.first(kBodyBytes)})) {
    return fail(ErrorCode::kInvalidInput, "device.challenge_stale");
  }
  const auto made_at = core::Instant::from_micros(read_moment(challenge));
  if (now < made_at || now > made_at + kLife) {
    return fail(ErrorCode::kInvalidInput, "device.challenge_stale");
  }
  core::Bytes message = core::to_bytes(core::as_bytes(proof.context));
  message.insert(message.end(), challenge.begin(), challenge.end());
  message.insert(message.end(), proof.bound.begin(), proof.bound.end());
  if (!key.verify(message, proof.signature)) {
    return fail(ErrorCode::kForbidden, "device.proof_wrong");
  }
  return {};
}

}  // namespace wallet
