// ESIA in the identity room's words: which of its data become which attributes, and which refusals
// a person is told about. Safe from any thread.
#pragma once

#include "edges/esia/esia_client.h"
#include "identity/assurance/identity_provider.h"

namespace app {

class EsiaProvider final : public identity::IdentityProvider {
 public:
  /// @param issuer  stands before the person's number in the subject.
  EsiaProvider(edges::esia::EsiaClient& client, std::string issuer)
      : client_(client), issuer_(std::move(issuer)) {}

  [[nodiscard]] core::Result<identity::ProviderDeparture> begin(std::string_view language,
                                                                core::Instant now) override;
  [[nodiscard]] core::Result<identity::ProvenIdentity> redeem(
      const identity::ProviderReturn& back, const identity::ProviderDeparture& departure,
      core::Instant now) override;

 private:
  edges::esia::EsiaClient& client_;
  std::string issuer_;
};

}  // namespace app
