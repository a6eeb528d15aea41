// ESIA in the identity room's words: which of its data become which attributes, and which refusals
// a person is told about. Safe from any thread.
#pragma once

#include <functional>

#include "edges/esia/esia_client.h"
#include "identity/assurance/identity_provider.h"

namespace app {

class EsiaProvider final : public identity::IdentityProvider {
 public:
  /// @param issuer  stands before the person's number in the subject.
  /// @param after_logout  where ESIA leads people who end their session there.
  EsiaProvider(edges::esia::EsiaClient& client, std::string issuer, std::string after_logout)
      : client_(client), issuer_(std::move(issuer)), after_logout_(std::move(after_logout)) {}

  /// Is told why ESIA let nobody in, with its error code; nothing of it is about the person. Set
  /// before the first request.
  void watch_refusals(std::function<void(const core::Error&)> watcher) {
    watcher_ = std::move(watcher);
  }

  [[nodiscard]] core::Result<identity::ProviderDeparture> begin(std::string_view language,
                                                                core::Instant now) override;
  [[nodiscard]] core::Result<identity::ProvenIdentity> redeem(
      const identity::ProviderReturn& back, const identity::ProviderDeparture& departure,
      core::Instant now) override;
  [[nodiscard]] std::string logout_url() const override {
    return client_.logout_url(after_logout_);
  }

 private:
  edges::esia::EsiaClient& client_;
  std::string issuer_;
  std::string after_logout_;
  std::function<void(const core::Error&)> watcher_;
};

}  // namespace app
