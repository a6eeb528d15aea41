// "Who looked" in the form of Estonia's Data Tracker (Andmejälgija, usage service 2.0.0):
// findUsage, usagePeriod, heartbeat. Safe from any thread; what it refers to must outlive the
// routes.
#pragma once

#include <string>
#include <vector>

#include "api/audit/log_api.h"

namespace api {

/// Whether the log is carried on; app/ knows.
class LogHealth {
 public:
  virtual ~LogHealth() = default;
  /// Errors: kUnavailable "log.*": it is not signed as it stands.
  [[nodiscard]] virtual core::Status ready(core::Instant now) = 0;
};

class UsageApi {
 public:
  /// @param system  this installation's name, as people see it.
  UsageApi(audit::LogService& log, ActorNames& names, LogHealth& health, std::string system)
      : log_(log), names_(names), health_(health), system_(std::move(system)) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer find_usage(const http::Request& request);
  [[nodiscard]] Answer usage_period(const http::Request& request);
  [[nodiscard]] Answer heartbeat(const http::Request& request);

  audit::LogService& log_;
  ActorNames& names_;
  LogHealth& health_;
  std::string system_;
};

}  // namespace api
