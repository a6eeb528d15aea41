// PrivacyService: acceptances of agreements and consents of a citizen. One act, one document; what
// was shown is proven by the digest of its bytes. Safe from any thread.
#pragma once

#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "privacy/consent_rules.h"
#include "privacy/edition_library.h"
#include "privacy/types.h"
#include "store/database.h"

namespace privacy {

/// What a citizen sees of their consents.
struct ConsentOverview {
  std::vector<Consent> consents;  ///< the last word on every purpose, also those never granted
  std::vector<Consent> past;      ///< those that ended before, newest first
  std::vector<Acceptance> acceptances;  ///< newest first
};

/// A consent as its giver wants it.
struct ConsentGrant {
  ConsentPurpose purpose = ConsentPurpose::kAccount;
  SeenEdition seen;
  std::optional<core::Instant> expires_at = {};  ///< absent = the longest the law allows
  Scope scope = {};                              ///< of a purpose that has parts: which of them
};

/// What something rests on.
struct ConsentNeed {
  ConsentPurpose purpose = ConsentPurpose::kAccount;
  std::string_view part = {};
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

  /// What the law of the place says; before the first request.
  void plug_rules(ConsentRules rules) { rules_ = std::move(rules); }
  [[nodiscard]] const ConsentRules& rules() const { return rules_; }

  /// Gives a consent by the document that belongs to its purpose.
  /// Errors: kConflict "consent.already_granted"; kInvalidInput "consent.term_past", "consent
  ///         .term_too_long", "consent.scope_needed" a purpose with parts and none of them chosen,
  ///         "consent.scope_unknown"; those of EditionLibrary::check_seen; the store's.
  [[nodiscard]] core::Result<Consent> grant(const core::CitizenId& citizen_id,
                                            const ConsentGrant& wanted, core::Instant now);
  /// Leaves only these parts of a consent: effective like a withdrawal.
  /// Errors: kInvalidInput "consent.narrow_to_nothing", "consent.narrow_wider" a part that is not
  ///         in it now, "consent.not_narrower" all that is in it, "consent.not_divided" a purpose
  ///         without parts; kNotFound "consent.not_granted"; kConflict "consent.expired".
  [[nodiscard]] core::Result<Consent> narrow(const core::CitizenId& citizen_id,
                                             ConsentPurpose purpose, const Scope& scope,
                                             core::Instant now);
  /// Withdraws it: when this returns, no check anywhere finds it live.
  /// Errors: kConflict "consent.required_for_account"  the account itself rests on it;
  ///         kConflict "consent.expired" it has ended by itself; kNotFound "consent.not_granted".
  [[nodiscard]] core::Status withdraw(const core::CitizenId& citizen_id, ConsentPurpose purpose,
                                      core::Instant now);
  /// The same inside the caller's transaction.
  [[nodiscard]] core::Status withdraw_within(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id,
                                             ConsentPurpose purpose, core::Instant now);
  /// Removes what expired consents had brought and writes it into the history. Nothing is more dead
  /// after it than before: what has expired is refused by the clock.
  [[nodiscard]] core::Status settle_expired(core::Instant now);
  [[nodiscard]] core::Result<ConsentOverview> overview(const core::CitizenId& citizen_id);

  /// Inside another room's transaction: whether the consent lives, for what is only shown.
  /// Errors: the store's.
  [[nodiscard]] static core::Result<bool> is_live(store::UnitOfWork& unit,
                                                  const core::CitizenId& citizen_id,
                                                  ConsentPurpose purpose, core::Instant now);
  /// The same for what rests on it, in a unit that may write: it lives until the unit has
  /// committed, because who withdraws it waits, or the unit does not commit.
  /// @param part  of a purpose that has parts: which one; empty = any.
  /// Errors: the store's.
  [[nodiscard]] static core::Result<bool> hold_live(store::UnitOfWork& unit,
                                                    const core::CitizenId& citizen_id,
                                                    const ConsentNeed& need, core::Instant now);
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
  ConsentRules rules_;
};

}  // namespace privacy
