// TotpService: the code app of an account. A code works once; wrong ones make the app wait, longer
// each time, which only somebody who has proven another factor can bring about. Safe from any
// thread.
#pragma once

#include "core/result.h"
#include "core/rng.h"
#include "identity/authenticator/totp_store.h"
#include "vault/vault.h"

namespace identity {

/// What an app is set up with, shown once.
struct TotpEnrolment {
  core::Secret<std::string> uri;     ///< otpauth://, for the QR
  core::Secret<std::string> secret;  ///< base32, for typing
};

struct TotpPorts {
  store::Database& data;
  vault::Vault& vault;
  core::Rng& rng;
};

class TotpService {
 public:
  /// Wrong codes until the app waits; then kWaitFirst, doubled each further time up to kWaitMax.
  static constexpr std::int64_t kFailuresFree = 5;
  static constexpr core::Duration kWaitFirst = std::chrono::minutes(15);
  static constexpr core::Duration kWaitMax = std::chrono::hours(24);

  /// @param issuer  the installation's name, as the app will show it.
  TotpService(TotpPorts ports, std::string issuer) : ports_(ports), issuer_(std::move(issuer)) {}

  /// Makes a secret; it does nothing until confirm. Beginning again replaces it.
  /// Errors: those of require_recent_proof; kConflict "totp.already_on".
  [[nodiscard]] core::Result<TotpEnrolment> begin(const Authenticated& who, core::Instant now);
  /// Turns it on with a code it made.
  /// Errors: those of require_recent_proof and spend; kConflict "totp.already_on",
  /// "totp.not_begun".
  [[nodiscard]] core::Status confirm(const Authenticated& who, std::string_view code,
                                     core::Instant now);
  /// Errors: those of require_recent_proof; kNotFound "totp.not_on".
  [[nodiscard]] core::Status remove(const Authenticated& who, core::Instant now);

  /// Judges a code of a confirmed app and uses it up.
  /// Errors: kForbidden "totp.code_wrong" also when it was used before; kLimited "totp.wait" with
  ///   retry_after_s; kNotFound "totp.not_on".
  [[nodiscard]] core::Status spend(const CitizenId& citizen_id, std::string_view code,
                                   core::Instant now);

 private:
  [[nodiscard]] core::Result<core::Bytes> secret_of(const CitizenId& citizen_id, core::Instant now);
  [[nodiscard]] core::Status judge(const CitizenId& citizen_id, std::string_view code,
                                   bool confirming, core::Instant now);

  TotpPorts ports_;
  std::string issuer_;
};

}  // namespace identity
