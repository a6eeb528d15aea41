// The registered relying parties that are live, for the public page about processing.
// Safe from any thread; the service must outlive it.
#pragma once

#include "openid/client/party_service.h"
#include "privacy/processing/processing_service.h"

namespace app {

class RegisteredParties final : public privacy::LiveParties {
 public:
  explicit RegisteredParties(openid::PartyService& parties) : parties_(parties) {}

  [[nodiscard]] core::Result<std::vector<privacy::LocalTexts>> live_parties(
      core::Instant now) override;

 private:
  openid::PartyService& parties_;
};

}  // namespace app
