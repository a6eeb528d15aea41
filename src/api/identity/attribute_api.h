// Handlers of what is known about the person, what it opens, and the identity providers behind it.
// Each parses, calls one service and renders. Safe from any thread; the services must outlive the
// routes.
#pragma once

#include <vector>

#include "http/route.h"
#include "identity/assurance/function_gate.h"
#include "identity/assurance/link_service.h"
#include "identity/attribute/attribute_service.h"

namespace api {

struct AttributeServices {
  identity::AssuranceService& assurance;
  identity::AttributeService& attributes;
  identity::FunctionGate& gate;
  identity::LinkService& links;
};

class AttributeApi {
 public:
  explicit AttributeApi(AttributeServices services) : services_(services) {}

  /// The route table's lines; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list_attributes(const http::Request& request);
  [[nodiscard]] Answer put_attribute(const http::Request& request);
  [[nodiscard]] Answer remove_attribute(const http::Request& request);
  [[nodiscard]] Answer list_functions(const http::Request& request);
  [[nodiscard]] Answer list_providers(const http::Request& request);
  [[nodiscard]] Answer unlink_provider(const http::Request& request);

  AttributeServices services_;
};

}  // namespace api
