// Handlers of the data-protection officer's desk. Every one asks for the officer's role. Safe from
// any thread; the services must outlive the routes.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"
#include "identity/staff/staff_service.h"
#include "privacy/request/data_copy_service.h"
#include "privacy/request/evidence.h"
#include "privacy/request/request_desk_service.h"

namespace api {

struct RequestDeskServices {
  privacy::RequestDeskService& desk;
  privacy::DataCopyService& copies;
  const privacy::EditionLibrary& editions;
  privacy::EvidenceSigner& signer;
  identity::StaffService& staff;
};

class RequestDeskApi {
 public:
  RequestDeskApi(RequestDeskServices services, std::string installation)
      : services_(services), installation_(std::move(installation)) {}

  /// The part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer find(const http::Request& request, std::string_view number);
  [[nodiscard]] Answer get(const http::Request& request);
  [[nodiscard]] Answer take(const http::Request& request);
  [[nodiscard]] Answer extend(const http::Request& request);
  [[nodiscard]] Answer answer(const http::Request& request);
  [[nodiscard]] Answer refuse(const http::Request& request);
  [[nodiscard]] Answer data(const http::Request& request);
  [[nodiscard]] Answer evidence(const http::Request& request);

  [[nodiscard]] core::Result<core::CitizenId> officer(const http::Request& request);
  [[nodiscard]] core::Result<privacy::DeskAct> act(const http::Request& request);
  [[nodiscard]] Answer changed(const http::Request& request,
                               const core::Result<privacy::SubjectRequest>& result);

  RequestDeskServices services_;
  std::string installation_;
};

}  // namespace api
