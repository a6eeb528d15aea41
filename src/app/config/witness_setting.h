// One line of [transparency] witnesses: a witness's key, and where it takes checkpoints, if it
// wants them brought. Value type and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config/config.h"
#include "audit/signed_note.h"

namespace app {

/// One line of [transparency] witnesses: "VKEY" or "VKEY URL".
struct WitnessSetting {
  audit::NoteVerifier key;
  std::string
      url;  ///< the submission prefix without a slash at its end; empty = it comes by itself

  /// Errors: kInvalidInput "witness.setting".
  [[nodiscard]] static core::Result<WitnessSetting> parse(std::string_view text);
};
[[nodiscard]] std::vector<WitnessSetting> witnesses_of(const Config& config);

}  // namespace app
