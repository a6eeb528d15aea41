// ESIA's tokens: JWTs signed by ESIA's certificate with RS256, or with "GOST3410_2012_256": a bare
// GOST signature. Checked in the documented order, each check with a reason of its own. Pure
// functions, so that hostile tokens can be thrown at them without a network.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.h"
#include "core/instant.h"
#include "core/result.h"
#include "crypto/certificate.h"

namespace edges::esia {

/// Clocks of two machines may differ by this much.
inline constexpr std::chrono::seconds kClockSkew{60};
inline constexpr std::size_t kTokenBytesMax = std::size_t{16} * 1024;

/// What tokens must agree with.
struct TokenExpectation {
  std::string_view issuer;
  std::string_view client_id;
  const std::vector<crypto::Certificate>& certificates;  ///< ESIA's, the next one too
};

/// How well ESIA knows the person: urn:esia:sbj:lvl P, PR, KD.
enum class AccountLevel { kUnconfirmed, kConfirmed, kChild };

struct VerifiedIdToken {
  std::string oid;       ///< of the person at ESIA, decimal digits
  std::string session;   ///< urn:esia:sid; empty if not said
  bool trusted = false;  ///< urn:esia:sbj:is_tru
  AccountLevel level = AccountLevel::kUnconfirmed;
};

struct VerifiedAccessToken {
  std::string oid;
  std::string session;
};

/// Signature, then iss, aud, nbf and exp; the caller compares the state after that.
/// Errors, all kForbidden: "esia.token_malformed", "esia.token_algorithm", "esia.token_signature",
///   "esia.token_kind" another kind of token, "esia.token_issuer", "esia.token_audience",
///   "esia.token_expired", "esia.token_not_yet_valid", "esia.token_subject" sub and oid differ.
[[nodiscard]] core::Result<VerifiedIdToken> verify_id_token(std::string_view token,
                                                            const TokenExpectation& expected,
                                                            core::Instant now);
/// The same checks; client_id takes the place of aud.
[[nodiscard]] core::Result<VerifiedAccessToken> verify_access_token(
    std::string_view token, const TokenExpectation& expected, core::Instant now);

}  // namespace edges::esia
