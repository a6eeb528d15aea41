// Rate limits of the HTTP interface by name, per client network (/24 or /64). A home or an office
// shares one, so they are generous for reading and tight where a call costs money or tries a
// secret. Constants.
#pragma once

#include "http/route.h"

namespace api {

inline constexpr http::RateLimit kReading{"reading", 240, 40.0};
inline constexpr http::RateLimit kWriting{"writing", 60, 5.0};
/// Each costs the operator a call or an SMS.
inline constexpr http::RateLimit kSendingCodes{"sending_codes", 12, 0.1};
/// Codes, tokens and passwords: what can be guessed.
inline constexpr http::RateLimit kTryingSecrets{"trying_secrets", 30, 0.5};
/// A checkpoint at a stadium sits behind one address.
inline constexpr http::RateLimit kChecking{"checking", 600, 200.0};
/// Servers of relying parties: all their people's sign-ins come from one address, and each call
/// carries a credential of 256 bits, which cannot be guessed.
inline constexpr http::RateLimit kPartyCalls{"party_calls", 2000, 500.0};
/// Health and metrics, on a listener that strangers do not reach.
inline constexpr http::RateLimit kUnlimited{"unlimited", 0, 0.0};

/// Most bodies are a handful of short members.
inline constexpr std::size_t kSmallBodyBytesMax = 16UL * 1024;
/// A batch of codes to check.
inline constexpr std::size_t kBatchBodyBytesMax = 128UL * 1024;

}  // namespace api
