#include "http/request_reader.h"

#include <gtest/gtest.h>

#include "http/limits.h"

namespace http {
namespace {

std::string reason_of(const std::string& text) {
  RequestReader reader;
  const auto size = reader.read_head(text);
  if (size) return *size == 0 ? "need more" : "";
  return size.error().reason;
}

TEST(RequestReader, SplitsOneHead) {
  RequestReader reader;
  const std::string text = "GET /a/b?x=1 HTTP/1.1\r\nHost: h\r\nCookie:  a=1 \r\n\r\nrest";
  EXPECT_EQ(*reader.read_head(text), text.size() - 4);
  EXPECT_EQ(reader.head().method, "GET");
  EXPECT_EQ(reader.head().path, "/a/b");
  EXPECT_EQ(reader.head().query, "x=1");
  EXPECT_EQ(reader.head().field("cookie"), "a=1");
  EXPECT_TRUE(reader.head().keep_alive);
  EXPECT_FALSE(reader.head().has_body());
}

TEST(RequestReader, WaitsForTheWholeHeadByteByByte) {
  RequestReader reader;
  const std::string text = "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n";
  for (std::size_t n = 0; n < text.size(); ++n) {
    EXPECT_EQ(*reader.read_head(std::string_view(text).substr(0, n)), 0U) << n;
  }
  EXPECT_EQ(*reader.read_head(text), text.size());
}

TEST(RequestReader, TakesTheAbsoluteForm) {
  RequestReader reader;
  const std::string text = "GET http://h/a?b HTTP/1.1\r\nHost: h\r\n\r\n";
  ASSERT_TRUE(reader.read_head(text));
  EXPECT_EQ(reader.head().path, "/a");
}

TEST(RequestReader, RefusesTwoFramings) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const std::string fields :
       {"Content-Length: 3\r\nContent-Length: 3\r\n", "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 3, 3\r\n",
        "Content-Length: +3\r\n", "Content-Length: 0x3\r\n", "Content-Length: \r\n",
        "Content-Length: 99999999999999999999999\r\n", "Content-Length: -1\r\n"}) {
    EXPECT_EQ(reason_of(start + fields + "\r\n"), "http.malformed") << fields;
  }
}

TEST(RequestReader, RefusesTransferCodingsItDoesNotUndo) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: ";
  for (const std::string coding : {"gzip", "chunked, gzip", "gzip, chunked", "xchunked"}) {
    EXPECT_EQ(reason_of(start + coding + "\r\n\r\n"), "http.transfer_encoding") << coding;
  }
  EXPECT_EQ(reason_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), "http.malformed");
}

TEST(RequestReader, RefusesSyntaxThatOthersReadDifferently) {
  for (const std::string text :
       {"GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", "GET a HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n", "GET /\xD0\xB9 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: h\r\n\r\n", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA\r\n\r\n"}) {
    EXPECT_EQ(reason_of(text), "http.malformed") << text;
  }
  using std::string_literals::operator""s;
  EXPECT_EQ(reason_of("GET / HTTP/1.1\r\nHost: h\r\nA: b\0c\r\n\r\n"s), "http.malformed");
  EXPECT_EQ(reason_of("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), "http.version");
}

TEST(RequestReader, RefusesHeadsOverTheLimit) {
  const std::string start = "GET / HTTP/1.1\r\nHost: h\r\nA: ";
  EXPECT_EQ(reason_of(start + std::string(kHeaderBytesMax, 'a')), "http.header_too_large");
  EXPECT_EQ(reason_of(start + std::string(kHeaderBytesMax, 'a') + "\r\n\r\n"),
            "http.header_too_large");
  std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (std::size_t i = 0; i < kHeaderFieldsMax; ++i) many += "a: b\r\n";
  EXPECT_EQ(reason_of(many + "\r\n"), "http.header_too_large");
  EXPECT_EQ(reason_of("GET /" + std::string(kTargetBytesMax, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"),
            "http.uri_too_long");
}

std::string read_chunked(const std::string& body, std::size_t bytes_max = 1000) {
  RequestReader reader;
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  if (!reader.read_head(head) || !reader.limit_body(bytes_max)) return "head";
  const auto taken = reader.read_body(body);
  if (!taken) return taken.error().reason;
  return reader.complete() ? reader.take_body() : "need more";
}

TEST(RequestReader, JoinsChunksAndDropsTrailers) {
  EXPECT_EQ(read_chunked("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nHost: evil\r\n\r\n"), "abcde");
  EXPECT_EQ(read_chunked("3\r\nab"), "need more");
}

TEST(RequestReader, RefusesChunksThatLieOrGrow) {
  EXPECT_EQ(read_chunked("zz\r\nabc\r\n0\r\n\r\n"), "http.malformed");
  EXPECT_EQ(read_chunked("3\r\nabcd\r\n0\r\n\r\n"), "http.malformed");
  EXPECT_EQ(read_chunked("fffffffffffffffff\r\n"), "http.malformed");
  EXPECT_EQ(read_chunked("5\r\nabcde\r\n5\r\nabcde\r\n0\r\n\r\n", 9), "http.body_too_large");
}

TEST(RequestReader, RefusesALengthOverTheRoutesLimitBeforeTheBodyComes) {
  RequestReader reader;
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n";
  ASSERT_TRUE(reader.read_head(head));
  EXPECT_EQ(reader.limit_body(10).error().reason, "http.body_too_large");
}

}  // namespace
}  // namespace http
