// The trust list: the issuers' keys, signed by the root key that checkers pin. It lets any checker
// judge a Digital ID without a network. Immutable after construction; safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/result.h"
#include "crypto/p256.h"

namespace wallet {

/// One issuer key; it signs attestations issued within [not_before, not_after].
struct IssuerKey {
  core::Bytes kid;  ///< 8 bytes, see kid_of
  crypto::P256PublicKey key;
  std::string issuer_name;
  core::Instant not_before;
  core::Instant not_after;
};

struct TrustList {
  static constexpr std::size_t kKeysMax = 64;
  static constexpr std::size_t kIssuerNameBytesMax = 120;

  std::uint64_t serial = 0;  ///< grows with every edition
  core::Instant issued_at;
  core::Instant expires_at;  ///< a checker that cannot renew it by then says so
  std::vector<IssuerKey> keys;

  /// The key with this kid, or nullptr.
  [[nodiscard]] const IssuerKey* find(core::ByteView kid) const;
};

/// Signs the list with the root key: what /.well-known/beresta-trust serves.
[[nodiscard]] core::Bytes sign_trust_list(const TrustList& list,
                                          const crypto::P256PrivateKey& root_key);

/// Reads and checks a signed list.
/// Errors: kInvalidInput "trust.malformed"  not a list as docs/spec/digital-id-qr.md has it;
///         kForbidden "trust.signature"     not signed by this root.
[[nodiscard]] core::Result<TrustList> open_trust_list(core::ByteView signed_list,
                                                      const crypto::P256PublicKey& root);

}  // namespace wallet
