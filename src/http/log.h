// Log: where the server tells what it did, in the server's own words; app/ plugs JSON lines and
// metrics in. Records hold no address, no raw path, no query, no body: they cannot leak a person.
// Called from socket threads, several at once: implementations must be quick and never throw.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/result.h"
#include "core/strong_id.h"
#include "http/method.h"

namespace http {

/// One finished request. Views live for the call only.
struct AccessRecord {
  std::string_view method;         ///< "GET"; "-" when not even that could be read
  std::string_view route_pattern;  ///< "/api/v1/consents/{consent_id}"; "-" when none matched
  int status = 0;
  std::int64_t micros = 0;  ///< from the first byte read to the response handed to the system
  std::size_t response_bytes = 0;  ///< head and body
  core::UuidBytes request_id{};
};

/// One Error that became a problem document, with the detail that was not sent.
struct ErrorRecord {
  std::string_view route_pattern;
  const core::Error& error;
  core::UuidBytes request_id{};
};

class Log {
 public:
  virtual ~Log() = default;
  virtual void access(const AccessRecord& record) = 0;
  virtual void error(const ErrorRecord& record) = 0;
};

}  // namespace http
