// The register of processing for everybody: what the public page is made from, in every language at
// once. Safe from any thread; the service must outlive the routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "privacy/edition_library.h"
#include "privacy/processing/processing_service.h"

namespace api {

class ProcessingApi {
 public:
  ProcessingApi(privacy::ProcessingService& service, const privacy::EditionLibrary& editions)
      : service_(service), editions_(editions) {}

  /// The room's part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer get(const http::Request& request);

  privacy::ProcessingService& service_;
  const privacy::EditionLibrary& editions_;
};

}  // namespace api
