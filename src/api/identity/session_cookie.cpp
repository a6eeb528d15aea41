#include "api/identity/session_cookie.h"

#include <algorithm>
#include <array>

#include "core/assert.h"

namespace api {
namespace {

constexpr std::int64_t kSessionSeconds = 30LL * 24 * 3600;
constexpr std::size_t kIdBytes = 16;

struct Sign {
  std::string_view part;
  std::string_view name;
};
// In this order: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
constexpr std::array<Sign, 8> kBrowsers{{{"YaBrowser/", "Яндекс Браузер"},
                                         {"Edg/", "Edge"},
                                         {"OPR/", "Opera"},
                                         {"SamsungBrowser/", "Samsung Internet"},
                                         {"Firefox/", "Firefox"},
                                         {"Chrome/", "Chrome"},
                                         {"Safari/", "Safari"},
                                         {"curl/", "curl"}}};
constexpr std::array<Sign, 7> kSystems{{{"Android", "Android"},
                                        {"iPhone", "iPhone"},
                                        {"iPad", "iPad"},
                                        {"Windows", "Windows"},
                                        {"Mac OS X", "macOS"},
                                        {"CrOS", "ChromeOS"},
                                        {"Linux", "Linux"}}};

template <std::size_t size>
std::string_view find_sign(std::string_view user_agent, const std::array<Sign, size>& signs) {
  for (const auto& sign : signs) {
    if (user_agent.find(sign.part) != std::string_view::npos) return sign.name;
  }
  return {};
}

}  // namespace

http::SetCookie session_cookie(const identity::Token& token) {
  return {
      .name = std::string(kSessionCookie), .value = token.reveal(), .max_age_s = kSessionSeconds};
}

http::SetCookie expired_cookie(std::string_view name) {
  return {.name = std::string(name), .value = {}, .max_age_s = 0};
}

core::Bytes session_key(const identity::Authenticated& who) {
  const auto id = who.session_id.bytes();
  core::Bytes key(id.size() + who.token_hash.size());
  const auto end_of_id = std::copy(id.begin(), id.end(), key.begin());
  std::copy(who.token_hash.begin(), who.token_hash.end(), end_of_id);
  return key;
}

identity::Authenticated who(const http::Subject& subject) {
  const core::ByteView key(subject.session_key);
  CORE_ASSERT(key.size() > kIdBytes);
  const auto session_id = identity::SessionId::from_bytes(key.first(kIdBytes));
  CORE_ASSERT(session_id.has_value());
  return {subject.citizen_id, *session_id, core::to_bytes(key.subspan(kIdBytes))};
}

identity::Device device_of(const http::Request& request) {
  const auto user_agent = request.header("user-agent").value_or("");
  const auto browser = find_sign(user_agent, kBrowsers);
  const auto system = find_sign(user_agent, kSystems);
  std::string description(browser);
  if (!browser.empty() && !system.empty()) description += ", ";
  description += system;
  return {std::move(description), request.client().prefix()};
}

}  // namespace api
