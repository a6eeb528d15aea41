// Ended sessions on their way to the relying parties they were used at.
// Safe from any thread; the service must outlive it.
#pragma once

#include "identity/session/session_service.h"
#include "openid/logout/logout_service.h"

namespace app {

class OpenidSessionEndings final : public identity::SessionEndings {
 public:
  explicit OpenidSessionEndings(openid::LogoutService& logouts) : logouts_(logouts) {}

  [[nodiscard]] core::Status sessions_ended(store::UnitOfWork& unit,
                                            const core::CitizenId& citizen_id,
                                            const std::optional<identity::SessionId>& ended,
                                            const std::optional<identity::SessionId>& kept,
                                            core::Instant now) override {
    const auto bytes = [](const std::optional<identity::SessionId>& id) {
      return id ? id->bytes() : core::ByteView();
    };
    return logouts_.sessions_ended(unit, citizen_id, bytes(ended), bytes(kept), now);
  }

 private:
  openid::LogoutService& logouts_;
};

}  // namespace app
