// DPoP (RFC 9449): a proof that the sender holds the key its token is bound to.
// Pure functions, safe from any thread.
#pragma once

#include "core/result.h"
#include "openid/types.h"

namespace openid {

inline constexpr std::size_t kProofBytesMax = 4096;

/// What a proof must be about.
struct ProofContext {
  std::string_view method;        ///< "POST"
  std::string url;                ///< our address, without query
  std::string_view access_token;  ///< at a resource; empty at the token endpoint
};

/// A proof that holds.
struct Proof {
  std::string jkt;
  core::Bytes once;  ///< the key under which it is used up; see sql::use_assertion
};

/// Errors: kInvalidInput "oauth.invalid_dpop_proof..." any check of RFC 9449, section 4.3.
[[nodiscard]] core::Result<Proof> verify_proof(std::string_view proof, const ProofContext& context,
                                               core::Instant now);

}  // namespace openid
