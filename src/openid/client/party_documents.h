// What a party keeps at addresses of its own: its keys (jwks_uri) and the list of its sector
// (sector_identifier_uri). Fetched outside every lock; app/ plugs the http client in.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "codec/jose.h"
#include "core/result.h"
#include "openid/types.h"

namespace openid {

class PartyDocuments {
 public:
  virtual ~PartyDocuments() = default;
  /// The body at a registered https address, bounded in size and time.
  /// Errors: kUnavailable when it cannot be had.
  [[nodiscard]] virtual core::Result<std::string> fetch(const std::string& url) = 0;
};

using KeySetPtr = std::shared_ptr<const codec::JwkSet>;

/// The key sets behind jwks_uri, kept for a while. Safe from any thread; waits only while it
/// fetches.
class PartyKeys {
 public:
  static constexpr core::Duration kFreshFor = std::chrono::minutes(5);
  /// An address is asked at most this often, whoever presents whatever.
  static constexpr core::Duration kAskAgainAfter = std::chrono::seconds(30);

  explicit PartyKeys(PartyDocuments& documents) : documents_(documents) {}

  /// The keys of a party, from its registration or its address. What was fetched before is used on
  /// when the address does not answer.
  /// Errors: kUnauthenticated "oauth.invalid_client.keys_unavailable" nothing usable there.
  [[nodiscard]] core::Result<KeySetPtr> of(const RelyingParty& party, core::Instant now);
  /// The same when an assertion named a key that is not among them: it may be new.
  [[nodiscard]] core::Result<KeySetPtr> newer(const RelyingParty& party, core::Instant now);

 private:
  struct Kept {
    KeySetPtr set;
    core::Instant fetched_at;
    core::Instant asked_at;
    bool failed = false;
  };
  [[nodiscard]] core::Result<KeySetPtr> get(const std::string& url, core::Duration fresh_for,
                                            core::Instant now);

  PartyDocuments& documents_;
  std::mutex mutex_;
  std::map<std::string, Kept> kept_;
};

/// Checks that the list at sector_identifier_uri names every redirect URI of the party.
/// Errors: kInvalidInput "relying_party.sector_identifier_uri" it does not, or cannot be had.
/// Source: OpenID Connect Core 1.0, section 8.1; Dynamic Client Registration 1.0, section 5.
[[nodiscard]] core::Status check_sector(const RelyingParty& party, PartyDocuments& documents);

}  // namespace openid
