#include "wallet/types.h"

namespace wallet {
namespace {

constexpr std::array<std::string_view, 6> kKinds{"passport", "driving_licence", "snils", "oms",
                                                 "inn",      "statuses"};
constexpr std::array<std::string_view, 5> kStates{"absent", "fetching", "ready", "not_found",
                                                  "unavailable"};

}  // namespace

std::string_view name_of(DocumentKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

std::optional<DocumentKind> find_document_kind(std::string_view name) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds.at(i) == name) return static_cast<DocumentKind>(i);
  }
  return std::nullopt;
}

std::optional<DocumentKind> find_card(std::string_view name) {
  const auto kind = find_document_kind(name);
  return kind == DocumentKind::kStatuses ? std::nullopt : kind;
}

std::string_view name_of(DocumentState state) {
  return kStates.at(static_cast<std::size_t>(state));
}

DocumentState document_state_from(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (kStates.at(i) == name) return static_cast<DocumentState>(i);
  }
  return DocumentState::kAbsent;
}

const DocumentField* DocumentRecord::find(std::string_view name) const {
  for (const auto& field : fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

}  // namespace wallet
