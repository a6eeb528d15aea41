// The privacy room's words: editions of public documents, acceptances and consents. Value types,
// safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/strong_id.h"

namespace privacy {

/// Public documents that appear in editions.
enum class EditionKind {
  kAgreement,
  kConsent,
  kPolicy,
  kRegistryPermission,
  kInformingDebts,
  kInformingHealth,
  kInformingProjects,
  kInformingSurveys,
};
inline constexpr std::array kAllEditionKinds{
    EditionKind::kAgreement,          EditionKind::kConsent,         EditionKind::kPolicy,
    EditionKind::kRegistryPermission, EditionKind::kInformingDebts,  EditionKind::kInformingHealth,
    EditionKind::kInformingProjects,  EditionKind::kInformingSurveys};
/// "registry-permission": the name in addresses and in the editions folder.
[[nodiscard]] std::string_view name_of(EditionKind kind);
[[nodiscard]] std::optional<EditionKind> find_edition_kind(std::string_view name);

/// One edition in one language, as it was and stays published.
struct Edition {
  EditionKind kind = EditionKind::kAgreement;
  int number = 0;
  std::string language;  ///< "ru", "en"
  std::string title;
  std::string text;
  std::string sha256;   ///< of the text, lower-case hexadecimal
  std::string summary;  ///< what the editor says changed; may be empty
  core::Instant published_at;
  core::Instant in_force_at;
};

/// Which bytes somebody was shown: proof of what was agreed to.
struct SeenEdition {
  EditionKind kind = EditionKind::kAgreement;
  int number = 0;
  std::string language;
  std::string sha256;
};

/// What a consent is for. Each has one document of its own; none is bundled with another. Informing
/// is one consent for each topic, and there is no topic for what sells something.
enum class ConsentPurpose {
  kAccount,
  kRegistryDocuments,
  kInformingDebts,
  kInformingHealth,
  kInformingProjects,
  kInformingSurveys,
};
/// All of them, in the order of the page.
inline constexpr std::array kAllConsentPurposes{
    ConsentPurpose::kAccount,           ConsentPurpose::kRegistryDocuments,
    ConsentPurpose::kInformingDebts,    ConsentPurpose::kInformingHealth,
    ConsentPurpose::kInformingProjects, ConsentPurpose::kInformingSurveys};
[[nodiscard]] std::string_view name_of(ConsentPurpose purpose);
[[nodiscard]] std::optional<ConsentPurpose> find_consent_purpose(std::string_view name);
/// The document by which it is given.
[[nodiscard]] EditionKind document_of(ConsentPurpose purpose);

/// Parts of a consent that can be given and taken back one by one: the channels of informing.
using Scope = std::vector<std::string>;
/// The parts a purpose has; none where it is given and taken back whole.
[[nodiscard]] const Scope& parts_of(ConsentPurpose purpose);

enum class ConsentState { kAbsent, kLive, kExpired, kWithdrawn };
/// "absent", "granted", "expired", "withdrawn".
[[nodiscard]] std::string_view name_of(ConsentState state);

/// One consent, from its grant to its end; never granted when granted_at is absent.
struct Consent {
  ConsentPurpose purpose = ConsentPurpose::kAccount;
  std::optional<core::Instant> granted_at;
  std::optional<core::Instant> withdrawn_at;
  std::optional<core::Instant> expires_at;  ///< the first moment it no longer holds
  std::optional<core::Instant> narrowed_at;
  Scope granted_scope;  ///< what was given
  Scope scope;          ///< what is left of it
  SeenEdition seen;

  /// Needs no job: what has expired is dead by the clock of whoever asks.
  [[nodiscard]] ConsentState state(core::Instant now) const;
  [[nodiscard]] bool is_live(core::Instant now) const { return state(now) == ConsentState::kLive; }
};

/// An agreement accepted.
struct Acceptance {
  SeenEdition seen;
  core::Instant accepted_at;
};

}  // namespace privacy
