#include "privacy/types.h"

#include <array>
#include <utility>

namespace privacy {
namespace {

constexpr std::array<std::pair<EditionKind, std::string_view>, 8> kKinds{{
    {EditionKind::kAgreement, "agreement"},
    {EditionKind::kConsent, "consent"},
    {EditionKind::kPolicy, "policy"},
    {EditionKind::kRegistryPermission, "registry-permission"},
    {EditionKind::kInformingDebts, "informing-debts"},
    {EditionKind::kInformingHealth, "informing-health"},
    {EditionKind::kInformingProjects, "informing-projects"},
    {EditionKind::kInformingSurveys, "informing-surveys"},
}};
constexpr std::array<std::pair<ConsentPurpose, std::string_view>, 6> kPurposes{{
    {ConsentPurpose::kAccount, "account"},
    {ConsentPurpose::kRegistryDocuments, "registry_documents"},
    {ConsentPurpose::kInformingDebts, "informing_debts"},
    {ConsentPurpose::kInformingHealth, "informing_health"},
    {ConsentPurpose::kInformingProjects, "informing_projects"},
    {ConsentPurpose::kInformingSurveys, "informing_surveys"},
}};

template <typename Table>
auto find_in(const Table& table, std::string_view name)
    -> std::optional<typename Table::value_type::first_type> {
  for (const auto& [value, known] : table) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(EditionKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind)).second;
}
std::optional<EditionKind> find_edition_kind(std::string_view name) {
  return find_in(kKinds, name);
}

std::string_view name_of(ConsentPurpose purpose) {
  return kPurposes.at(static_cast<std::size_t>(purpose)).second;
}
std::optional<ConsentPurpose> find_consent_purpose(std::string_view name) {
  return find_in(kPurposes, name);
}

EditionKind document_of(ConsentPurpose purpose) {
  switch (purpose) {
    case ConsentPurpose::kAccount:
      return EditionKind::kConsent;
    case ConsentPurpose::kRegistryDocuments:
      return EditionKind::kRegistryPermission;
    case ConsentPurpose::kInformingDebts:
      return EditionKind::kInformingDebts;
    case ConsentPurpose::kInformingHealth:
      return EditionKind::kInformingHealth;
    case ConsentPurpose::kInformingProjects:
      return EditionKind::kInformingProjects;
    case ConsentPurpose::kInformingSurveys:
      return EditionKind::kInformingSurveys;
  }
  return EditionKind::kConsent;
}

const Scope& parts_of(ConsentPurpose purpose) {
  static const Scope kWhole;
  static const Scope kChannels{"sms", "email", "cabinet"};
  const bool whole =
      purpose == ConsentPurpose::kAccount || purpose == ConsentPurpose::kRegistryDocuments;
  return whole ? kWhole : kChannels;
}

std::string_view name_of(ConsentState state) {
  switch (state) {
    case ConsentState::kAbsent:
      return "absent";
    case ConsentState::kLive:
      return "granted";
    case ConsentState::kExpired:
      return "expired";
    case ConsentState::kWithdrawn:
      return "withdrawn";
  }
  return "absent";
}

ConsentState Consent::state(core::Instant now) const {
  if (!granted_at) return ConsentState::kAbsent;
  if (withdrawn_at) return ConsentState::kWithdrawn;
  if (expires_at && *expires_at <= now) return ConsentState::kExpired;
  return ConsentState::kLive;
}

}  // namespace privacy
