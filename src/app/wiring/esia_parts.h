// The connection to ESIA: keys, client and adapter, in the order of their needs. Made once by
// Platform, which gives the provider to the identity room; safe from any thread.
#pragma once

#include <memory>

#include "app/adapters/esia_provider.h"
#include "app/config/config.h"
#include "core/rng.h"
#include "http/client.h"

namespace app {

class EsiaParts {
 public:
  /// Loads keys and certificates; nullptr without [esia]. `rng` must outlive it.
  /// Errors: those of load_esia_signer and load_esia_certificates.
  [[nodiscard]] static core::Result<std::unique_ptr<EsiaParts>> make(const Config& config,
                                                                     core::Rng& rng);

  [[nodiscard]] EsiaProvider& provider() { return provider_; }

 private:
  EsiaParts(const Config& config, edges::esia::ClientSigner signer,
            std::vector<crypto::Certificate> certificates, core::Rng& rng);

  http::Client http_;
  edges::esia::EsiaClient client_;
  EsiaProvider provider_;
};

}  // namespace app
