// KeptCheckpoints: what this log has signed, remembered where the database cannot take it back, in
// the log's own words; app/ plugs files beside the signing keys in. Implementations must be safe
// from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/log_check.h"
#include "core/result.h"

namespace audit {

class KeptCheckpoints {
 public:
  virtual ~KeptCheckpoints() = default;

  /// The newest note this server signed, and notes somebody put beside it, such as a witness's.
  /// Errors: kUnavailable "log.kept_unreadable".
  [[nodiscard]] virtual core::Result<std::vector<NamedNote>> notes() = 0;
  /// Returns when the note is on disk. Errors: kUnavailable "log.kept_not_written".
  [[nodiscard]] virtual core::Status remember(std::string_view note) = 0;
  /// The last notes of logs that this one follows under another name, oldest first.
  [[nodiscard]] virtual std::vector<std::string> ended() = 0;
};

}  // namespace audit
