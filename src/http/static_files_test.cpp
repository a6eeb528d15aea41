#include "http/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "http/server_test_support.h"

namespace http {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    put("index.html", "<html>");
    put("manifest.webmanifest", "{}");
    put("assets/app-1a2b.js", "plain");
    put("assets/app-1a2b.js.br", "brotli");
    put("assets/app-1a2b.js.gz", "gzip");
    put(".secret", "no");
    fs::create_symlink("/etc/passwd", root_ / "link.txt");
    files_ = *StaticFiles::load(root_.string());
  }
  ~StaticFilesTest() override { fs::remove_all(root_); }

  void put(const std::string& name, std::string_view bytes) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << bytes;
  }
  std::string body(const StaticRequest& request) {
    const auto response = files_.answer(request);
    return response ? std::string(response->body_view()) : "-";
  }
  static std::string field(const Response& response, std::string_view name) {
    for (const auto& [known, value] : response.fields) {
      if (known == name) return value;
    }
    return {};
  }

  fs::path root_ = fs::temp_directory_path() / ("beresta_static_" + std::to_string(::getpid()));
  StaticFiles files_;
};

TEST_F(StaticFilesTest, PicksTheEncodingTheClientTakes) {
  const auto* path = "/assets/app-1a2b.js";
  EXPECT_EQ(body({.path = path}), "plain");
  EXPECT_EQ(body({.path = path, .accept_encoding = "gzip, br"}), "brotli");
  EXPECT_EQ(body({.path = path, .accept_encoding = "gzip, br;q=0"}), "gzip");
  const auto response = files_.answer({.path = path, .accept_encoding = "br"});
  EXPECT_EQ(field(*response, "Content-Encoding"), "br");
  EXPECT_EQ(field(*response, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(field(*response, "Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(StaticFilesTest, AnswersNavigationsWithTheIndex) {
  EXPECT_EQ(body({.path = "/"}), "<html>");
  EXPECT_EQ(body({.path = "/documents/passport", .accept = "text/html,*/*"}), "<html>");
  EXPECT_EQ(field(*files_.answer({.path = "/"}), "Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, HasNoAnswerForWhatIsNotThere) {
  for (const auto* path :
       {"/missing.js", "/api/v1/x", "/api", "/.secret", "/link.txt", "/../etc/passwd",
        "/assets/../index.html", "/%2e%2e/etc/passwd.txt", "/.well-known/x", "/assets/app.js.br"}) {
    EXPECT_EQ(body({.path = path, .accept = "text/html"}), "-") << path;
  }
  EXPECT_EQ(body({.path = "/documents", .accept = "application/json"}), "-");
}

TEST_F(StaticFilesTest, TellsTheClientWhenItHasTheBytes) {
  const auto etag = field(*files_.answer({.path = "/"}), "ETag");
  EXPECT_EQ(files_.answer({.path = "/", .if_none_match = "\"x\", W/" + etag})->status, 304);
  EXPECT_EQ(files_.answer({.path = "/", .if_none_match = "\"x\""})->status, 200);
}

TEST_F(StaticFilesTest, KnowsTheManifestType) {
  EXPECT_EQ(field(*files_.answer({.path = "/manifest.webmanifest"}), "Content-Type"),
            "application/manifest+json");
}

TEST_F(StaticFilesTest, AreServedBesideRoutesThroughTheServer) {
  put("assets/big.js", std::string(3'000'000, 'x'));
  TestServer server({.static_root = root_.string()});
  ASSERT_TRUE(server.started());
  EXPECT_TRUE(server.ask("GET /some/page", "Accept: text/html\r\n").ends_with("<html>"));
  EXPECT_TRUE(server.ask("GET /healthz", "").ends_with("ok"));
  EXPECT_TRUE(server.ask("GET /api/x", "Accept: text/html\r\n").starts_with("HTTP/1.1 404"));
  const auto big = server.ask("GET /assets/big.js", "");
  EXPECT_GT(big.size(), 3'000'000U);
  EXPECT_TRUE(server.ask("HEAD /assets/big.js", "").ends_with("\r\n\r\n"));
}

TEST(StaticFiles, RefusesAFolderThatIsNotThere) {
  const auto loaded = StaticFiles::load("/nonexistent/beresta");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().reason, "http.static_root");
}

}  // namespace
}  // namespace http
