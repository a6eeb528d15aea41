#include "wallet/digital_id_check.h"

#include <cstring>

#include "codec/cose.h"

namespace wallet {
namespace {

/// From here on an issuer's key is worth a table; a checker at a door sees fewer.
constexpr std::size_t kManySeen = 64;

Verdict judge_times(const AttestationClaims& claims, std::uint64_t slot, core::Instant now) {
  if (now > claims.expires_at) return Verdict::kExpired;
  // Compared without subtraction: a stranger's slot may be any 64-bit number.
  const auto current = slot_of(now);
  if (slot > current + kSlotTolerance) return Verdict::kNotYetValid;
  if (slot + kSlotTolerance < current) return Verdict::kExpired;
  const auto* yes = std::get_if<bool>(&claims.answer);
  return yes == nullptr || *yes ? Verdict::kYes : Verdict::kNo;
}

std::int64_t slot_age(std::uint64_t slot, core::Instant now) {
  constexpr std::uint64_t kSlotMax = 1ULL << 40U;  // far past the year 9999
  const auto start = static_cast<std::int64_t>(std::min(slot, kSlotMax)) * kSlotSeconds;
  return now.seconds() - start;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kYes:
      return "yes";
    case Verdict::kNo:
      return "no";
    case Verdict::kExpired:
      return "expired";
    case Verdict::kNotYetValid:
      return "not_yet_valid";
    case Verdict::kForged:
      return "forged";
    case Verdict::kUnknownIssuer:
      return "unknown_issuer";
    case Verdict::kMalformed:
      return "malformed";
    case Verdict::kRevoked:
      return "revoked";
  }
  return "malformed";
}

std::size_t DigitalIdChecker::DigestHash::operator()(const crypto::Digest256& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

DigitalIdChecker::DigitalIdChecker(TrustList trust) : trust_(std::move(trust)) {}

CheckResult DigitalIdChecker::check(std::string_view code_text, core::Instant now) {
  CheckResult result;
  const auto bytes = decode_code_text(code_text);
  if (!bytes) return result;
  const auto message = codec::CoseSign1::parse(*bytes);
  if (!message || message->kid) return result;
  const auto presentation = parse_presentation(message->payload);
  if (!presentation) return result;

  const auto digest = crypto::sha256(presentation->attestation);
  const auto seen = find_or_verify(presentation->attestation, digest, result.verdict);
  if (!seen) return result;
  if (!message->verify(seen->device_key, kPresentationAad)) {
    result.verdict = Verdict::kForged;
    return result;
  }
  const auto& claims = seen->attestation.claims;
  result.verdict = judge_times(claims, presentation->slot, now);
  result.question = claims.question;
  result.portrait_digest = claims.portrait_digest;
  result.issuer_name = seen->issuer->issuer_name;
  result.attestation_digest = digest;
  result.slot_age_s = slot_age(presentation->slot, now);
  if (result.verdict == Verdict::kYes) {
    if (const auto* identity = std::get_if<IdentityAnswer>(&claims.answer)) {
      result.identity = *identity;
    }
  }
  return result;
}

std::shared_ptr<const DigitalIdChecker::Seen> DigitalIdChecker::find_or_verify(
    core::ByteView attestation, const crypto::Digest256& digest, Verdict& refusal) {
  bool many = false;
  {
    const std::lock_guard lock(mutex_);
    const auto found = seen_.find(digest);
    if (found != seen_.end()) return found->second;
    many = seen_.size() >= kManySeen;
  }
  refusal = Verdict::kMalformed;
  const auto message = codec::CoseSign1::parse(attestation);
  if (!message) return nullptr;
  auto parsed = parse_attestation(*message);
  if (!parsed) return nullptr;
  const auto* issuer = trust_.find(parsed->kid);
  refusal = Verdict::kUnknownIssuer;
  if (issuer == nullptr || parsed->claims.issued_at < issuer->not_before ||
      parsed->claims.issued_at > issuer->not_after) {
    return nullptr;
  }
  refusal = Verdict::kForged;
  if (many) issuer->key.expect_many_signatures();
  if (!message->verify(issuer->key, kAttestationAad)) return nullptr;
  auto device_key = crypto::P256PublicKey::from_compressed(parsed->claims.device_key);
  refusal = Verdict::kMalformed;
  if (!device_key) return nullptr;
  auto seen =
      std::make_shared<const Seen>(Seen{std::move(*parsed), std::move(*device_key), issuer});
  remember(digest, seen);
  return seen;
}

void DigitalIdChecker::remember(const crypto::Digest256& digest, std::shared_ptr<const Seen> seen) {
  const std::lock_guard lock(mutex_);
  // Forgetting everything now and then costs one more signature each and needs no order of use.
  if (seen_.size() >= kRememberedMax) seen_.clear();
  seen_.emplace(digest, std::move(seen));
}

}  // namespace wallet
