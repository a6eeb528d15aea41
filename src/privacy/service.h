// PrivacyService: acceptances of agreements and consents of a citizen. One act, one document; what
// was shown is proven by the digest of its bytes. Safe from any thread.
#pragma once

#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "privacy/edition_library.h"
#include "privacy/types.h"
#include "store/database.h"

namespace privacy {

/// What a citizen sees of their consents.
struct ConsentOverview {
  std::vector<Consent> consents;        ///< every purpose, also those never granted
  std::vector<Acceptance> acceptances;  ///< newest first
};

/// What must happen in the same transaction when a consent ends; app/ plugs the other rooms in.
class ConsentEnded {
 public:
  virtual ~ConsentEnded() = default;
  /// Stops what rested on the consent and removes what it brought.
  [[nodiscard]] virtual core::Status consent_ended(store::UnitOfWork& unit,
                                                   const core::CitizenId& citizen_id,
                                                   ConsentPurpose purpose) = 0;
};

class PrivacyService {
 public:
  PrivacyService(store::Database& data, const EditionLibrary& editions, ConsentEnded& ended,
                 core::Rng& rng)
      : data_(data), editions_(editions), ended_(ended), rng_(rng) {}

  [[nodiscard]] const EditionLibrary& editions() const { return editions_; }

  /// Gives a consent by the document that belongs to its purpose.
  /// Errors: kConflict "consent.already_granted"; those of EditionLibrary::check_seen; the store's.
  [[nodiscard]] core::Result<Consent> grant(const core::CitizenId& citizen_id,
                                            ConsentPurpose purpose, const SeenEdition& seen,
                                            core::Instant now);
  /// Withdraws it: when this returns, no check anywhere finds it live.
  /// Errors: kConflict "consent.required_for_account"  the account itself rests on it;
  ///         kNotFound "consent.not_granted".
  [[nodiscard]] core::Status withdraw(const core::CitizenId& citizen_id, ConsentPurpose purpose,
                                      core::Instant now);
  /// The same inside the caller's transaction.
  [[nodiscard]] core::Status withdraw_within(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id,
                                             ConsentPurpose purpose, core::Instant now);
  [[nodiscard]] core::Result<ConsentOverview> overview(const core::CitizenId& citizen_id);

  /// Inside another room's transaction: whether the consent lives. Errors: the store's.
  [[nodiscard]] static core::Result<bool> is_live(store::UnitOfWork& unit,
                                                  const core::CitizenId& citizen_id,
                                                  ConsentPurpose purpose);
  /// Inside the transaction that makes an account: the agreement accepted and the consent given.
  [[nodiscard]] core::Status record_registration(store::UnitOfWork& unit,
                                                 const core::CitizenId& citizen_id,
                                                 const Acceptance& agreement,
                                                 const Acceptance& consent);

 private:
  store::Database& data_;
  const EditionLibrary& editions_;
  ConsentEnded& ended_;
  core::Rng& rng_;
};

}  // namespace privacy
