// ConsentRules: what the law of the place says about consents: for how long one may be given, by
// which norm, and which parts its document has to have. Read from jurisdictions/<code>.toml by app/
// and checked against the editions before the server starts. Value types.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "privacy/edition_library.h"
#include "privacy/norm_texts.h"
#include "privacy/types.h"

namespace privacy {

/// What every document of a consent has to tell, by its own heading.
enum class ConsentField {
  kOperator,
  kPurpose,
  kCategories,
  kOperations,
  kRecipients,
  kTerm,
  kWithdrawal,
};
[[nodiscard]] std::optional<ConsentField> find_consent_field(std::string_view name);
/// "operator", "withdrawal".
[[nodiscard]] std::string_view name_of(ConsentField field);

struct RequiredField {
  ConsentField field = ConsentField::kOperator;
  /// By language: headings under which a document may tell it; one of them has to be there.
  std::map<std::string, std::vector<std::string>, std::less<>> headings;
};

/// The rule of one purpose; "party" is the consent to pass data to somebody named.
struct ConsentRule {
  std::string basis;        ///< the norm
  std::optional<int> days;  ///< longest term; absent = until it is withdrawn
};

struct ConsentRules {
  std::string document_basis;  ///< the norm that says what a document has to tell
  std::vector<RequiredField> fields;
  std::map<std::string, ConsentRule, std::less<>> rules;
  NormTexts norms;  ///< the norms in other languages

  static constexpr std::string_view kPartyRule = "party";

  [[nodiscard]] const ConsentRule* find(std::string_view purpose) const;
  /// Until when a consent given now holds at the longest; absent = until it is withdrawn.
  [[nodiscard]] std::optional<core::Instant> longest(std::string_view purpose,
                                                     core::Instant now) const;
  /// Whether every edition by which a consent can be given now or later tells what it has to.
  /// Errors: kInvalidInput "editions.consent_incomplete" (detail: which, and what it lacks).
  [[nodiscard]] core::Status check(const EditionLibrary& editions, core::Instant now) const;
};

}  // namespace privacy
