#include "identity/abuse/work.h"

#include <algorithm>
#include <array>
#include <bit>

#include "codec/base64url.h"
#include "crypto/digest.h"
#include "crypto/mac.h"
#include "identity/abuse/counter_store.h"

namespace identity {
namespace {

// version (1) | bits (1) | expires, seconds (8, big-endian) | salt (16) | tag (16).
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kBodyBytes = 2 + 8 + kSaltBytes;
constexpr std::size_t kPuzzleBytes = kBodyBytes + sizeof(crypto::MacTag);
constexpr std::string_view kPurpose = "work";

using EightBytes = std::array<std::uint8_t, 8>;

EightBytes big_endian(std::int64_t number) {
  EightBytes bytes{};
  auto rest = static_cast<std::uint64_t>(number);
  for (auto at = bytes.rbegin(); at != bytes.rend(); ++at, rest >>= 8U) {
    *at = static_cast<std::uint8_t>(rest);
  }
  return bytes;
}

std::int64_t number_of(core::ByteView bytes) {
  std::uint64_t number = 0;
  for (const auto byte : bytes) number = number << 8U | byte;
  return static_cast<std::int64_t>(number);
}

}  // namespace

core::Result<bool> use_up_work(store::UnitOfWork& unit, const WorkProof& proof, core::Instant now) {
  const auto key = crypto::sha256(core::as_bytes(proof.puzzle));
  const sql::CounterId used{"work_used", key, WorkDesk::kLife};
  TRY(const auto before, sql::find_spent(unit, used, now));
  if (before > 0) return false;
  TRY_VOID(sql::spend(unit, used, 1, now));
  return true;
}

int leading_zero_bits(core::ByteView digest) {
  int bits = 0;
  for (const auto byte : digest) {
    if (byte != 0) return bits + std::countl_zero(byte);
    bits += 8;
  }
  return bits;
}

WorkPuzzle WorkDesk::make(core::ByteView subject, int bits, core::Instant now) const {
  const auto expires_at = core::Instant::from_seconds((now + kLife).seconds());
  core::Bytes bytes{kVersion, static_cast<std::uint8_t>(bits)};
  const auto expires = big_endian(expires_at.seconds());
  bytes.insert(bytes.end(), expires.begin(), expires.end());
  const auto salt = core::random_bytes(rng_, kSaltBytes);
  bytes.insert(bytes.end(), salt.begin(), salt.end());
  const auto tag = crypto::make_mac_tag(key_, kPurpose, {bytes, subject});
  bytes.insert(bytes.end(), tag.begin(), tag.end());
  return {codec::to_base64url(bytes), bits, expires_at};
}

int WorkDesk::bits_of(const WorkProof& proof, core::ByteView subject, core::Instant now) const {
  if (proof.puzzle.size() > kTextBytesMax) return 0;
  const auto bytes = codec::from_base64url(proof.puzzle);
  if (!bytes || bytes->size() != kPuzzleBytes || bytes->front() != kVersion) return 0;
  const core::ByteView all(*bytes);
  const auto body = all.first(kBodyBytes);
  if (!crypto::is_mac_tag(all.subspan(kBodyBytes), key_, kPurpose, {body, subject})) return 0;
  if (number_of(body.subspan(2, 8)) < now.seconds()) return 0;
  const auto seed = crypto::sha256(core::as_bytes(proof.puzzle));
  const int bits = body[1];
  return leading_zero_bits(crypto::sha256({seed, big_endian(proof.nonce)})) >= bits ? bits : 0;
}

}  // namespace identity
