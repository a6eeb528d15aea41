#include "http/server.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "http/server_test_support.h"

namespace http {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kJson = "Content-Type: application/json\r\n";

int status_in(const std::string& response) {
  return response.size() > 12 ? std::stoi(response.substr(9, 3)) : 0;
}
bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Server, AnswersOverAConnectionThatStaysOpen) {
  TestServer server;
  RawClient client(server->port());
  for (int i = 0; i < 3; ++i) {
    client.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_TRUE(client.read_response().ends_with("\r\n\r\nok"));
    client.send(
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Content-Length: 2\r\n\r\n{}");
    EXPECT_TRUE(client.read_response().ends_with("\r\n\r\n[{}]"));
  }
  EXPECT_EQ(server->stats().requests, 6U);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  TestServer server;
  RawClient client(server->port());
  std::string burst;
  for (int i = 0; i < 50; ++i) {
    const auto body = std::to_string(i);
    burst +=
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    burst += "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
  }
  client.send(burst);
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(client.read_response().ends_with("[" + std::to_string(i) + "]"));
    EXPECT_TRUE(client.read_response().ends_with("\r\n\r\nok"));
  }
}

TEST(Server, AnswersAClientThatHasClosedItsHalf) {
  TestServer server;
  RawClient client(server->port());
  client
      .send(
          "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
          "Content-Length: 2\r\n\r\n{}")
      .end_output();
  EXPECT_TRUE(has(client.read_all(), "[{}]"));
  EXPECT_TRUE(client.closed());
}

