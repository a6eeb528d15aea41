// Handlers of an account's numbers. Each parses, calls one service and renders. Safe from any
// thread; the services must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "identity/account/number_service.h"

namespace api {

class NumberApi {
 public:
  NumberApi(identity::NumberService& numbers, identity::ChallengeService& challenges)
      : numbers_(numbers), challenges_(challenges) {}

  /// The routes; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer challenge(const http::Request& request);
  [[nodiscard]] Answer prepare_work(const http::Request& request);
  [[nodiscard]] Answer add(const http::Request& request);
  [[nodiscard]] Answer replace(const http::Request& request);
  [[nodiscard]] Answer replace_lost(const http::Request& request);
  [[nodiscard]] Answer make_primary(const http::Request& request);
  [[nodiscard]] Answer remove(const http::Request& request);
  [[nodiscard]] Answer cancel_change(const http::Request& request);

  identity::NumberService& numbers_;
  identity::ChallengeService& challenges_;  ///< names the browser
};

}  // namespace api
