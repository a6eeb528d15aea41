#include "app/adapters/session_authenticator.h"

#include <algorithm>
#include <array>

#include "api/identity/session_cookie.h"

namespace app {
namespace {

/// What an account that is being closed may still do: look, stay, take its data along, read what
/// its requests were answered, go.
constexpr std::array<std::string_view, 5> kServesFrozen{
    "/api/v1/me", "/api/v1/me/deletion", "/api/v1/me/export", "/api/v1/sessions/current",
    "/api/v1/sessions/current/reauthentication"};
constexpr std::string_view kRequests = "/api/v1/subject-requests";

bool serves_frozen(const http::Request& request) {
  const auto path = request.path();
  if (path.starts_with(kRequests)) return request.method() == http::Method::kGet;
  return std::find(kServesFrozen.begin(), kServesFrozen.end(), path) != kServesFrozen.end();
}

/// What stays open while an edition of the agreement in force is not accepted: reading and
/// accepting it, leaving, and every right that the law gives and no contract takes.
constexpr std::array<std::string_view, 8> kServesUnaccepted{
    "/api/v1/me",          "/api/v1/me/editions", "/api/v1/me/editions/agreement",
    "/api/v1/me/export",   "/api/v1/my-data",     "/api/v1/operations",
    "/api/v1/staff/roles", "/api/v1/me/functions"};
constexpr std::array<std::string_view, 7> kServesUnacceptedUnder{
    "/api/v1/me/deletion", "/api/v1/sessions",      "/api/v1/subject-requests", "/api/v1/consents",
    "/api/v1/log/",        "/api/v1/data-tracker/", "/api/v1/me/blocks"};

bool serves_unaccepted(const http::Request& request) {
  const auto path = request.path();
  return std::find(kServesUnaccepted.begin(), kServesUnaccepted.end(), path) !=
             kServesUnaccepted.end() ||
         std::any_of(kServesUnacceptedUnder.begin(), kServesUnacceptedUnder.end(),
                     [&](std::string_view under) { return path.starts_with(under); });
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
  if (!serves_unaccepted(request)) {
    TRY(const bool must, editions_.must_accept(who->citizen_id, request.received_at()));
    if (must) return core::fail(core::ErrorCode::kForbidden, "edition.not_accepted");
  }
  return std::optional(http::Subject{who->citizen_id, api::session_key(*who)});
}

bool SessionAuthenticator::csrf_ok(const http::Request& request, const http::Subject& subject) {
  const auto text = request.header("x-csrf-token");
  return text && sessions_.is_csrf_token(*text, api::who(subject).token_hash);
}

}  // namespace app
