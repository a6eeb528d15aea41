// Facts of a session in the OpenID Provider's words. Safe from any thread; the service must
// outlive it.
#pragma once

#include "identity/assurance/assurance_service.h"
#include "openid/types.h"

namespace app {

class OpenidSignIns final : public openid::SignIns {
 public:
  explicit OpenidSignIns(identity::AssuranceService& assurance) : assurance_(assurance) {}

  [[nodiscard]] core::Result<openid::SignedIn> find(const core::CitizenId& citizen_id,
                                                    core::ByteView session_key,
                                                    core::Instant now) override;

 private:
  identity::AssuranceService& assurance_;
};

}  // namespace app
