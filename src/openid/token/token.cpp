#include "openid/token/token.h"

#include <algorithm>

#include "codec/base64url.h"
#include "core/assert.h"
#include "crypto/digest.h"

namespace openid {
namespace {

constexpr std::size_t kMomentBytes = 4;
constexpr std::size_t kRandomBytes = 32;
/// 36 bytes in base64url.
constexpr std::size_t kTextBytes = 48;

core::Bytes moment_bytes(core::Instant at) {
  const auto seconds = static_cast<std::uint32_t>(std::max<std::int64_t>(0, at.seconds()));
  core::Bytes bytes(kMomentBytes);
  for (std::size_t i = 0; i < kMomentBytes; ++i) {
    bytes[i] = static_cast<std::uint8_t>(seconds >> (8U * (kMomentBytes - 1 - i)));
  }
  return bytes;
}

}  // namespace

NewToken make_token(core::Instant expires_at, core::Rng& rng) {
  auto bytes = moment_bytes(expires_at);
  const auto random = core::random_bytes(rng, kRandomBytes);
  bytes.insert(bytes.end(), random.begin(), random.end());
  auto text = codec::to_base64url(bytes);
  auto key = make_key(expires_at, core::as_bytes(text));
  return {core::Secret<std::string>(std::move(text)), std::move(key)};
}

std::optional<core::Bytes> find_token_key(std::string_view text, core::Instant now) {
  if (text.size() != kTextBytes) return std::nullopt;
  const auto bytes = codec::from_base64url(text);
  if (!bytes) return std::nullopt;
  const auto expires_at = expiry_of(*bytes);
  if (expires_at <= now) return std::nullopt;
  return make_key(expires_at, core::as_bytes(text));
}

core::Bytes make_key(core::Instant expires_at, core::ByteView content) {
  auto key = moment_bytes(expires_at);
  const auto digest = crypto::sha256(content);
  key.insert(key.end(), digest.begin(), digest.end());
  return key;
}

core::Bytes expiry_bound(core::Instant now) { return moment_bytes(now); }

core::Instant expiry_of(core::ByteView key) {
  CORE_ASSERT(key.size() >= kMomentBytes);
  std::uint32_t seconds = 0;
  for (std::size_t i = 0; i < kMomentBytes; ++i) seconds = (seconds << 8U) | key[i];
  return core::Instant::from_seconds(seconds);
}

}  // namespace openid
