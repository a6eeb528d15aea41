// Time-based one-time codes (RFC 6238) as every authenticator app makes them: SHA-1, 30 seconds, 6
// digits. Pure functions; safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/secret.h"

namespace identity {

inline constexpr std::int64_t kTotpStepSeconds = 30;
inline constexpr std::size_t kTotpDigits = 6;
/// 160 bits, as long as SHA-1 (RFC 4226, section 4).
inline constexpr std::size_t kTotpSecretBytes = 20;

[[nodiscard]] std::int64_t totp_step(core::Instant now);
/// The code of one step. @param secret  raw bytes.
[[nodiscard]] std::string totp_code(core::ByteView secret, std::int64_t step);
/// The step a code belongs to: the one of `now` or a neighbour, for clocks that are a little off.
[[nodiscard]] std::optional<std::int64_t> find_totp_step(core::ByteView secret,
                                                         std::string_view code, core::Instant now);

/// RFC 4648 base32 without padding, as apps take a secret typed by hand.
[[nodiscard]] std::string to_base32(core::ByteView bytes);
/// The address an app reads from a QR.
/// @param issuer, account  UTF-8; percent-encoded here.
[[nodiscard]] core::Secret<std::string> otpauth_uri(core::ByteView secret, std::string_view issuer,
                                                    std::string_view account);

}  // namespace identity
