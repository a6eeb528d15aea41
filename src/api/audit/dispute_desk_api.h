// Handlers of the officer's desk for disputed entries of the log. Every one asks for the officer's
// role. Safe from any thread; the services must outlive the routes.
#pragma once

#include <vector>

#include "api/audit/log_api.h"
#include "http/route.h"
#include "identity/staff/staff_service.h"
#include "privacy/dispute/dispute_service.h"

namespace api {

class DisputeDeskApi {
 public:
  DisputeDeskApi(privacy::DisputeService& disputes, identity::StaffService& staff,
                 ActorNames& names)
      : disputes_(disputes), staff_(staff), names_(names) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer get(const http::Request& request);
  [[nodiscard]] Answer answer(const http::Request& request);
  [[nodiscard]] core::Result<core::CitizenId> officer(const http::Request& request);

  privacy::DisputeService& disputes_;
  identity::StaffService& staff_;
  ActorNames& names_;
};

}  // namespace api
