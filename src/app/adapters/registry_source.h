// The registries in the wallet's words: which service knows which document.
// Safe from any thread; what it refers to must outlive it.
#pragma once

#include <functional>

#include "app/config/jurisdiction.h"
#include "edges/registry/registry_client.h"
#include "wallet/document_service.h"

namespace app {

class RegistrySource final : public wallet::DocumentSource {
 public:
  using Now = std::function<core::Instant()>;

  /// `client` may be null (no registries configured): every answer is then "unavailable".
  RegistrySource(edges::registry::RegistryClient* client, const Jurisdiction& jurisdiction, Now now)
      : client_(client), jurisdiction_(jurisdiction), now_(std::move(now)) {}

  [[nodiscard]] core::Result<std::string> fetch(wallet::DocumentKind kind,
                                                const core::Secret<std::string>& snils) override;

 private:
  [[nodiscard]] std::string service_of(wallet::DocumentKind kind) const;

  edges::registry::RegistryClient* client_;
  const Jurisdiction& jurisdiction_;
  Now now_;
};

}  // namespace app
