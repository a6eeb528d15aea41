// OperatorParts: the telephone as one part of the platform: operators made from the configuration,
// the router among them, the record of deliveries and its page. Made once by Platform.
#pragma once

#include <memory>
#include <vector>

#include "api/identity/delivery_api.h"
#include "app/config/config.h"
#include "app/observe/metrics.h"
#include "app/operators/operator_router.h"
#include "app/system_clock.h"
#include "http/client.h"
#include "identity/delivery/delivery_service.h"

namespace app {

/// All must outlive the parts; `metrics` may be null.
struct OperatorPorts {
  store::Database& data;
  core::Rng& rng;
  const SystemClock& clock;
  Metrics* metrics = nullptr;
};

class OperatorParts {
 public:
  /// Errors: kInvalidInput "gateway.template" an operator's template does not parse.
  [[nodiscard]] static core::Result<std::unique_ptr<OperatorParts>> make(
      const Config& config, const OperatorPorts& ports);

  [[nodiscard]] OperatorRouter& router() { return *router_; }
  [[nodiscard]] identity::DeliveryService& deliveries() { return deliveries_; }
  [[nodiscard]] std::vector<http::Route> routes() { return api_.routes(); }
  /// beresta_circuit_open of each operator, as it is now.
  void tell_health(Metrics& metrics) const;

 private:
  explicit OperatorParts(const OperatorPorts& ports);
  [[nodiscard]] core::Result<std::unique_ptr<PhoneOperator>> make_operator(
      const std::string& name, const OperatorSettings& settings, const OperatorPorts& ports);
  [[nodiscard]] core::Result<std::unique_ptr<PhoneOperator>> make_http(
      const OperatorSettings& settings);
  [[nodiscard]] std::unique_ptr<PhoneOperator> make_smpp(const std::string& name,
                                                         const SmppSettings& settings,
                                                         const OperatorPorts& ports);
  [[nodiscard]] static core::Result<std::unique_ptr<PhoneOperator>> make_sip(
      const SipSettings& settings, const OperatorPorts& ports);

  std::vector<std::unique_ptr<http::Client>> clients_;
  identity::DeliveryService deliveries_;
  std::unique_ptr<OperatorRouter> router_;
  api::DeliveryApi api_;
};

}  // namespace app
