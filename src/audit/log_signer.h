// LogSigner: the log's signing keys, in the log's own words; app/ plugs key files in. A hardware
// token implements the same interface. Implementations must be safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/signed_note.h"
#include "core/instant.h"

namespace audit {

class LogSigner {
 public:
  virtual ~LogSigner() = default;

  /// The log's name: first line of its checkpoints and the name of its keys.
  [[nodiscard]] virtual const std::string& origin() const = 0;
  /// One line by each key that signs at `now`: the present one, and for a while after a rotation
  /// the one before it, so that whoever knows only that one can follow. Errors: kUnavailable
  /// "log.no_key" none has begun.
  [[nodiscard]] virtual core::Result<std::vector<NoteSignature>> sign(std::string_view text,
                                                                      core::Instant now) = 0;
  /// Every key the log has ever signed with, and those to come; oldest first.
  [[nodiscard]] virtual std::vector<NoteVerifier> published(core::Instant now) = 0;
  /// Since when each of published() signs.
  [[nodiscard]] virtual std::vector<core::Instant> beginnings(core::Instant now) = 0;
};

}  // namespace audit
