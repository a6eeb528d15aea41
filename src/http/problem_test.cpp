#include "http/problem.h"

#include <gtest/gtest.h>

#include "codec/json.h"

namespace http {
namespace {

using core::Error;
using core::ErrorCode;

constexpr std::string_view kCatalogue = R"({
  "challenge.code_wrong": {"ru": {"title": "Код не подошёл", "detail": "Проверьте цифры."},
                           "en": {"title": "Wrong code", "detail": "Check the digits."}},
  "level.too_low": {"ru": {"title": "Нужен уровень", "detail": "Подтвердите личность."},
                    "en": {"title": "Level", "detail": "Verify yourself."},
                    "required_level": "verified"}})";

codec::Json problem_of(const Error& error, Language language = Language::kEn) {
  const auto catalogue = ProblemCatalogue::parse(kCatalogue);
  const auto response = to_problem(error, *catalogue, {language, {}});
  return *codec::parse_json(response.body_view());
}

TEST(Problem, StatusFollowsFromTheCode) {
  const std::vector<std::pair<ErrorCode, int>> expected{
      {ErrorCode::kInvalidInput, 400}, {ErrorCode::kUnauthenticated, 401},
      {ErrorCode::kForbidden, 403},    {ErrorCode::kNotFound, 404},
      {ErrorCode::kConflict, 409},     {ErrorCode::kLimited, 429},
      {ErrorCode::kUnavailable, 503},  {ErrorCode::kInternal, 500}};
  for (const auto& [code, status] : expected) EXPECT_EQ(status_of({code, "x.y", {}}), status);
}

TEST(Problem, ReasonsOfTheProtocolHaveTheirOwnStatus) {
  const std::vector<std::pair<std::string, int>> expected{
      {"http.method_not_allowed", 405}, {"http.header_timeout", 408},
      {"http.body_too_large", 413},     {"http.uri_too_long", 414},
      {"http.media_type", 415},         {"http.header_too_large", 431},
      {"http.method_unknown", 501},     {"http.version", 505}};
  for (const auto& [reason, status] : expected) {
    EXPECT_EQ(status_of({ErrorCode::kInvalidInput, reason, {}}), status) << reason;
  }
}

TEST(Problem, SpeaksTheLanguageOfTheRequest) {
  const Error error{ErrorCode::kInvalidInput, "challenge.code_wrong", {}};
  EXPECT_EQ(problem_of(error, Language::kRu).at("title").as_string(), "Код не подошёл");
  EXPECT_EQ(problem_of(error, Language::kEn).at("title").as_string(), "Wrong code");
  EXPECT_EQ(problem_of(error).at("type").as_string(), "urn:beresta:problem:challenge.code_wrong");
  EXPECT_EQ(problem_of(error).at("instance").as_string(),
            "urn:uuid:00000000-0000-0000-0000-000000000000");
}

TEST(Problem, NeverSendsTheInternalDetail) {
  const auto response = to_problem({ErrorCode::kConflict, "x.y", "secret-detail"}, {}, {});
  EXPECT_EQ(response.body_view().find("secret-detail"), std::string_view::npos);
}

TEST(Problem, HidesTheReasonOfAnInternalFault) {
  const auto json = problem_of({ErrorCode::kInternal, "store.column_missing", "table citizen"});
  EXPECT_EQ(json.at("type").as_string(), "urn:beresta:problem:internal");
  EXPECT_EQ(json.at("status").as_int64(), 500);
}

TEST(Problem, TellsTriesWaitAndLevelOnlyWhereSet) {
  Error error{ErrorCode::kForbidden, "level.too_low", {}};
  EXPECT_EQ(problem_of(error).at("required_level").as_string(), "verified");
  EXPECT_FALSE(problem_of(error).as_object().contains("attempts_left"));
  EXPECT_FALSE(problem_of(error).as_object().contains("retry_after_s"));
  error.attempts_left = 0;
  error.retry_after_s = 30;
  EXPECT_EQ(problem_of(error).at("attempts_left").as_int64(), 0);
  EXPECT_EQ(problem_of(error).at("retry_after_s").as_int64(), 30);
}

TEST(Problem, FallsBackToATextForTheCode) {
  const auto json = problem_of({ErrorCode::kUnavailable, "unknown.reason", {}});
  EXPECT_FALSE(json.at("title").as_string().empty());
  EXPECT_EQ(json.at("retry_after_s").as_int64(), 2);
}

TEST(ProblemCatalogue, RefusesEntriesThatLackAText) {
  for (const auto* text :
       {"", "[]", "{", R"({"a.b": {}})", R"({"a.b": {"ru": {"title": "t", "detail": "d"}}})",
        R"({"a.b": {"ru": {"title": "t"}, "en": {"title": "t", "detail": "d"}}})"}) {
    const auto parsed = ProblemCatalogue::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().reason, "problems.malformed");
  }
}

}  // namespace
}  // namespace http
