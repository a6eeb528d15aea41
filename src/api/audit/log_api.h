// Handlers of the transparency log: its public addresses (C2SP tlog-tiles), and a citizen's own
// entries. Each parses, calls one service and renders. Safe from any thread; the services must
// outlive the routes.
#pragma once

#include <string>
#include <vector>

#include "audit/log_service.h"
#include "codec/json.h"
#include "http/language.h"
#include "http/route.h"
#include "privacy/dispute/dispute_service.h"

namespace api {

/// Names of those who read, in the api's own words; app/ plugs the register of parties in. A name
/// is not part of what is proven: the record holds the identifier.
class ActorNames {
 public:
  virtual ~ActorNames() = default;
  /// Of "party:<client_id>"; empty when nobody knows.
  [[nodiscard]] virtual std::string name_of(std::string_view actor, http::Language language,
                                            core::Instant now) = 0;
};

class LogApi {
 public:
  /// @param url  of the log, without a slash at its end.
  LogApi(audit::LogService& log, ActorNames& names, privacy::DisputeService& disputes,
         std::string url)
      : log_(log), names_(names), disputes_(disputes), url_(std::move(url)) {}

  /// The room's part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer description(const http::Request& request);
  [[nodiscard]] Answer checkpoint(const http::Request& request);
  [[nodiscard]] Answer cosigned(const http::Request& request);
  [[nodiscard]] Answer tile(const http::Request& request);
  [[nodiscard]] Answer public_entries(const http::Request& request);
  [[nodiscard]] Answer add_cosignatures(const http::Request& request);
  [[nodiscard]] Answer entries(const http::Request& request);
  [[nodiscard]] Answer consistency(const http::Request& request);
  [[nodiscard]] Answer dispute(const http::Request& request);
  [[nodiscard]] codec::JsonObject entry_json(const audit::LogLine& line,
                                             const http::Request& request);

  audit::LogService& log_;
  ActorNames& names_;
  privacy::DisputeService& disputes_;
  std::string url_;
};

}  // namespace api
