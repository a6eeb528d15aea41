// SigningKeys: the provider's own ES256 keys, with overlap: a new one is published before it signs,
// an old one after it stopped. Where they come from is app's business. And the names of people:
// pairwise `sub` and `sid`. Safe from any thread.
#pragma once

#include <vector>

#include "codec/json.h"
#include "core/result.h"
#include "crypto/key256.h"
#include "crypto/p256.h"
#include "openid/types.h"

namespace openid {

/// One key and since when it signs.
struct SigningKey {
  std::string kid;
  crypto::P256PrivateKey key;
  core::Instant signs_from;
};

class SigningKeys {
 public:
  virtual ~SigningKeys() = default;
  /// Errors: kUnavailable "openid.no_key".
  [[nodiscard]] virtual core::Result<SigningKey> current(core::Instant now) = 0;
  /// The public halves, next, current and previous, as a JWK Set.
  [[nodiscard]] virtual core::Result<codec::JsonObject> published(core::Instant now) = 0;
};

/// Who a person is to a sector, and a session to a party: the same each time, never the same for
/// two sectors, and nothing can be read out of it. Source: OpenID Connect Core 1.0, section 8.1.
class Pseudonyms {
 public:
  explicit Pseudonyms(crypto::Key256 key) : key_(std::move(key)) {}
  [[nodiscard]] std::string sub(const RelyingParty& party, const CitizenId& citizen_id) const;
  [[nodiscard]] std::string sid(const RelyingParty& party, core::ByteView session_id) const;

 private:
  crypto::Key256 key_;
};

}  // namespace openid
