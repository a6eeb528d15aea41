#include "privacy/consent_rules.h"

#include <algorithm>
#include <array>
#include <set>

namespace privacy {
namespace {

constexpr std::array<std::pair<ConsentField, std::string_view>, 7> kFields{{
    {ConsentField::kOperator, "operator"},
    {ConsentField::kPurpose, "purpose"},
    {ConsentField::kCategories, "categories"},
    {ConsentField::kOperations, "operations"},
    {ConsentField::kRecipients, "recipients"},
    {ConsentField::kTerm, "term"},
    {ConsentField::kWithdrawal, "withdrawal"},
}};

/// Whether the text has a part under this heading with something in it.
bool has_part(std::string_view text, std::string_view heading) {
  const std::string line = "# " + std::string(heading) + "\n";
  std::size_t at = text.starts_with(line) ? 0 : text.find("\n" + line);
  if (at == std::string_view::npos) return false;
  at = text.find('\n', at + (at == 0 ? 0 : 1)) + 1;
  const auto part = text.substr(at, text.find("\n# ", at) - at);
  return part.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

core::Status check_edition(const Edition& edition, const std::vector<RequiredField>& fields) {
  for (const auto& required : fields) {
    const auto headings = required.headings.find(edition.language);
    const bool told =
        headings != required.headings.end() &&
        std::any_of(headings->second.begin(), headings->second.end(),
                    [&](const auto& heading) { return has_part(edition.text, heading); });
    if (told) continue;
    return core::fail(core::ErrorCode::kInvalidInput, "editions.consent_incomplete",
                      std::string(name_of(edition.kind)) + "/" + std::to_string(edition.number) +
                          "." + edition.language + " has no part for \"" +
                          std::string(name_of(required.field)) + "\"");
  }
  return {};
}

}  // namespace

std::optional<ConsentField> find_consent_field(std::string_view name) {
  const auto* const found = std::find_if(kFields.begin(), kFields.end(),
                                         [&](const auto& one) { return one.second == name; });
  return found == kFields.end() ? std::nullopt : std::optional(found->first);
}

std::string_view name_of(ConsentField field) {
  return kFields.at(static_cast<std::size_t>(field)).second;
}

const ConsentRule* ConsentRules::find(std::string_view purpose) const {
  const auto found = rules.find(purpose);
  return found == rules.end() ? nullptr : &found->second;
}

std::optional<core::Instant> ConsentRules::longest(std::string_view purpose,
                                                   core::Instant now) const {
  const auto* rule = find(purpose);
  if (rule == nullptr || !rule->days) return std::nullopt;
  return now + std::chrono::hours(24) * *rule->days;
}

core::Status ConsentRules::check(const EditionLibrary& editions, core::Instant now) const {
  std::set<EditionKind> documents;
  for (const auto purpose : kAllConsentPurposes) documents.insert(document_of(purpose));
  for (const auto& edition : editions.all()) {
    if (!documents.contains(edition.kind)) continue;
    // What was in force once is history and stays as it was.
    const auto current = editions.current(edition.kind, edition.language, now);
    const bool past = current && edition.in_force_at < (*current)->in_force_at;
    if (past) continue;
    TRY_VOID(check_edition(edition, fields));
  }
  return {};
}

}  // namespace privacy
