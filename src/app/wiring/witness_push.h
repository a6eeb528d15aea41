// WitnessPush: hands each new checkpoint to the configured witnesses and takes their cosignatures
// (C2SP tlog-witness, add-checkpoint). A witness that is slow or away delays nothing but its own
// line. Used by one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/config/witness_setting.h"
#include "app/observe/json_log.h"
#include "audit/log_service.h"
#include "http/client.h"

namespace app {

class WitnessPush {
 public:
  /// @param caller  must outlive it, as the log must.
  WitnessPush(audit::LogService& log, http::HttpCaller& caller,
              const std::vector<WitnessSetting>& witnesses);

  [[nodiscard]] bool has_peers() const { return !peers_.empty(); }
  /// Asks every witness that is due.
  void run_once(core::Instant now, JsonLog& log);

 private:
  struct Peer {
    std::string name;
    std::string url;
    std::uint64_t seen = 0;  ///< the size it cosigned last, as far as we know
    bool is_known = false;   ///< whether it has told us
    core::Instant not_before;
  };
  [[nodiscard]] core::Status push(Peer& peer, core::Instant now);
  [[nodiscard]] core::Result<http::ClientResponse> submit(const Peer& peer,
                                                          const audit::ConsistencyPage& page);

  audit::LogService& log_;
  http::HttpCaller& caller_;
  std::vector<Peer> peers_;
};

}  // namespace app
