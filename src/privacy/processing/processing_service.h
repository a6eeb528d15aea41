// ProcessingService: what the public page about processing is made from: the register, and the
// relying parties that are live just now. Nothing in it is about a person. Safe from any thread.
#pragma once

#include <utility>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "privacy/processing/types.h"

namespace privacy {

/// Who may receive data because a person agreed to it; app/ plugs the register of parties in.
class LiveParties {
 public:
  virtual ~LiveParties() = default;
  /// Their names, in no order that tells anything. Errors: the store's.
  [[nodiscard]] virtual core::Result<std::vector<LocalTexts>> live_parties(core::Instant now) = 0;
};

class ProcessingService {
 public:
  ProcessingService(ProcessingRegister processing, LiveParties& parties)
      : register_(std::move(processing)), parties_(parties) {}

  [[nodiscard]] const ProcessingRegister& entries() const { return register_; }
  /// Errors: those of LiveParties.
  [[nodiscard]] core::Result<std::vector<LocalTexts>> parties(core::Instant now) {
    return parties_.live_parties(now);
  }

 private:
  ProcessingRegister register_;
  LiveParties& parties_;
};

}  // namespace privacy
