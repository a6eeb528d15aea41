// Checkpoints kept beside the log's signing keys, out of reach of a restored database:
//   log-signed.checkpoint          the newest note this server signed;
//   log-signed-*.checkpoint        notes an operator put here, such as a witness's;
//   log-ended-<moment>.checkpoint  the last note of a log that was given another name.
// Safe from any thread.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "audit/kept_checkpoints.h"
#include "core/instant.h"

namespace app {

class KeptCheckpointFiles final : public audit::KeptCheckpoints {
 public:
  /// @param folder  that of the keys.  @param origin  the log's name now.
  KeptCheckpointFiles(std::string folder, std::string origin)
      : folder_(std::move(folder)), origin_(std::move(origin)) {}

  /// The log begins under its name: if another one was kept, that log has ended, and its last note
  /// is put aside for everybody to see. Errors: kUnavailable "log.kept_not_written".
  [[nodiscard]] core::Status begin(core::Instant now);

  [[nodiscard]] core::Result<std::vector<audit::NamedNote>> notes() override;
  [[nodiscard]] core::Status remember(std::string_view note) override;
  [[nodiscard]] std::vector<std::string> ended() override;

 private:
  [[nodiscard]] core::Result<std::vector<audit::NamedNote>> read_all(std::string_view prefix) const;

  std::string folder_;
  std::string origin_;
  std::mutex mutex_;
};

}  // namespace app
