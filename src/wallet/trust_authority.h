// TrustAuthority: the issuer's side of trust: which key signs now, which keys checkers must know,
// and the signed list that tells them. Immutable after construction; safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "crypto/p256.h"
#include "wallet/trust_list.h"

namespace wallet {

/// A private issuer key and when it signs: [not_before, not_after].
struct SigningKey {
  crypto::P256PrivateKey key;
  core::Instant not_before;
  core::Instant not_after;
};

class TrustAuthority {
 public:
  /// How long a checker may use a list before it looks for a newer one.
  static constexpr core::Duration kListLife = std::chrono::hours(24 * 7);

  TrustAuthority(crypto::P256PrivateKey root, std::vector<SigningKey> keys, std::string issuer_name)
      : root_(std::move(root)), keys_(std::move(keys)), issuer_name_(std::move(issuer_name)) {}

  /// The newest key that may sign now. Errors: kUnavailable "trust.no_key_in_force".
  [[nodiscard]] core::Result<const SigningKey*> signing_key(core::Instant now) const;
  /// Every key, so that codes of an earlier one stay good until they expire.
  [[nodiscard]] TrustList list(core::Instant now) const;
  /// The list as /.well-known/beresta-trust serves it.
  [[nodiscard]] core::Bytes signed_list(core::Instant now) const {
    return sign_trust_list(list(now), root_);
  }
  [[nodiscard]] const crypto::P256PublicKey& root() const { return root_.public_key(); }
  [[nodiscard]] const std::string& issuer_name() const { return issuer_name_; }

 private:
  crypto::P256PrivateKey root_;
  std::vector<SigningKey> keys_;
  std::string issuer_name_;
};

}  // namespace wallet
