// Digest authentication at a trunk: which challenge to answer, and the answer (RFC 3261 section 22,
// RFC 7616, RFC 8760). Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/secret.h"
#include "edges/sip_call/sip_message.h"

namespace edges::sip_call {

struct Credentials {
  std::string username;
  core::Secret<std::string> password;
};

struct DigestChallenge {
  enum class Algorithm { kMd5, kSha256 };

  bool proxy = false;
  std::string realm;
  std::string nonce;
  std::string opaque;
  Algorithm algorithm = Algorithm::kMd5;
  bool qop_auth = false;  ///< without it the older form of RFC 2069 is answered
  bool stale = false;     ///< the password was right, the nonce too old
};

/// The strongest challenge that can be answered; nullopt if there is none.
[[nodiscard]] std::optional<DigestChallenge> choose_challenge(
    const std::vector<SipChallenge>& challenges);

/// What is asked for.
struct DigestTarget {
  std::string method;
  std::string uri;
};

/// The header line that answers, without its end: "Authorization: Digest ...".
[[nodiscard]] std::string answer_challenge(const DigestChallenge& challenge,
                                           const Credentials& credentials,
                                           const DigestTarget& target, const std::string& cnonce);

}  // namespace edges::sip_call
