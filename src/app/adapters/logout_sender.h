// Logout tokens on their way to relying parties, over the http client.
// Safe from any thread; the client must outlive it.
#pragma once

#include "http/client.h"
#include "openid/logout/logout_service.h"

namespace app {

class LogoutFormSender final : public openid::LogoutSender {
 public:
  explicit LogoutFormSender(http::HttpCaller& client) : client_(client) {}

  [[nodiscard]] core::Result<int> post_form(const std::string& url,
                                            const openid::Parameters& form) override;

 private:
  http::HttpCaller& client_;
};

}  // namespace app
