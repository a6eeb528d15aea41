#include "api/identity/session_cookie.h"

#include <algorithm>
#include <array>

#include "core/assert.h"
#include "identity/session/session_service.h"

namespace api {
namespace {

constexpr std::int64_t kSessionSeconds = 30LL * 24 * 3600;
constexpr std::int64_t kDeviceSeconds =
    std::chrono::duration_cast<std::chrono::seconds>(identity::DeviceMarks::kLife).count();
constexpr std::int64_t kChallengeSeconds = 2LL * 3600;
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kMomentBytes = 8;
constexpr std::size_t kHashAt = kIdBytes + kMomentBytes + 2;

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

http::SetCookie challenge_cookie(std::string_view browser) {
  return {.name = std::string(kChallengeCookie),
          .value = std::string(browser),
          .max_age_s = kChallengeSeconds};
}

void put_session(http::Response& response, const identity::OpenedSession& opened) {
  response.with(session_cookie(opened.token));
  response.with(http::SetCookie{.name = std::string(kDeviceCookie),
                                .value = opened.device_mark,
                                .max_age_s = kDeviceSeconds});
}

http::SetCookie expired_cookie(std::string_view name) {
  return {.name = std::string(name), .value = {}, .max_age_s = 0};
}

core::Bytes session_key(const identity::Authenticated& who) {
  const auto id = who.session_id.bytes();
  core::Bytes key(id.begin(), id.end());
  key.reserve(kHashAt + who.token_hash.size());
  auto micros = static_cast<std::uint64_t>(who.authenticated_at.micros());
  for (std::size_t i = 0; i < kMomentBytes; ++i, micros >>= 8U) {
    key.push_back(static_cast<std::uint8_t>(micros));
  }
  key.push_back(who.amr.bits());
  key.push_back(static_cast<std::uint8_t>(who.aal));
  key.insert(key.end(), who.token_hash.begin(), who.token_hash.end());
  return key;
}

identity::Authenticated who(const http::Subject& subject) {
  const core::ByteView key(subject.session_key);
  CORE_ASSERT(key.size() > kHashAt);
  const auto session_id = identity::SessionId::from_bytes(key.first(kIdBytes));
  CORE_ASSERT(session_id.has_value());
  std::uint64_t micros = 0;
  for (std::size_t i = kMomentBytes; i > 0; --i) micros = micros << 8U | key[kIdBytes + i - 1];
  return {.citizen_id = subject.citizen_id,
          .session_id = *session_id,
          .token_hash = core::to_bytes(key.subspan(kHashAt)),
          .authenticated_at = core::Instant::from_micros(static_cast<std::int64_t>(micros)),
          .amr = identity::AmrSet::from_bits(key[kIdBytes + kMomentBytes]),
          .aal = key[kIdBytes + kMomentBytes + 1] == 2 ? identity::Aal::kTwo : identity::Aal::kOne};
}

identity::Device device_of(const http::Request& request) {
  const auto user_agent = request.header("user-agent").value_or("");
  const auto browser = find_sign(user_agent, kBrowsers);
  const auto system = find_sign(user_agent, kSystems);
  std::string description(browser);
  if (!browser.empty() && !system.empty()) description += ", ";
  description += system;
  return {std::move(description), request.client().prefix(),
          request.cookie(kDeviceCookie).value_or("")};
}

}  // namespace api
