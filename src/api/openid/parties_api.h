// Handlers of the registrar's desk: the register of relying parties. Every one asks for the
// registrar's role. Safe from any thread; the services must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "identity/staff/staff_service.h"
#include "openid/client/party_service.h"

namespace api {

struct PartiesServices {
  openid::PartyService& parties;
  identity::StaffService& staff;
};

class PartiesApi {
 public:
  explicit PartiesApi(PartiesServices services) : services_(services) {}

  /// The part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer roles(const http::Request& request);
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer add(const http::Request& request);
  [[nodiscard]] Answer get(const http::Request& request);
  [[nodiscard]] Answer change(const http::Request& request);
  [[nodiscard]] Answer set_state(const http::Request& request);
  [[nodiscard]] Answer rotate_secret(const http::Request& request);
  [[nodiscard]] core::Status require_registrar(const http::Request& request);

  PartiesServices services_;
};

}  // namespace api
