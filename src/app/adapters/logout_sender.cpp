#include "app/adapters/logout_sender.h"

#include "http/parameters.h"

namespace app {

core::Result<int> LogoutFormSender::post_form(const std::string& url,
                                              const openid::Parameters& form) {
  std::string body;
  for (const auto& [name, value] : form) {
    if (!body.empty()) body += '&';
    body += http::percent_encode(name) + "=" + http::percent_encode(value);
  }
  TRY(const auto answer,
      client_.call({.method = http::Method::kPost,
                    .url = url,
                    .fields = {{"Content-Type", "application/x-www-form-urlencoded"}},
                    .body = std::move(body)}));
  return answer.status;
}

}  // namespace app
