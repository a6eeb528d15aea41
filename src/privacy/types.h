// The privacy room's words: editions of public documents, acceptances and consents. Value types,
// safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/strong_id.h"

namespace privacy {

/// Public documents that appear in editions.
enum class EditionKind { kAgreement, kConsent, kPolicy, kRegistryPermission };
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
  std::string sha256;  ///< of the text, lower-case hexadecimal
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

/// What a consent is for. Each has one document of its own; none is bundled with another.
enum class ConsentPurpose { kAccount, kRegistryDocuments };
[[nodiscard]] std::string_view name_of(ConsentPurpose purpose);
[[nodiscard]] std::optional<ConsentPurpose> find_consent_purpose(std::string_view name);
/// The document by which it is given.
[[nodiscard]] EditionKind document_of(ConsentPurpose purpose);

/// The last word on one purpose; no grant at all when granted_at is absent.
struct Consent {
  ConsentPurpose purpose = ConsentPurpose::kAccount;
  std::optional<core::Instant> granted_at;
  std::optional<core::Instant> withdrawn_at;
  SeenEdition seen;

  [[nodiscard]] bool is_live() const { return granted_at && !withdrawn_at; }
};

/// An agreement accepted.
struct Acceptance {
  SeenEdition seen;
  core::Instant accepted_at;
};

}  // namespace privacy
