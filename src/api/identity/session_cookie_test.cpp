#include "api/identity/session_cookie.h"

#include <gtest/gtest.h>

namespace api {
namespace {

std::string described(std::string_view user_agent) {
  http::RequestParts parts;
  parts.fields = {{"user-agent", std::string(user_agent)}};
  return device_of(http::Request(std::move(parts))).description;
}

TEST(SessionCookie, IsBoundToTheHostAndHiddenFromScripts) {
  const auto field = http::to_field(session_cookie(identity::Token("abc")));
  EXPECT_TRUE(field.starts_with("__Host-session=abc;")) << field;
  for (const auto* attribute : {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}) {
    EXPECT_NE(field.find(attribute), std::string::npos) << attribute;
  }
  EXPECT_EQ(field.find("Domain"), std::string::npos);
}

TEST(SessionCookie, LivesAsLongAsASession) {
  EXPECT_EQ(session_cookie(identity::Token("abc")).max_age_s, 30LL * 24 * 3600);
}

TEST(SessionCookie, IsTakenAwayEmpty) {
  const auto field = http::to_field(expired_cookie(kSessionCookie));
  EXPECT_TRUE(field.starts_with("__Host-session=;")) << field;
  EXPECT_NE(field.find("Max-Age=0"), std::string::npos) << field;
}

TEST(SessionKey, LeadsBackToWhoIsSignedIn) {
  const identity::Authenticated before{core::CitizenId(core::UuidBytes{1}),
                                       identity::SessionId(core::UuidBytes{2}),
                                       core::Bytes(32, 7),
                                       core::Instant::from_micros(1'795'000'000'123'456),
                                       {identity::Amr::kPwd, identity::Amr::kOtp},
                                       identity::Aal::kTwo};
  const auto after = who(http::Subject{before.citizen_id, session_key(before)});
  EXPECT_EQ(after.citizen_id, before.citizen_id);
  EXPECT_EQ(after.session_id, before.session_id);
  EXPECT_EQ(after.token_hash, before.token_hash);
  EXPECT_EQ(after.authenticated_at, before.authenticated_at);
  EXPECT_EQ(after.amr, before.amr);
  EXPECT_EQ(after.aal, before.aal);
}

TEST(Device, IsNamedAsAPersonWouldNameIt) {
  EXPECT_EQ(described("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like "
                      "Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"),
            "Chrome, Android");
  EXPECT_EQ(described("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
                      " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"),
            "Safari, iPhone");
  EXPECT_EQ(described("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                      "Gecko) Chrome/124.0.0.0 YaBrowser/24.6.0 Safari/537.36"),
            "Яндекс Браузер, Windows");
}

TEST(Device, IsNamelessRatherThanWhatTheSenderWrote) {
  EXPECT_EQ(described(""), "");
  EXPECT_EQ(described("<script>alert(1)</script>"), "");
  EXPECT_EQ(described(std::string(8000, 'x')), "");
}

TEST(Device, ComesFromANetworkNotFromAnAddress) {
  http::RequestParts parts;
  parts.client = http::ClientAddress::parse("203.0.113.77").value();
  EXPECT_EQ(device_of(http::Request(std::move(parts))).network, "203.0.113.0/24");
}

}  // namespace
}  // namespace api
