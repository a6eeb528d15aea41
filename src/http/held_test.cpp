#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "http/server_test_support.h"

namespace http {
namespace {

int status_in(const std::string& response) {
  return response.size() < 12 ? 0 : std::stoi(response.substr(9, 3));
}

/// Somebody else who will say what came of it, such as a database's writer.
class Elsewhere {
 public:
  Held held(std::string answer) {
    return {.begin = [this](Held::Resume resume) { begun_.set_value(std::move(resume)); },
            .finish = [answer](const core::Status& status) -> core::Result<Response> {
              if (!status) return core::fail(status.error());
              return text(answer);
            }};
  }
  Held::Resume resume() { return begun_.get_future().get(); }

 private:
  std::promise<Held::Resume> begun_;
};

Route held_route(Elsewhere& elsewhere, Execution execution) {
  auto route = test_route(
      Method::kGet, "/held", AuthPolicy::kPublic,
      [&](const Request&) -> core::Result<Response> { return hold(elsewhere.held("stored")); });
  route.execution = execution;
  return route;
}

class HeldAnswer : public testing::TestWithParam<Execution> {};

TEST_P(HeldAnswer, IsSentWhenItHasHappenedAndTheThreadIsFreeMeanwhile) {
  Elsewhere elsewhere;
  TestServer server({.workers = 1, .keyed_reads_inline = true},
                    {held_route(elsewhere, GetParam())});
  RawClient client(server->port());
  client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\nGET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto resume = elsewhere.resume();
  EXPECT_EQ(status_in(server.ask("GET /healthz", "")), 200) << "others are served";
  resume({});
  EXPECT_TRUE(client.read_response().ends_with("stored")) << "answers keep their order";
  EXPECT_EQ(status_in(client.read_response()), 200);
}

TEST_P(HeldAnswer, IsTheErrorOfWhatFailed) {
  Elsewhere elsewhere;
  TestServer server({.workers = 1, .keyed_reads_inline = true},
                    {held_route(elsewhere, GetParam())});
  RawClient client(server->port());
  client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
  elsewhere.resume()(core::fail(core::ErrorCode::kUnavailable, "store.busy"));
  EXPECT_EQ(status_in(client.read_response()), 503);
}

TEST_P(HeldAnswer, OutlivesItsClient) {
  Elsewhere elsewhere;
  TestServer server({.workers = 1, .keyed_reads_inline = true},
                    {held_route(elsewhere, GetParam())});
  Held::Resume resume;
  {
    RawClient client(server->port());
    client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
    resume = elsewhere.resume();
  }
  resume({});
  EXPECT_EQ(status_in(server.ask("GET /healthz", "")), 200);
}

TEST_P(HeldAnswer, IsWaitedForWhenTheServerStops) {
  Elsewhere elsewhere;
  TestServer server({.workers = 1, .keyed_reads_inline = true},
                    {held_route(elsewhere, GetParam())});
  RawClient client(server->port());
  client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto resume = elsewhere.resume();
  auto stopped = std::async(std::launch::async, [&] { server->stop(); });
  EXPECT_EQ(stopped.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  resume({});
  stopped.get();
}

INSTANTIATE_TEST_SUITE_P(Threads, HeldAnswer,
                         testing::Values(Execution::kWorker, Execution::kKeyedRead),
                         [](const auto& one) { return std::string(name_of(one.param)); });

TEST(KeyedRead, GoesToAWorkerWhenItHasToWait) {
  std::promise<std::thread::id> first;
  std::promise<std::thread::id> second;
  auto route = test_route(Method::kGet, "/keyed", AuthPolicy::kPublic,
                          [&](const Request& request) -> core::Result<Response> {
                            const bool waits = request.header("dpop").has_value();
                            (waits ? second : first).set_value(std::this_thread::get_id());
                            return text("read");
                          });
  route.execution = Execution::kKeyedRead;
  route.waits = [](const Request& request) { return request.header("dpop").has_value(); };
  TestServer server({.workers = 1, .keyed_reads_inline = true}, {route});
  EXPECT_EQ(status_in(server.ask("GET /keyed", "")), 200);
  EXPECT_EQ(status_in(server.ask("GET /keyed", "DPoP: x\r\n")), 200);
  EXPECT_NE(first.get_future().get(), second.get_future().get());
}

}  // namespace
}  // namespace http
