#include "app/observe/json_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "codec/json.h"

namespace app {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

class FixedClock final : public http::Clock {
 public:
  core::Instant now() const override { return core::Instant::from_micros(1'795'338'589'250'999); }
};

/// A log into a file that can be read back.
class LogOnPaper {
 public:
  explicit LogOnPaper(LogLevel level = LogLevel::kInfo)
      : file_(std::tmpfile()), log(level, clock_, file_.get()) {}

  std::string text() {
    std::string all;
    std::rewind(file_.get());
    for (int c = std::fgetc(file_.get()); c != EOF; c = std::fgetc(file_.get())) {
      all += static_cast<char>(c);
    }
    return all;
  }
  /// The only line, parsed.
  codec::JsonObject line() {
    const std::string all = text();
    EXPECT_EQ(1, std::count(all.begin(), all.end(), '\n')) << all;
    const auto json = codec::parse_json(all);
    EXPECT_TRUE(json) << all;
    return json ? json->as_object() : codec::JsonObject();
  }

 private:
  FixedClock clock_;
  std::unique_ptr<std::FILE, CloseFile> file_;

 public:
  JsonLog log;
};

TEST(JsonLog, WritesOneObjectALine) {
  LogOnPaper paper;
  paper.log.event("server.started", {{"port", 8080}, {"tls", false}, {"engine", "sqlite"}});
  const auto line = paper.line();
  EXPECT_EQ("2026-11-22T09:09:49.250Z", line.at("time").as_string());
  EXPECT_EQ("info", line.at("level").as_string());
  EXPECT_EQ("server.started", line.at("event").as_string());
  EXPECT_EQ(8080, line.at("port").as_int64());
  EXPECT_FALSE(line.at("tls").as_bool());
}

TEST(JsonLog, EscapesWhateverAnErrorTells) {
  const std::string hostile[] = {
      "quote \" backslash \\ end",
      "line\nbreak\r\ttab",
      "control \x01\x02 characters",
      "\x1b[31mred\x7f",
      "broken \xC3 utf-8 \xFF\xFE",
      "overlong \xC0\xAF surrogate \xED\xA0\x80 beyond \xF4\x90\x80\x80",
      "cut \xE2\x80",
      "separators \xE2\x80\xA8 and \xE2\x80\xA9",
      "\",\"level\":\"info\",\"event\":\"forged",
      "} {",
      "{} %s %v {0} {1:d}",
  };
  for (const auto& text : hostile) {
    LogOnPaper paper;
    paper.log.failure("test.failed", {core::ErrorCode::kInternal, "some.reason", text});
    const auto line = paper.line();
    EXPECT_EQ("error", line.at("level").as_string()) << text;
    EXPECT_EQ("test.failed", line.at("event").as_string()) << text;
    EXPECT_EQ(6U, line.size()) << text;
    const std::string written = paper.text();
    EXPECT_EQ(std::string::npos, written.find('\x1b'));
    EXPECT_EQ(std::string::npos, written.find("\xE2\x80\xA8"));
  }
}

TEST(JsonLog, EscapesANul) {
  std::string text;
  append_json_string(text, std::string_view("a\0b", 3));
  EXPECT_EQ("\"a\\u0000b\"", text);
}

TEST(JsonLog, KeepsGoodTextAsItIs) {
  LogOnPaper paper;
  paper.log.failure("test.failed",
                    {core::ErrorCode::kInternal, "a.b", "Берёста \xF0\x9F\x8C\xB2 \"ok\""});
  EXPECT_EQ("Берёста \xF0\x9F\x8C\xB2 \"ok\"", paper.line().at("detail").as_string());
}

TEST(JsonLog, WritesNumbersThatJsonHasNot) {
  LogOnPaper paper;
  paper.log.event("test.numbers", {{"nothing", 0.0 / 0.0}, {"half", 0.5}, {"least", INT64_MIN}});
  const auto line = paper.line();
  EXPECT_TRUE(line.at("nothing").is_null());
  EXPECT_EQ(0.5, line.at("half").as_double());
  EXPECT_EQ(INT64_MIN, line.at("least").as_int64());
}

TEST(JsonLog, LeavesOutWhatIsBelowItsLevel) {
  LogOnPaper paper(LogLevel::kError);
  paper.log.event("quiet");
  paper.log.warning("quiet");
  EXPECT_EQ("", paper.text());
  paper.log.failure("loud", {core::ErrorCode::kInternal, "a.b", ""});
  EXPECT_EQ("loud", paper.line().at("event").as_string());
}

TEST(JsonLog, TellsOfRequestsOnlyWhatFailedUnlessItIsAskedForAll) {
  const http::AccessRecord good{.method = "GET",
                                .route_pattern = "/healthz",
                                .status = 200,
                                .micros = 10,
                                .response_bytes = 2,
                                .request_id = {}};
  const http::AccessRecord bad{.method = "GET",
                               .route_pattern = "/healthz",
                               .status = 503,
                               .micros = 10,
                               .response_bytes = 2,
                               .request_id = {}};
  LogOnPaper usual;
  usual.log.access(good);
  EXPECT_EQ("", usual.text());
  usual.log.access(bad);
  EXPECT_EQ(503, usual.line().at("status").as_int64());
  LogOnPaper all(LogLevel::kDebug);
  all.log.access(good);
  EXPECT_EQ("00000000-0000-0000-0000-000000000000", all.line().at("request_id").as_string());
}

TEST(JsonLog, GivesOurOwnFaultsTheHighestLevel) {
  const core::Error own{core::ErrorCode::kInternal, "a.b", ""};
  const core::Error theirs{core::ErrorCode::kInvalidInput, "a.b", ""};
  LogOnPaper paper;
  paper.log.error({"/x", own, {}});
  EXPECT_EQ("error", paper.line().at("level").as_string());
  LogOnPaper other;
  other.log.error({"/x", theirs, {}});
  EXPECT_EQ("info", other.line().at("level").as_string());
}

// What keeps personal data out: a string of the program's run does not become a value of the log.
static_assert(!std::is_constructible_v<LogValue, std::string>);
static_assert(!std::is_constructible_v<LogValue, std::string_view>);
static_assert(!std::is_constructible_v<LogValue, core::Secret<std::string>>);
static_assert(!std::is_constructible_v<LogText, std::string>);

}  // namespace
}  // namespace app
