// The checker: judges a Digital ID code with nothing but a trust list and a clock, so that it works
// without a network. Remembers attestations it has seen, since the same one is shown again every 30
// seconds. Safe from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/instant.h"
#include "crypto/digest.h"
#include "wallet/digital_id_code.h"
#include "wallet/trust_list.h"

namespace wallet {

/// What a checker is told. Only the first two say anything about the person.
enum class Verdict {
  kYes,
  kNo,
  kExpired,        ///< the slot is past, or the attestation's term is
  kNotYetValid,    ///< a slot from the future: one of the two clocks is wrong
  kForged,         ///< a signature does not hold
  kUnknownIssuer,  ///< the key is not in the trust list, or was not valid when it signed
  kMalformed,      ///< not a Digital ID code at all
  kRevoked,        ///< taken back by its owner or issuer; known online only
};

/// "yes", "unknown_issuer": the name in the HTTP interface and on the command line.
[[nodiscard]] std::string_view name_of(Verdict verdict);

struct CheckResult {
  Verdict verdict = Verdict::kMalformed;
  /// The rest is set once the signatures hold.
  std::optional<Question> question;
  std::optional<IdentityAnswer> identity;  ///< only with kYes
  std::optional<crypto::Digest256> portrait_digest;
  std::string issuer_name;
  crypto::Digest256 attestation_digest{};
  std::int64_t slot_age_s = 0;  ///< seconds since the slot began; negative for the future
};

class DigitalIdChecker {
 public:
  /// Attestations remembered at once; the rest are checked anew.
  static constexpr std::size_t kRememberedMax = 65'536;

  explicit DigitalIdChecker(TrustList trust);

  /// Judges one code. Order: form, issuer, issuer's signature, device's signature, term, slot.
  [[nodiscard]] CheckResult check(std::string_view code_text, core::Instant now);

  [[nodiscard]] const TrustList& trust() const { return trust_; }

 private:
  struct Seen {
    Attestation attestation;
    crypto::P256PublicKey device_key;
    const IssuerKey* issuer;
  };
  struct DigestHash {
    std::size_t operator()(const crypto::Digest256& digest) const;
  };
  /// The verified attestation, from memory or by checking it; else why not.
  [[nodiscard]] std::shared_ptr<const Seen> find_or_verify(core::ByteView attestation,
                                                           const crypto::Digest256& digest,
                                                           Verdict& refusal);
  void remember(const crypto::Digest256& digest, std::shared_ptr<const Seen> seen);

  TrustList trust_;
  std::mutex mutex_;
  std::unordered_map<crypto::Digest256, std::shared_ptr<const Seen>, DigestHash> seen_;
};

}  // namespace wallet
