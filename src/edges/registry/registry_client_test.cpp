#include "edges/registry/registry_client.h"

#include <gtest/gtest.h>

#include <deque>
#include <set>
#include <vector>

namespace edges::registry {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Answer = core::Result<http::ClientResponse>;

class ScriptedCaller final : public http::HttpCaller {
 public:
  Answer call(const http::ClientRequest& request) override {
    asked.push_back(request);
    if (answers.empty()) return http::ClientResponse{200, {}, "{}"};
    auto answer = answers.front();
    if (answers.size() > 1) answers.pop_front();
    return answer;
  }
  std::vector<http::ClientRequest> asked;
  std::deque<Answer> answers;
};

class CountingRng final : public core::Rng {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = next_++;
  }

 private:
  std::uint8_t next_ = 1;
};

Answer status(int code, std::string body) {
  return http::ClientResponse{code, {}, std::move(body)};
}
Answer failure(std::string_view reason) {
  return core::fail(core::ErrorCode::kUnavailable, reason, "GET /r1/x/11223344595");
}

constexpr std::string_view kPassport = "DEMO/GOV/2001/mvd/passport";

class RegistryTest : public testing::Test {
 protected:
  core::Result<codec::JsonObject> find() { return client_.find(kPassport, "11223344595", now_); }
  std::string reason(Answer answer) {
    caller_.answers = {std::move(answer)};
    const auto found = find();
    if (!found) {
      EXPECT_EQ(found.error().detail.find("11223344595"), std::string::npos);
    }
    return found ? "" : found.error().reason;
  }
  core::Instant now_ = core::Instant::from_seconds(1'800'000'000);
  ScriptedCaller caller_;
  CountingRng rng_;
  std::vector<milliseconds> waits_;
  RegistryClient client_{{.base_url = "http://registry.example/r1",
                          .client = "DEMO/GOV/1001/beresta",
                          .circuit = {.failures_max = 3, .open_for = seconds(15)}},
                         caller_,
                         rng_,
                         [this](milliseconds wait) { waits_.push_back(wait); }};
};

TEST_F(RegistryTest, AsksWithItsNameAndAnIdOfTheMessage) {
  caller_.answers = {status(200, R"({"series":"9204"})")};
  EXPECT_EQ(find()->at("series").as_string(), "9204");
  const auto& request = caller_.asked.front();
  EXPECT_EQ(request.url, "http://registry.example/r1/DEMO/GOV/2001/mvd/passport/v1/11223344595");
  EXPECT_EQ(request.fields[0],
            (std::pair<std::string, std::string>("X-Road-Client", "DEMO/GOV/1001/beresta")));
  EXPECT_EQ(request.fields[1].second.size(), 36U);
  EXPECT_EQ(request.response_bytes_max, kAnswerBytesMax);
}

TEST_F(RegistryTest, TellsNoSuchRecordFromNoSuchService) {
  EXPECT_EQ(reason(status(404, R"({"type":"NotFound","message":"no such document"})")),
            "registry.not_found");
  EXPECT_EQ(reason(status(404, R"({"type":"Server.ServiceNotFound"})")), "registry.unavailable");
  EXPECT_EQ(
      reason(http::ClientResponse{404, {{"x-road-error", "Server.X"}}, R"({"type":"NotFound"})"}),
      "registry.unavailable");
  EXPECT_EQ(reason(status(404, "<html>")), "registry.unavailable");
}

TEST_F(RegistryTest, TellsTroubleApart) {
  EXPECT_EQ(reason(failure("client.timeout")), "registry.timeout");
  EXPECT_EQ(reason(status(200, "not json")), "registry.malformed");
}

TEST_F(RegistryTest, TakesNoAnswerThatIsNotOneObject) {
  for (const auto* body : {"[]", "\"x\"", ""}) {
    EXPECT_EQ(reason(status(200, body)), "registry.malformed") << body;
    EXPECT_EQ(reason(status(200, "{}")), "");  // else the circuit would open
  }
}

TEST_F(RegistryTest, RepeatsWhatMayPassWithANewMessageId) {
  caller_.answers = {status(503, ""), failure("client.unreachable"), status(200, "{}")};
  EXPECT_TRUE(find());
  EXPECT_EQ(waits_, (std::vector<milliseconds>{milliseconds(100), milliseconds(200)}));
  std::set<std::string> ids;
  for (const auto& request : caller_.asked) ids.insert(request.fields[1].second);
  EXPECT_EQ(ids.size(), 3U);
}

TEST_F(RegistryTest, DoesNotRepeatTimeoutsAndRefusals) {
  EXPECT_EQ(reason(failure("client.timeout")), "registry.timeout");
  EXPECT_EQ(reason(failure("client.too_large")), "registry.malformed");
  EXPECT_EQ(reason(status(400, R"({"type":"Client.MissingHeader"})")), "registry.unavailable");
  EXPECT_EQ(caller_.asked.size(), 3U);
}

TEST_F(RegistryTest, LeavesAFailingServiceAloneAndTriesItAgainLater) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(reason(failure("client.timeout")), "registry.timeout");
  const auto refused = find();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "registry.unavailable");
  EXPECT_EQ(refused.error().retry_after_s, 15);
  EXPECT_EQ(caller_.asked.size(), 3U);

  caller_.answers = {status(200, "{}")};
  EXPECT_TRUE(client_.find("DEMO/GOV/2002/sfr/snils", "1", now_));
  now_ = now_ + seconds(15);
  EXPECT_TRUE(find());
  EXPECT_TRUE(find());
}

TEST_F(RegistryTest, NoSuchRecordIsNoFailureOfTheService) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(reason(status(404, R"({"type":"NotFound"})")), "registry.not_found");
  }
}

}  // namespace
}  // namespace edges::registry
