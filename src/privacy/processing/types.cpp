#include "privacy/processing/types.h"

namespace privacy {
namespace {

constexpr std::string_view kDestroyName = "destroy";
constexpr std::string_view kKeepName = "keep_without_person";

}  // namespace

std::string_view name_of(AfterTerm after) {
  return after == AfterTerm::kDestroy ? kDestroyName : kKeepName;
}

std::optional<AfterTerm> find_after_term(std::string_view name) {
  if (name == kDestroyName) return AfterTerm::kDestroy;
  if (name == kKeepName) return AfterTerm::kKeepWithoutPerson;
  return std::nullopt;
}

std::vector<std::string> ProcessingRegister::sources_of(const ProcessingPurpose& purpose) const {
  std::vector<std::string> found;
  for (const auto& name : purpose.categories) {
    const auto* category = find_named(categories, name);
    if (category == nullptr) continue;
    for (const auto& source : category->sources) {
      if (std::find(found.begin(), found.end(), source) == found.end()) found.push_back(source);
    }
  }
  return found;
}

std::vector<const ProcessingPurpose*> ProcessingRegister::purposes_of(
    std::string_view category) const {
  std::vector<const ProcessingPurpose*> found;
  for (const auto& purpose : purposes) {
    const auto& names = purpose.categories;
    if (std::find(names.begin(), names.end(), category) != names.end()) found.push_back(&purpose);
  }
  return found;
}

}  // namespace privacy
