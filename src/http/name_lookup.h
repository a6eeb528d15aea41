// NameLookup: host names to addresses with a deadline. getaddrinfo cannot be interrupted, so it
// runs on threads of its own and a caller that has waited long enough leaves it behind. Internal to
// the HTTP room; safe from any thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "http/client_address.h"

namespace http {

class NameLookup {
 public:
  NameLookup();
  NameLookup(const NameLookup&) = delete;
  NameLookup& operator=(const NameLookup&) = delete;
  /// Waits for lookups that run.
  ~NameLookup();

  /// An address literal is returned as it is.
  /// Errors: kUnavailable "client.unreachable" no such name; "client.timeout".
  [[nodiscard]] core::Result<std::vector<ClientAddress>> find(
      const std::string& host, std::chrono::steady_clock::time_point deadline);

 private:
  class Threads;
  std::unique_ptr<Threads> threads_;
};

}  // namespace http
