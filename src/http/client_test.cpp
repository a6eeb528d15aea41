#include "http/client.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>

#include "http/client_url.h"
#include "http/server_test_support.h"

namespace http {
namespace {

using std::chrono::milliseconds;

/// A peer that says what it is told to, connection by connection, whatever it hears.
class ScriptedPeer {
 public:
  using Scene = std::function<void(int socket)>;
  explicit ScriptedPeer(std::vector<Scene> scenes) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, scenes = std::move(scenes)] {
      for (const auto& scene : scenes) {
        const int socket = ::accept(listener_, nullptr, nullptr);
        if (socket < 0) return;
        scene(socket);
        ::close(socket);
        ++played_;
      }
    });
  }
  ~ScriptedPeer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  [[nodiscard]] std::string url(std::string_view path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  [[nodiscard]] int played() const { return played_; }

 private:
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<int> played_{0};
  std::thread thread_;
};

std::string hear(int socket) {
  std::array<char, 4096> bytes{};
  const auto size = ::recv(socket, bytes.data(), bytes.size(), 0);
  return {bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}
void say(int socket, std::string_view text) {
  (void)::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
}
ScriptedPeer::Scene answering(std::string text) {
  return [text = std::move(text)](int socket) {
    (void)hear(socket);
    say(socket, text);
  };
}

core::Result<ClientResponse> get(const std::string& url, ClientConfig config = {}) {
  return Client(std::move(config)).call({.url = url});
}
std::string reason_of(const core::Result<ClientResponse>& result) {
  return result ? "" : result.error().reason;
}

TEST(Client, SendsWhatItWasGivenAndReadsTheAnswer) {
  std::string heard;
  ScriptedPeer peer({[&](int socket) {
    heard = hear(socket);
    say(socket, "HTTP/1.1 201 Created\r\nX-A: b\r\nContent-Length: 2\r\n\r\nok");
  }});
  Client client({});
  const auto result = client.call({.method = Method::kPost,
                                   .url = peer.url("/a?b=c"),
                                   .fields = {{"Authorization", "Bearer t"}},
                                   .body = "{}"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 201);
  EXPECT_EQ(result->field("x-a"), "b");
  EXPECT_EQ(result->body, "ok");
  EXPECT_TRUE(heard.starts_with("POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:"));
  EXPECT_NE(heard.find("Authorization: Bearer t\r\n"), std::string::npos);
  EXPECT_TRUE(heard.ends_with("\r\n\r\n{}"));
}

TEST(Client, DoesNotFollowRedirects) {
  ScriptedPeer peer({answering("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")});
  EXPECT_EQ(get(peer.url())->status, 302);
}

TEST(Client, KeepsConnectionsAndNoticesWhenThePeerHungUp) {
  constexpr std::string_view kOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  ScriptedPeer peer({[&](int socket) {
                       for (int i = 0; i < 2; ++i) {
                         (void)hear(socket);
                         say(socket, kOk);
                       }
                     },
                     [&](int socket) {
                       (void)hear(socket);
                       say(socket, kOk);
                     }});
  Client client({});
  EXPECT_TRUE(client.call({.url = peer.url()}));
  EXPECT_TRUE(client.call({.url = peer.url()}));
  while (peer.played() < 1) std::this_thread::yield();
  EXPECT_TRUE(client.call({.url = peer.url()}));
}

TEST(Client, TellsAClosedPortAndAnUnknownName) {
  std::string url;
  {
    ScriptedPeer gone({});
    url = gone.url();
  }
  EXPECT_EQ(reason_of(get(url)), "client.unreachable");
  EXPECT_EQ(reason_of(get("http://does-not-exist.invalid/")), "client.unreachable");
}

TEST(Client, TellsAPeerThatHangsUpEarly) {
  ScriptedPeer peer({answering(""), answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")});
  EXPECT_EQ(reason_of(get(peer.url())), "client.unreachable");
  EXPECT_EQ(reason_of(get(peer.url())), "client.unreachable");
}

TEST(Client, GivesUpOnAPeerThatIsSilentOrDrips) {
  const auto silent = [](int socket) {
    (void)hear(socket);
    (void)hear(socket);
  };
  const auto drips = [](int socket) {
    (void)hear(socket);
    say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 20; ++i) {
      say(socket, "x");
      std::this_thread::sleep_for(milliseconds(20));
    }
  };
  ScriptedPeer peer({silent, drips});
  for (int i = 0; i < 2; ++i) {
    const auto started = std::chrono::steady_clock::now();
    EXPECT_EQ(reason_of(get(peer.url(), {.total_timeout = milliseconds(150)})), "client.timeout");
    EXPECT_LT(std::chrono::steady_clock::now() - started, milliseconds(1500));
  }
}

TEST(Client, RefusesAnswersOverTheBound) {
  ScriptedPeer peer(
      {answering("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'x')),
       answering("HTTP/1.1 200 OK\r\n\r\n" + std::string(200, 'x')),
       answering("HTTP/1.1 200 OK\r\nA: " + std::string(40'000, 'x') + "\r\n\r\n")});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(reason_of(get(peer.url(), {.response_bytes_max = 100})), "client.too_large") << i;
  }
}

TEST(Client, RefusesWhatIsNotHttp) {
  ScriptedPeer peer({answering("SSH-2.0-x\r\n\r\n"), answering("HTTP/1.1 xyz\r\n\r\n")});
  EXPECT_EQ(reason_of(get(peer.url())), "client.malformed");
  EXPECT_EQ(reason_of(get(peer.url())), "client.malformed");
}

TEST(Client, RefusesUrlsAndFieldsItCannotSend) {
  for (const auto* url : {"", "/path", "ftp://h/", "http://", "http://u:p@h/", "http://h:0/",
                          "http://h:99999/", "http://h/ x"}) {
    EXPECT_EQ(reason_of(get(url)), "client.url") << url;
  }
  Client client({});
  EXPECT_EQ(reason_of(client.call({.url = "http://127.0.0.1:1/", .fields = {{"A", "b\r\nC: d"}}})),
            "client.url");
}

TEST(ClientUrl, TakesApartWhatTheConfigurationSays) {
  const auto url = ClientUrl::parse("https://Host.Example/p?q");
  EXPECT_EQ(url->origin(), "https://host.example:443");
  EXPECT_EQ(url->authority(), "host.example");
  EXPECT_EQ(url->target, "/p?q");
  EXPECT_EQ(ClientUrl::parse("http://[::1]:8080")->authority(), "[::1]:8080");
}

/// A self-signed certificate for localhost in a folder of its own.
class TlsTest : public testing::Test {
 protected:
  TlsTest() {
    std::filesystem::create_directories(folder_);
    const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes " +
                         std::string("-subj /CN=localhost -addext subjectAltName=DNS:localhost ") +
                         "-days 2 -keyout " + key_ + " -out " + certificate_ + " 2>/dev/null";
    made_ = std::system(command.c_str()) == 0;  // NOLINT(cert-env33-c): test set-up, fixed text
  }
  ~TlsTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("beresta_tls_" + std::to_string(::getpid()));
  std::string key_ = folder_ / "key.pem";
  std::string certificate_ = folder_ / "cert.pem";
  bool made_ = false;
};

TEST_F(TlsTest, ServerAndClientMeetOverTls) {
  ASSERT_TRUE(made_);
  TestServer server({.tls = {certificate_, key_}});
  ASSERT_TRUE(server.started());
  const auto port = std::to_string(server->port());
  Client client({.ca_file = certificate_});
  for (int i = 0; i < 3; ++i) {
    const auto result = client.call({.url = "https://localhost:" + port + "/healthz"});
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_EQ(result->body, "ok");
    EXPECT_EQ(result->field("strict-transport-security"), "max-age=31536000");
  }
  EXPECT_EQ(server->stats().connections, 1U);
  EXPECT_EQ(reason_of(get("https://127.0.0.1:" + port + "/", {.ca_file = certificate_})),
            "client.tls");
  EXPECT_EQ(reason_of(get("https://localhost:" + port + "/")), "client.tls");
  EXPECT_EQ(reason_of(get("https://localhost:" + port + "/", {.ca_file = "/nonexistent"})),
            "client.tls");
}

TEST_F(TlsTest, ServerRefusesFilesThatDoNotFit) {
  TestServer absent({.tls = {certificate_, "/nonexistent"}});
  ASSERT_FALSE(absent.started());
  EXPECT_EQ(absent.started().error().reason, "http.tls_files");
}

}  // namespace
}  // namespace http
