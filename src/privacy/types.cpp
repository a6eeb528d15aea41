#include "privacy/types.h"

#include <array>
#include <utility>

namespace privacy {
namespace {

constexpr std::array<std::pair<EditionKind, std::string_view>, 4> kKinds{{
    {EditionKind::kAgreement, "agreement"},
    {EditionKind::kConsent, "consent"},
    {EditionKind::kPolicy, "policy"},
    {EditionKind::kRegistryPermission, "registry-permission"},
}};
constexpr std::array<std::pair<ConsentPurpose, std::string_view>, 2> kPurposes{{
    {ConsentPurpose::kAccount, "account"},
    {ConsentPurpose::kRegistryDocuments, "registry_documents"},
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
  }
  return EditionKind::kConsent;
}

}  // namespace privacy
