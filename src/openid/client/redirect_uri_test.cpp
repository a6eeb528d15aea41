#include "openid/client/redirect_uri.h"

#include <gtest/gtest.h>

namespace openid {
namespace {

class RegisteredUri : public testing::TestWithParam<std::string_view> {};
class RefusedUri : public testing::TestWithParam<std::string_view> {};

TEST_P(RegisteredUri, IsTaken) { EXPECT_TRUE(check_registered_uri(GetParam(), true)); }
INSTANTIATE_TEST_SUITE_P(, RegisteredUri,
                         testing::Values("https://shop.example/cb", "https://shop.example",
                                         "https://shop.example:8443/cb?a=b", "http://localhost/cb",
                                         "http://127.0.0.1:8080/cb", "http://[::1]/cb",
                                         "com.example.app:/cb", "https://shop.example/a..b/.c"));

TEST_P(RefusedUri, IsRefused) {
  const auto checked = check_registered_uri(GetParam(), true);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().reason, "relying_party.uri");
}
INSTANTIATE_TEST_SUITE_P(
    , RefusedUri,
    testing::Values("", "shop.example/cb", "http://shop.example/cb", "HTTPS://shop.example/cb",
                    "https://Shop.example/cb", "https://shop.example/cb#part",
                    "https://user@shop.example/cb", "https://shop.example/./cb",
                    "https://shop.example/a/../cb", "https://shop.example/..",
                    "https://shop.example/%2e%2e/cb", "https://shop.example/a%2Fb",
                    "https://shop.example//cb", "https://*.example/cb", "https://shop.example\\cb",
                    "https://shop.example:/cb", "https://shop.example:port/cb",
                    "https://shop.example:123456/cb", "javascript:alert(1)", "myapp:/cb",
                    "com.example.app:cb", "https://shop.example/c b", "https://магазин.example/cb",
                    "http://127.0.0.1.evil.example/cb", "http://localhost.evil.example/cb"));

TEST(RegisteredUriOfASite, HasNoSchemeOfAnApp) {
  EXPECT_FALSE(check_registered_uri("com.example.app:/cb", false));
}

TEST(RegisteredUriLength, IsBounded) {
  const std::string stem = "https://shop.example/";
  EXPECT_TRUE(check_registered_uri(stem + std::string(kUriBytesMax - stem.size(), 'a'), false));
  EXPECT_FALSE(
      check_registered_uri(stem + std::string(kUriBytesMax - stem.size() + 1, 'a'), false));
}

struct Asked {
  std::string_view uri;
  bool by_site;
  bool by_app;
};
class AskedUri : public testing::TestWithParam<Asked> {};

TEST_P(AskedUri, IsComparedAsText) {
  const Texts registered{"https://shop.example/cb", "http://127.0.0.1/cb", "http://[::1]/cb",
                         "http://127.0.0.1:5000/fixed"};
  RelyingParty site;
  RelyingParty app;
  app.auth = ClientAuth::kNone;
  EXPECT_EQ(is_registered_uri(site, registered, GetParam().uri), GetParam().by_site);
  EXPECT_EQ(is_registered_uri(app, registered, GetParam().uri), GetParam().by_app);
}
INSTANTIATE_TEST_SUITE_P(, AskedUri,
                         testing::Values(Asked{"https://shop.example/cb", true, true},
                                         Asked{"https://shop.example/cb/", false, false},
                                         Asked{"https://shop.example/CB", false, false},
                                         Asked{"https://SHOP.example/cb", false, false},
                                         Asked{"https://shop.example/./cb", false, false},
                                         Asked{"https://shop.example/x/../cb", false, false},
                                         Asked{"https://user@shop.example/cb", false, false},
                                         Asked{"https://shop.example:443/cb", false, false},
                                         Asked{"https://shop.example/cb?x=1", false, false},
                                         Asked{"https://shop.example/cb#x", false, false},
                                         Asked{"http://shop.example/cb", false, false},
                                         Asked{"https://shop.example.evil.example/cb", false,
                                               false},
                                         Asked{"http://127.0.0.1/cb", true, true},
                                         Asked{"http://127.0.0.1:49152/cb", false, true},
                                         Asked{"http://[::1]:49152/cb", false, true},
                                         Asked{"http://localhost:49152/cb", false, false},
                                         Asked{"http://127.0.0.1:49152/cb/", false, false},
                                         Asked{"http://127.0.0.1:/cb", false, false},
                                         Asked{"http://127.0.0.1:1@evil.example/cb", false, false},
                                         Asked{"http://127.0.0.1:123456/cb", false, false},
                                         Asked{"http://127.0.0.1:6000/fixed", false, false},
                                         Asked{"https://127.0.0.1:49152/cb", false, false}));

}  // namespace
}  // namespace openid