TEST(Server, TakesABodyThatComesInPieces) {
  TestServer server;
  RawClient client(server->port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(client.read_response(), "HTTP/1.1 100 Continue\r\n\r\n");
  for (const auto* piece : {"3", "\r\nab", "c\r", "\n0\r\n", "\r\n"}) {
    client.send(piece);
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_TRUE(client.read_response().ends_with("[abc]"));
}

TEST(Server, RefusesBrokenFramingAndHangsUp) {
  TestServer server;
  for (const std::string fields :
       {"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 2\r\nContent-Length: 2\r\n", "Content-Length: x\r\n"}) {
    RawClient client(server->port());
    client.send("POST /echo HTTP/1.1\r\nHost: h\r\n" + fields +
                "\r\n{}GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto response = client.read_all();
    EXPECT_EQ(status_in(response), 400) << fields;
    EXPECT_TRUE(has(response, "urn:beresta:problem:http.malformed"));
    EXPECT_TRUE(client.closed());
    EXPECT_FALSE(response.ends_with("ok"));
  }
}

TEST(Server, BoundsHeadersTargetsAndBodies) {
  TestServer server;
  EXPECT_EQ(status_in(server.ask("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(20'000, 'a'))),
            431);
  EXPECT_EQ(status_in(server.ask("GET /" + std::string(9'000, 'a'), "")), 414);
  EXPECT_EQ(status_in(server.ask("POST /small", kJson, "123456789")), 413);
  EXPECT_EQ(status_in(server.ask("POST /small", kJson, "12345678")), 200);
}

TEST(Server, TellsA413EvenWhenTheWholeBodyWasSent) {
  TestServer server;
  EXPECT_EQ(status_in(server.ask("POST /small", kJson, std::string(700'000, '1'))), 413);
}

TEST(Server, HangsUpOnSlowHeadersAndBodies) {
  TestServer server({.timeouts = {.header = milliseconds(120), .body = milliseconds(120)}});
  const auto head = server.ask("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(status_in(head), 408);
  EXPECT_TRUE(has(head, "http.header_timeout"));
  const auto body = server.ask(
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n"
      "Content-Type: application/json\r\n\r\n{");
  EXPECT_EQ(status_in(body), 408);
  EXPECT_TRUE(has(body, "http.body_timeout"));
  EXPECT_EQ(server.ask(""), "");
}

TEST(Server, ClosesIdleConnectionsWithoutAWord) {
  TestServer server({.timeouts = {.idle = milliseconds(100)}});
  RawClient client(server->port());
  client.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(status_in(client.read_response()), 200);
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(client.closed());
}

TEST(Server, TellsUnknownPathsFromWrongMethods) {
  TestServer server;
  EXPECT_EQ(status_in(server.ask("GET /nowhere", "")), 404);
  const auto wrong = server.ask("GET /echo", "");
  EXPECT_EQ(status_in(wrong), 405);
  EXPECT_TRUE(has(wrong, "\r\nAllow: POST, OPTIONS\r\n"));
  const auto options = server.ask("OPTIONS /me", "");
  EXPECT_EQ(status_in(options), 204);
  EXPECT_TRUE(has(options, "\r\nAllow: GET, HEAD, POST, OPTIONS\r\n"));
  EXPECT_EQ(status_in(server.ask("BREW /me", "")), 501);
}

TEST(Server, AnswersHeadWithoutABody) {
  TestServer server;
  const auto response = server.ask("HEAD /healthz", "");
  EXPECT_EQ(status_in(response), 200);
  EXPECT_TRUE(has(response, "Content-Length: 2\r\n"));
  EXPECT_TRUE(response.ends_with("\r\n\r\n"));
}

TEST(Server, WantsJsonWhereJsonIsRead) {
  TestServer server;
  EXPECT_EQ(status_in(server.ask("POST /echo", "Content-Type: text/plain\r\n", "{}")), 415);
  EXPECT_EQ(status_in(server.ask("POST /echo", "", "{}")), 415);
  EXPECT_EQ(status_in(server.ask("POST /echo", "Content-Type: Application/JSON; charset=utf-8\r\n",
                                 "{}")),
            200);
}

TEST(Server, RefusesDoubledParameters) {
  TestServer server;
  const auto response = server.ask("GET /limited?a=1&a=2", "Accept-Language: en\r\n");
  EXPECT_EQ(status_in(response), 400);
  EXPECT_TRUE(has(response, "http.parameter_doubled"));
  EXPECT_TRUE(has(response, "Content-Language: en\r\n"));
}

TEST(Server, LimitsRequestsPerNetwork) {
  TestServer server;
  EXPECT_EQ(status_in(server.ask("GET /limited", "")), 200);
  EXPECT_EQ(status_in(server.ask("GET /limited", "")), 200);
  const auto refused = server.ask("GET /limited", "");
  EXPECT_EQ(status_in(refused), 429);
  EXPECT_TRUE(has(refused, "\r\nRetry-After: 10\r\n"));
  EXPECT_EQ(server->stats().refused_rate, 1U);
}

TEST(Server, AsksForASessionAndForTheTokenOnUnsafeCalls) {
  TestServer server;
  constexpr std::string_view kSession = "Cookie: s=good\r\n";
  constexpr std::string_view kToken = "Cookie: s=good\r\nX-CSRF-Token: token\r\n";
  EXPECT_EQ(status_in(server.ask("GET /me", "")), 401);
  EXPECT_EQ(status_in(server.ask("GET /me", "Cookie: s=bad\r\n")), 401);
  EXPECT_EQ(status_in(server.ask("GET /me", kSession)), 200);
  EXPECT_EQ(status_in(server.ask("POST /me", kSession)), 403);
  EXPECT_EQ(status_in(server.ask("POST /me", kToken)), 200);
}

TEST(Server, RefusesUnsafeCallsFromOtherSites) {
  TestServer server;
  const std::string token = "Cookie: s=good\r\nX-CSRF-Token: token\r\n";
  for (const std::string foreign :
       {"Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
        "Origin: http://evil.example\r\n", "Origin: null\r\n", "Origin: https://h\r\n"}) {
    const auto response = server.ask("POST /me", token + foreign);
    EXPECT_EQ(status_in(response), 403) << foreign;
    EXPECT_TRUE(has(response, "http.csrf"));
    EXPECT_EQ(status_in(server.ask("POST /echo", foreign)), 403) << foreign;
  }
  EXPECT_EQ(status_in(server.ask("POST /me", token + "Sec-Fetch-Site: same-origin\r\n"
                                                     "Origin: http://h\r\n")),
            200);
}

TEST(Server, SaysBusyAtOnceWhenTheQueueIsFull) {
  TestServer server({.workers = 1, .queue_max = 1});
  RawClient running(server->port());
  running.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
  server.gate().wait_for(1);
  RawClient waiting(server->port());
  waiting.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
  while (server->stats().queue_depth == 0) std::this_thread::yield();
  const auto refused = server.ask("GET /wait", "");
  EXPECT_EQ(status_in(refused), 503);
  EXPECT_TRUE(has(refused, "\r\nRetry-After: 2\r\n"));
  EXPECT_TRUE(has(refused, "http.queue_full"));
  EXPECT_EQ(status_in(server.ask("GET /healthz", "")), 200);
  server.gate().open();
  EXPECT_TRUE(running.read_response().ends_with("waited"));
  EXPECT_TRUE(waiting.read_response().ends_with("waited"));
}

// A server whose only worker and whole queue are taken, and one request for /keyed meanwhile.
std::string ask_keyed_while_full(bool keyed_reads_inline, std::string_view fields) {
  auto keyed = test_route(Method::kGet, "/keyed", AuthPolicy::kSession,
                          [](const Request&) -> core::Result<Response> { return text("read"); });
  keyed.execution = Execution::kKeyedRead;
  TestServer server({.workers = 1, .queue_max = 1, .keyed_reads_inline = keyed_reads_inline},
                    {keyed});
  RawClient running(server->port());
  running.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
  server.gate().wait_for(1);
  RawClient waiting(server->port());
  waiting.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
  while (server->stats().queue_depth == 0) std::this_thread::yield();
  return server.ask("GET /keyed", fields);
}

TEST(Server, AnswersKeyedReadsWithoutAWorkerWhereTheDatabaseIsItsOwn) {
  const auto read = ask_keyed_while_full(true, "Cookie: s=good\r\n");
  EXPECT_EQ(status_in(read), 200);
  EXPECT_TRUE(read.ends_with("read"));
  EXPECT_EQ(status_in(ask_keyed_while_full(true, "")), 401);
}

TEST(Server, GivesKeyedReadsToAWorkerWhereTheyWouldWait) {
  EXPECT_EQ(status_in(ask_keyed_while_full(false, "Cookie: s=good\r\n")), 503);
}

TEST(Server, RefusesConnectionsOverTheLimit) {
  TestServer server({.connections_max = 1});
  RawClient first(server->port());
  first.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(status_in(first.read_response()), 200);
  EXPECT_EQ(status_in(RawClient(server->port()).read_all()), 503);
  EXPECT_EQ(server->stats().refused_connections, 1U);
}

TEST(Server, FinishesRequestsInFlightWhenItDrains) {
  TestServer server;
  RawClient idle(server->port());
  idle.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(status_in(idle.read_response()), 200);
  RawClient busy(server->port());
  busy.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
  server.gate().wait_for(1);
  std::thread opener([&] {
    EXPECT_EQ(idle.read_all(), "");
    EXPECT_TRUE(idle.closed());
    server.gate().open();
    const auto response = busy.read_response();
    EXPECT_TRUE(has(response, "Connection: close\r\n"));
    EXPECT_TRUE(response.ends_with("waited"));
    busy.end_output();
  });
  const auto port = server->port();
  EXPECT_TRUE(server->drain(milliseconds(3000)));
  opener.join();
  EXPECT_FALSE(RawClient(port).connected());
}

TEST(Server, DrainGivesUpAtTheDeadline) {
  TestServer server;
  RawClient stuck(server->port());
  stuck.send("GET / HTTP/1.1\r\n");
  while (server->stats().connections == 0) std::this_thread::yield();
  std::this_thread::sleep_for(milliseconds(30));
  EXPECT_FALSE(server->drain(milliseconds(50)));
}

TEST(Server, TellsThatAnAddressIsTaken) {
  TestServer first;
  TestServer second({.port = first->port()});
  ASSERT_FALSE(second.started());
  EXPECT_EQ(second.started().error().reason, "http.listen");
}

TEST(Server, AnswersAFaultOfAHandlerWithAProblem) {
  auto broken = test_route(
      Method::kGet, "/broken", AuthPolicy::kPublic,
      [](const Request&) -> core::Result<Response> { throw std::runtime_error("secret"); });
  TestServer server({}, {broken});
  const auto response = server.ask("GET /broken", "");
  EXPECT_EQ(status_in(response), 500);
  EXPECT_TRUE(has(response, "urn:beresta:problem:internal"));
  EXPECT_FALSE(has(response, "secret"));
}

TEST(Server, LogsPatternsAndNeverPaths) {
  auto person = test_route(
      Method::kGet, "/person/{id}", AuthPolicy::kPublic,
      [](const Request& r) -> core::Result<Response> { return text(r.path_param("id")); });
  TestServer server({}, {person});
  EXPECT_TRUE(server.ask("GET /person/112-233-445?q=secret", "").ends_with("112-233-445"));
  (void)server.ask("GET /unknown/112-233-445", "");
  EXPECT_EQ(server.log().lines(), (std::vector<std::string>{"GET /person/{id} 200", "GET - 404"}));
}

TEST(Server, ServesManyConnectionsAtOnceOverTwoLoops) {
  TestServer server({.io_threads = 2});
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      RawClient client(server->port());
      for (int n = 0; n < 50; ++n) {
        client.send(
            "GET /limited HTTP/1.1\r\nHost: h\r\n\r\nGET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
        (void)client.read_response();
        if (client.read_response().ends_with("ok")) ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 400);
}

}  // namespace
}  // namespace http
