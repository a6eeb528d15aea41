// Handlers of editions as people meet them: the list, what changed, what waits for a person and
// accepting it. Safe from any thread; the service must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "privacy/edition_service.h"

namespace api {

class EditionApi {
 public:
  explicit EditionApi(privacy::EditionService& service) : service_(service) {}

  /// The room's part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer changes(const http::Request& request);
  [[nodiscard]] Answer own(const http::Request& request);
  [[nodiscard]] Answer accept(const http::Request& request);

  privacy::EditionService& service_;
};

}  // namespace api
