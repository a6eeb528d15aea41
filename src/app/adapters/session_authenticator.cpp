#include "app/adapters/session_authenticator.h"

#include <algorithm>
#include <array>

#include "api/identity/session_cookie.h"

namespace app {
namespace {

/// What an account that is being closed may still do: look, stay, take its data along, go.
constexpr std::array<std::string_view, 4> kServesFrozen{
    "/api/v1/me", "/api/v1/me/deletion", "/api/v1/me/export", "/api/v1/sessions/current"};

bool serves_frozen(const http::Request& request) {
  return std::find(kServesFrozen.begin(), kServesFrozen.end(), request.path()) !=
         kServesFrozen.end();
}

}  // namespace

core::Result<std::optional<http::Subject>> SessionAuthenticator::authenticate(
    const http::Request& request) {
  const auto token = request.cookie(api::kSessionCookie);
  if (!token || token->empty()) return std::optional<http::Subject>();
  TRY(const auto who, sessions_.authenticate(*token, request.received_at()));
  if (!who) return std::optional<http::Subject>();
  if (!serves_frozen(request) && frozen_.contains(who->citizen_id)) {
    return core::fail(core::ErrorCode::kForbidden, "http.account_frozen");
  }
  return std::optional(http::Subject{who->citizen_id, api::session_key(*who)});
}

bool SessionAuthenticator::csrf_ok(const http::Request& request, const http::Subject& subject) {
  const auto text = request.header("x-csrf-token");
  return text && sessions_.is_csrf_token(*text, api::who(subject).token_hash);
}

}  // namespace app
