#include "identity/authenticator/totp.h"

#include <fmt/format.h>

#include "crypto/digest.h"
#include "crypto/hmac_sha1.h"

namespace identity {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::uint32_t kCodes = 1'000'000;

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace

std::int64_t totp_step(core::Instant now) { return now.seconds() / kTotpStepSeconds; }

std::string totp_code(core::ByteView secret, std::int64_t step) {
  std::array<std::uint8_t, 8> counter{};
  auto rest = static_cast<std::uint64_t>(step);
  for (std::size_t i = counter.size(); i > 0; --i, rest >>= 8U) {
    counter.at(i - 1) = static_cast<std::uint8_t>(rest);
  }
  const auto tag = crypto::hmac_sha1(secret, counter);
  // Dynamic truncation: RFC 4226, section 5.3.
  const std::size_t at = tag.back() & 0x0FU;
  const std::uint32_t number = (static_cast<std::uint32_t>(tag.at(at)) & 0x7FU) << 24U |
                               static_cast<std::uint32_t>(tag.at(at + 1)) << 16U |
                               static_cast<std::uint32_t>(tag.at(at + 2)) << 8U | tag.at(at + 3);
  return fmt::format("{:0{}}", number % kCodes, kTotpDigits);
}

std::optional<std::int64_t> find_totp_step(core::ByteView secret, std::string_view code,
                                           core::Instant now) {
  std::optional<std::int64_t> found;
  const auto current = totp_step(now);
  for (const auto step : {current - 1, current, current + 1}) {
    const auto expected = totp_code(secret, step);
    if (crypto::equal_constant_time(core::as_bytes(expected), core::as_bytes(code))) found = step;
  }
  return found;
}

std::string to_base32(core::ByteView bytes) {
  std::string text;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const auto byte : bytes) {
    bits = bits << 8U | byte;
    held += 8;
    for (; held >= 5; held -= 5) text += kBase32[bits >> (held - 5) & 0x1FU];
  }
  if (held > 0) text += kBase32[bits << (5 - held) & 0x1FU];
  return text;
}

core::Secret<std::string> otpauth_uri(core::ByteView secret, std::string_view issuer,
                                      std::string_view account) {
  const auto party = percent_encoded(issuer);
  return core::Secret<std::string>(fmt::format(
      "otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits={}&period={}", party,
      percent_encoded(account), to_base32(secret), party, kTotpDigits, kTotpStepSeconds));
}

}  // namespace identity
