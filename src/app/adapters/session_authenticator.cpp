#include "app/adapters/session_authenticator.h"

#include "api/identity/session_cookie.h"

namespace app {

core::Result<std::optional<http::Subject>> SessionAuthenticator::authenticate(
    const http::Request& request) {
  const auto token = request.cookie(api::kSessionCookie);
  if (!token || token->empty()) return std::optional<http::Subject>();
  TRY(const auto who, sessions_.authenticate(*token, request.received_at()));
  if (!who) return std::optional<http::Subject>();
  return std::optional(http::Subject{who->citizen_id, api::session_key(*who)});
}

bool SessionAuthenticator::csrf_ok(const http::Request& request, const http::Subject& subject) {
  const auto text = request.header("x-csrf-token");
  return text && sessions_.is_csrf_token(*text, api::who(subject).token_hash);
}

}  // namespace app
