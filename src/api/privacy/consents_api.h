// Handlers of consents: the citizen's own page of all of them, giving, narrowing and withdrawing.
// Each parses, calls one service and renders. Safe from any thread; the services must outlive the
// routes.
#pragma once

#include <vector>

#include "codec/json.h"
#include "http/route.h"
#include "openid/authorization/connection_service.h"
#include "privacy/service.h"

namespace api {

struct ConsentServices {
  privacy::PrivacyService& privacy;
  openid::ConnectionService& connections;
};

class ConsentsApi {
 public:
  explicit ConsentsApi(ConsentServices services) : services_(services) {}

  /// The part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer rules(const http::Request& request);
  [[nodiscard]] Answer document(const http::Request& request);
  [[nodiscard]] Answer grant(const http::Request& request);
  [[nodiscard]] Answer narrow(const http::Request& request);
  [[nodiscard]] Answer withdraw(const http::Request& request);
  [[nodiscard]] Answer narrow_party(const http::Request& request);
  [[nodiscard]] Answer withdraw_party(const http::Request& request);
  [[nodiscard]] codec::JsonObject acceptance_json(const privacy::Acceptance& acceptance,
                                                  core::Instant now) const;

  ConsentServices services_;
};

}  // namespace api
