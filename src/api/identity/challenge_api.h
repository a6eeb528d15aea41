// Handlers of challenges: codes asked for, switched to SMS, answered, and the work a suspicious
// source does first. Each parses, calls one service and renders. Safe from any thread; the service
// must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "identity/challenge/challenge_service.h"
#include "identity/phone_number.h"

namespace api {

struct ChallengeServices {
  identity::ChallengeService& challenges;
  identity::PhonePolicy phones;
};

class ChallengeApi {
 public:
  explicit ChallengeApi(ChallengeServices services) : services_(std::move(services)) {}

  /// This part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer start(const http::Request& request);
  [[nodiscard]] Answer prepare_work(const http::Request& request);
  [[nodiscard]] Answer switch_to_sms(const http::Request& request);
  [[nodiscard]] Answer answer(const http::Request& request);

  ChallengeServices services_;
};

}  // namespace api
