// Checking a whole log, or a citizen's export, as a stranger does: from bytes that anybody may have
// altered, and keys one trusts. What is damaged is told, and what is not. Functions for the command
// line; of one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/tile.h"
#include "core/strong_id.h"

namespace audit {

/// Where the files of a log are: a folder, or an address.
class LogSource {
 public:
  virtual ~LogSource() = default;
  /// The bytes at "checkpoint" or "tile/...".
  /// Errors: kNotFound "source.missing"; kUnavailable "source.unreadable" (detail: why).
  [[nodiscard]] virtual core::Result<core::Bytes> read(const std::string& path) = 0;
};

/// What a check came to, in sentences for the person who asked.
struct CheckReport {
  std::vector<std::string> holds;
  std::vector<std::string> damage;
  /// What could not be reached, or is another file than was asked for: no word on whether it holds.
  std::vector<std::string> unchecked = {};

  /// Nothing that was looked at is damaged.
  [[nodiscard]] bool is_whole() const { return damage.empty(); }
};

/// A note kept from before, and the name to call it by.
struct NamedNote {
  std::string name;
  std::string note;
};

/// Checks checkpoint, entries and tiles against each other; and earlier checkpoints of the same log
/// against the tree. Damage of one tile does not end the check.
[[nodiscard]] CheckReport check_log(LogSource& source, const std::vector<NoteVerifier>& keys,
                                    const std::vector<NamedNote>& earlier);

/// Two checkpoints without the tree: enough to find two roots of one size.
[[nodiscard]] CheckReport check_notes(const std::vector<NamedNote>& notes,
                                      const std::vector<NoteVerifier>& keys);

/// An export: a page of GET /api/v1/log/entries as it was answered.
/// @param citizen  whose it should be; absent = it only has to be one person's.
[[nodiscard]] CheckReport check_export(std::string_view json, const std::vector<NoteVerifier>& keys,
                                       const std::optional<core::CitizenId>& citizen);

}  // namespace audit
