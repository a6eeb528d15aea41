#include "app/adapters/registry_source.h"

namespace app {

using core::ErrorCode;
using core::fail;

core::Result<std::string> RegistrySource::fetch(wallet::DocumentKind kind,
                                                const core::Secret<std::string>& snils) {
  const auto service = service_of(kind);
  if (service.empty()) return fail(ErrorCode::kNotFound, "registry.not_found", "no such service");
  if (client_ == nullptr) {
    return fail(ErrorCode::kUnavailable, "registry.unavailable", "no registries configured");
  }
  TRY(const auto answer, client_->find(service, snils.reveal(), now_()));
  return codec::to_text(answer);
}

std::string RegistrySource::service_of(wallet::DocumentKind kind) const {
  if (kind == wallet::DocumentKind::kStatuses) return jurisdiction_.statuses.service;
  const auto* document = jurisdiction_.find_document(kind);
  return document == nullptr ? std::string() : document->service;
}

}  // namespace app
