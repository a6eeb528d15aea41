#include "http/router.h"

#include <gtest/gtest.h>

namespace http {
namespace {

Route route(Method method, std::string pattern) {
  Route made;
  made.method = method;
  made.pattern = std::move(pattern);
  made.operation_id = "test";
  made.handler = [](const Request&) -> core::Result<Response> { return no_content(); };
  return made;
}

Router sample() {
  return *Router::make({route(Method::kGet, "/"), route(Method::kGet, "/a/{id}"),
                        route(Method::kDelete, "/a/{id}"), route(Method::kGet, "/a/me"),
                        route(Method::kGet, "/a/{id}/b/{other_id}")});
}

std::size_t index_of(const Router& router, Method method, std::string_view path) {
  const auto match = router.match(method, path);
  const auto* found = std::get_if<Router::Found>(&match);
  return found != nullptr ? found->index : 99;
}

TEST(Router, FindsStaticSegmentsBeforeParams) {
  const auto router = sample();
  EXPECT_EQ(index_of(router, Method::kGet, "/"), 0U);
  EXPECT_EQ(index_of(router, Method::kGet, "/a/7"), 1U);
  EXPECT_EQ(index_of(router, Method::kDelete, "/a/7"), 2U);
  EXPECT_EQ(index_of(router, Method::kGet, "/a/me"), 3U);
  EXPECT_EQ(index_of(router, Method::kHead, "/a/me"), 3U);
}

TEST(Router, TriesTheParamWhereTheStaticSegmentLeadsNowhere) {
  const auto router =
      *Router::make({route(Method::kGet, "/a/me/picture"), route(Method::kDelete, "/a/{id}"),
                     route(Method::kPost, "/a/{id}/refresh"), route(Method::kGet, "/a/you")});
  EXPECT_EQ(index_of(router, Method::kGet, "/a/me/picture"), 0U);
  EXPECT_EQ(index_of(router, Method::kPost, "/a/me/refresh"), 2U);
  const auto match = router.match(Method::kDelete, "/a/me");
  const auto& found = std::get<Router::Found>(match);
  EXPECT_EQ(found.index, 1U);
  ASSERT_EQ(found.path_params.size(), 1U);
  EXPECT_EQ(found.path_params[0].second, "me");
  // A static path that has a route of its own is never also the parameter's.
  EXPECT_TRUE(std::holds_alternative<Router::WrongMethod>(router.match(Method::kDelete, "/a/you")));
  EXPECT_TRUE(std::holds_alternative<Router::NotFound>(router.match(Method::kGet, "/a/me/x")));
}

TEST(Router, NamesAndDecodesParams) {
  const auto router = sample();
  const auto match = router.match(Method::kGet, "/a/%D0%B9/b/2");
  const auto& found = std::get<Router::Found>(match);
  ASSERT_EQ(found.path_params.size(), 2U);
  EXPECT_EQ(found.path_params[0], (std::pair<std::string, std::string>("id", "й")));
  EXPECT_EQ(found.path_params[1], (std::pair<std::string, std::string>("other_id", "2")));
}

TEST(Router, FindsNothingUnderOtherSpellings) {
  const auto router = sample();
  for (const auto* path : {"", "a/7", "/a", "/a/", "/a//", "/a/7/", "//a/7", "/A/7", "/a/./7",
                           "/a/%2F", "/a/%00", "/a/%ff", "/a/%", "/a/x%2Fy", "/b"}) {
    EXPECT_TRUE(std::holds_alternative<Router::NotFound>(router.match(Method::kGet, path))) << path;
  }
}

TEST(Router, TellsWhichMethodsAPathHas) {
  const auto router = sample();
  const auto match = router.match(Method::kPost, "/a/7");
  EXPECT_EQ(std::get<Router::WrongMethod>(match).allow, "GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(router.allow("/nowhere"), "");
}

TEST(Router, RefusesTablesThatMeanTwoThings) {
  const auto refused = [](std::vector<Route> routes) {
    const auto made = Router::make(std::move(routes));
    return !made && made.error().reason == "http.route_invalid";
  };
  EXPECT_TRUE(refused({route(Method::kGet, "/a"), route(Method::kGet, "/a")}));
  EXPECT_TRUE(refused({route(Method::kGet, "/a/{x}"), route(Method::kGet, "/a/{y}")}));
  EXPECT_TRUE(refused({route(Method::kGet, "a")}));
  EXPECT_TRUE(refused({route(Method::kGet, "/a/")}));
  EXPECT_TRUE(refused({route(Method::kGet, "/a//b")}));
  EXPECT_TRUE(refused({route(Method::kHead, "/a")}));

  auto nameless = route(Method::kGet, "/a");
  nameless.operation_id.clear();
  EXPECT_TRUE(refused({nameless}));
  auto inline_session = route(Method::kGet, "/a");
  inline_session.execution = Execution::kInline;
  EXPECT_TRUE(refused({inline_session}));
  inline_session.execution = Execution::kKeyedRead;
  EXPECT_FALSE(refused({inline_session}));
  auto both = route(Method::kGet, "/a");
  both.constant = no_content();
  EXPECT_TRUE(refused({both}));
}

}  // namespace
}  // namespace http
