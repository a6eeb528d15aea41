#include "http/response_writer.h"

#include <gtest/gtest.h>

namespace http {
namespace {

class ResponseWriterTest : public testing::Test {
 protected:
  std::string written(const Response& response, ResponseWriter::Framing framing = {}) {
    framing.now = core::Instant::from_seconds(784'111'777);
    std::string out;
    writer_.append(out, response, framing);
    return out;
  }
  StandingFields standing_ =
      StandingFields::make({.hsts = true, .form_actions = "https://idp.example"});
  ResponseWriter writer_{standing_};
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(ResponseWriterTest, PutsSecurityFieldsOnEverything) {
  const auto out = written(text("hi"));
  EXPECT_TRUE(out.starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
  for (const auto* field :
       {"Content-Security-Policy: default-src 'self'", "frame-ancestors 'none'",
        "form-action 'self' https://idp.example\r\n", "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: no-referrer\r\n", "Permissions-Policy: camera=(self)",
        "Strict-Transport-Security: max-age=31536000\r\n", "Cache-Control: no-store\r\n",
        "Content-Length: 2\r\n"}) {
    EXPECT_TRUE(has(out, field)) << field;
  }
  EXPECT_TRUE(out.ends_with("\r\n\r\nhi"));
}

TEST_F(ResponseWriterTest, SendsNoBodyForHeadAnd204) {
  EXPECT_TRUE(written(text("hi"), {.head_only = true}).ends_with("\r\n\r\n"));
  EXPECT_TRUE(has(written(text("hi"), {.head_only = true}), "Content-Length: 2"));
  EXPECT_FALSE(has(written(no_content()), "Content-Length"));
}

TEST_F(ResponseWriterTest, RefusesToSplitTheResponse) {
  const auto out = written(redirect(303, "/a\r\nSet-Cookie: evil=1"));
  EXPECT_TRUE(out.starts_with("HTTP/1.1 500 "));
  EXPECT_FALSE(has(out, "evil"));
}

TEST_F(ResponseWriterTest, LeavesCacheControlToTheHandler) {
  const auto out = written(text("hi").with("Cache-Control", "public, max-age=60"));
  EXPECT_FALSE(has(out, "no-store"));
}

TEST_F(ResponseWriterTest, FrozenFormIsTheSameButForTheRequestId) {
  std::string frozen;
  writer_.append(frozen, ResponseWriter::freeze(text("hi"), standing_),
                 core::Instant::from_seconds(784'111'777));
  auto plain = written(text("hi"));
  const auto at = plain.find("X-Request-Id");
  plain.erase(at, plain.find('\n', at) + 1 - at);
  EXPECT_EQ(frozen, plain);
}

}  // namespace
}  // namespace http
