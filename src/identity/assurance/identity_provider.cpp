#include "identity/assurance/identity_provider.h"

#include "core/assert.h"

namespace identity {

using core::ErrorCode;
using core::fail;

IdentityProviders::IdentityProviders(std::vector<NamedProvider> list) {
  for (auto& one : list) {
    for (const auto& earlier : list_) CORE_ASSERT(earlier.id != one.id);
    CORE_ASSERT(one.provider != nullptr);
    list_.push_back(std::move(one));
  }
}

core::Result<const NamedProvider*> IdentityProviders::choose(std::string_view id) const {
  if (list_.empty()) return fail(ErrorCode::kUnavailable, "provider.unavailable", "not configured");
  if (id.empty()) {
    if (list_.size() == 1) return &list_.front();
    return fail(ErrorCode::kInvalidInput, "provider.required");
  }
  for (const auto& one : list_) {
    if (one.id == id) return &one;
  }
  return fail(ErrorCode::kInvalidInput, "provider.unknown");
}

std::string provider_source(std::string_view id) { return "identity_provider:" + std::string(id); }

}  // namespace identity
