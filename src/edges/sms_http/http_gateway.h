// HttpGateway: any operator with a plain HTTP interface, described in the configuration: where to
// send, with which fields and body, and how to tell a yes. Safe from any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "edges/sms_http/gateway.h"
#include "edges/sms_http/message_template.h"
#include "http/client.h"

namespace edges::sms_http {

/// How one channel is asked for and understood.
struct ChannelConfig {
  http::Method method = http::Method::kPost;
  std::string url;  ///< may hold holes, which are percent-encoded
  std::vector<std::pair<std::string, std::string>> fields = {};  ///< Authorization, ...
  std::string content_type = "application/json";
  std::string body = {};  ///< with holes; empty with GET
  int success_status = 200;
  /// Also required when set: the JSON pointer (RFC 6901) into the answer, and what it must say.
  std::string success_pointer = {};
  std::string success_equals = {};
  std::string provider_id_pointer = {};  ///< where the operator's id stands; empty = none
  std::chrono::milliseconds timeout{10'000};
};

struct HttpGatewayConfig {
  std::optional<ChannelConfig> sms = {};
  std::optional<ChannelConfig> call = {};
};

class HttpGateway final : public Gateway {
 public:
  /// `caller` must outlive it.
  /// Errors: kInvalidInput "gateway.template" see MessageTemplate, or a malformed JSON pointer.
  [[nodiscard]] static core::Result<HttpGateway> make(const HttpGatewayConfig& config,
                                                      http::HttpCaller& caller);

  [[nodiscard]] core::Result<Accepted> send(const OutgoingMessage& message) override;

 private:
  struct Prepared {
    ChannelConfig config;
    MessageTemplate url;
    MessageTemplate body;
  };
  explicit HttpGateway(http::HttpCaller& caller) : caller_(&caller) {}
  [[nodiscard]] static core::Result<Prepared> prepare(const ChannelConfig& config);
  [[nodiscard]] static core::Result<Accepted> understand(const ChannelConfig& config,
                                                         const http::ClientResponse& response);

  http::HttpCaller* caller_;
  std::map<Channel, Prepared> channels_;
};

}  // namespace edges::sms_http
