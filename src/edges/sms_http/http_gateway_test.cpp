#include "edges/sms_http/http_gateway.h"

#include <gtest/gtest.h>

#include "codec/json.h"

namespace edges::sms_http {
namespace {

class ScriptedCaller final : public http::HttpCaller {
 public:
  core::Result<http::ClientResponse> call(const http::ClientRequest& request) override {
    asked = request;
    return answer;
  }
  http::ClientRequest asked;
  core::Result<http::ClientResponse> answer = http::ClientResponse{
      .status = 200, .fields = {}, .body = R"({"message_id":"m-1","status":"accepted"})"};
};

ChannelConfig sandbox_sms() {
  return {.url = "http://operator.example/sms",
          .fields = {{"Authorization", "Bearer t"}},
          .body = R"({"id":"{id}","to":"{to}","text":"{text}"})",
          .success_pointer = "/status",
          .success_equals = "accepted",
          .provider_id_pointer = "/message_id"};
}

OutgoingMessage message(std::string text = "Код 123456") {
  return {.channel = Channel::kSms,
          .id = "id-1",
          .to = core::Secret<std::string>("+79175550142"),
          .text = core::Secret<std::string>(std::move(text)),
          .code = core::Secret<std::string>("41736")};
}

class HttpGatewayTest : public testing::Test {
 protected:
  core::Result<Accepted> send(const ChannelConfig& config, const OutgoingMessage& outgoing) {
    auto gateway = HttpGateway::make({.sms = config}, caller_);
    if (!gateway) return core::fail(gateway.error());
    return gateway->send(outgoing);
  }
  std::string reason(int status, std::string body) {
    caller_.answer = http::ClientResponse{status, {}, std::move(body)};
    const auto result = send(sandbox_sms(), message());
    return result ? "" : result.error().reason;
  }
  std::string reason_for(std::string_view client_reason) {
    caller_.answer = core::fail(core::ErrorCode::kUnavailable, client_reason, "http://x/+7917");
    const auto result = send(sandbox_sms(), message());
    EXPECT_EQ(result.error().detail.find("+7917"), std::string::npos);
    return result.error().reason;
  }
  ScriptedCaller caller_;
};

TEST_F(HttpGatewayTest, HandsTheMessageOverAndReadsTheOperatorsId) {
  const auto accepted = send(sandbox_sms(), message());
  ASSERT_TRUE(accepted);
  EXPECT_EQ(accepted->provider_id, "m-1");
  EXPECT_EQ(caller_.asked.body, R"({"id":"id-1","to":"+79175550142","text":"Код 123456"})");
  EXPECT_EQ(caller_.asked.fields.back().second, "application/json");
}

TEST_F(HttpGatewayTest, NoTextStepsOutOfItsPlace) {
  const std::string hostile = "\",\"to\":\"+1\\\n{to}";
  (void)send(sandbox_sms(), message(hostile));
  const auto body = codec::parse_json(caller_.asked.body);
  ASSERT_TRUE(body) << caller_.asked.body;
  EXPECT_EQ(body->at("text").as_string(), hostile);
  EXPECT_EQ(body->at("to").as_string(), "+79175550142");
}

TEST_F(HttpGatewayTest, FillsFormsAndUrlsPercentEncoded) {
  auto config = sandbox_sms();
  config.url = "http://operator.example/send?id={id}&to={to}";
  config.content_type = "application/x-www-form-urlencoded";
  config.body = "text={text}&code={code}";
  ASSERT_TRUE(send(config, message("a&b=c d")));
  EXPECT_EQ(caller_.asked.url, "http://operator.example/send?id=id-1&to=%2B79175550142");
  EXPECT_EQ(caller_.asked.body, "text=a%26b%3Dc%20d&code=41736");
}

TEST_F(HttpGatewayTest, TellsNoFromNotNow) {
  EXPECT_EQ(reason(400, "{}"), "gateway.refused");
  EXPECT_EQ(reason(401, "{}"), "gateway.refused");
  EXPECT_EQ(reason(429, "{}"), "gateway.unavailable");
  EXPECT_EQ(reason(503, "{}"), "gateway.unavailable");
  EXPECT_EQ(reason(302, "{}"), "gateway.malformed");
  EXPECT_EQ(reason(200, R"({"message_id":"m","status":"rejected"})"), "gateway.refused");
}

TEST_F(HttpGatewayTest, TakesNoAnswerItCannotRead) {
  for (const auto* body :
       {"", "<html>", "[]", "{}", R"({"status":"accepted"})", R"({"status":{"a":1}})",
        R"({"message_id":"","status":"accepted"})", R"({"message_id":[],"status":"accepted"})"}) {
    EXPECT_EQ(reason(200, body), "gateway.malformed") << body;
  }
  EXPECT_EQ(reason(200, R"({"status":"accepted","message_id":")" + std::string(300, 'x') + "\"}"),
            "gateway.malformed");
}

TEST_F(HttpGatewayTest, PassesTroubleOnWithoutTheNumber) {
  EXPECT_EQ(reason_for("client.timeout"), "gateway.unavailable");
  EXPECT_EQ(reason_for("client.unreachable"), "gateway.unavailable");
  EXPECT_EQ(reason_for("client.too_large"), "gateway.malformed");
}

TEST_F(HttpGatewayTest, RefusesConfigurationsThatCannotWork) {
  const auto refused = [&](auto&& change) {
    auto config = sandbox_sms();
    change(config);
    const auto result = send(config, message());
    return !result && result.error().reason == "gateway.template";
  };
  EXPECT_TRUE(refused([](ChannelConfig& c) { c.body = R"({"text":{text}})"; }));
  EXPECT_TRUE(refused([](ChannelConfig& c) { c.body = "{"; }));
  EXPECT_TRUE(refused([](ChannelConfig& c) { c.content_type = "text/xml"; }));
  EXPECT_TRUE(refused([](ChannelConfig& c) { c.success_pointer = "status"; }));
}

TEST_F(HttpGatewayTest, SaysSoWhenAChannelIsNotConfigured) {
  auto call = message();
  call.channel = Channel::kCall;
  const auto result = send(sandbox_sms(), call);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().reason, "gateway.no_channel");
}

}  // namespace
}  // namespace edges::sms_http
