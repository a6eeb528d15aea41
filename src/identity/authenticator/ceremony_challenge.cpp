#include "identity/authenticator/ceremony_challenge.h"

#include "crypto/mac.h"

namespace identity {
namespace {

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kMomentBytes = 8;
constexpr std::string_view kMacPurpose = "passkey_challenge";

}  // namespace

// nonce (16) | end in microseconds (8, big-endian) | tag (16)
core::Bytes CeremonyChallenges::make(std::string_view purpose, core::ByteView binding,
                                     core::Instant now) {
  auto challenge = core::random_bytes(rng_, kNonceBytes);
  const auto end = static_cast<std::uint64_t>((now + kLife).micros());
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    challenge.push_back(static_cast<std::uint8_t>(end >> (shift - 8)));
  }
  const auto tag =
      crypto::make_mac_tag(key_, kMacPurpose, {challenge, core::as_bytes(purpose), binding});
  challenge.insert(challenge.end(), tag.begin(), tag.end());
  return challenge;
}

core::Status CeremonyChallenges::check(core::ByteView challenge, std::string_view purpose,
                                       core::ByteView binding, core::Instant now) const {
  const auto unknown = core::fail(core::ErrorCode::kConflict, "passkey.challenge_unknown");
  constexpr std::size_t kSigned = kNonceBytes + kMomentBytes;
  if (challenge.size() != kSigned + sizeof(crypto::MacTag)) return unknown;
  const auto content = challenge.first(kSigned);
  if (!crypto::is_mac_tag(challenge.subspan(kSigned), key_, kMacPurpose,
                          {content, core::as_bytes(purpose), binding})) {
    return unknown;
  }
  std::uint64_t end = 0;
  for (const auto byte : content.subspan(kNonceBytes)) end = end << 8U | byte;
  if (core::Instant::from_micros(static_cast<std::int64_t>(end)) <= now) return unknown;
  return {};
}

}  // namespace identity
