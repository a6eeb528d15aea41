// Checkpoints (C2SP tlog-checkpoint): the log's statement of its size and root, as a signed note.
// Value types and pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/merkle.h"
#include "audit/signed_note.h"

namespace audit {

struct Checkpoint {
  std::string origin;
  TreeHead head;

  /// Reads the text of a note. Extension lines are refused: this log never writes one.
  /// Errors: kInvalidInput "checkpoint.malformed".
  [[nodiscard]] static core::Result<Checkpoint> parse(std::string_view text);
  /// The three lines.
  [[nodiscard]] std::string to_text() const;
};

/// A checkpoint whose signature by one of the log's keys was verified.
struct VerifiedCheckpoint {
  Checkpoint checkpoint;
  SignedNote note;
  std::vector<NoteVerifier> witnesses;  ///< those of the given keys whose cosignature holds
};

/// Opens a note by the keys one trusts: at least one of type Ed25519 with the origin as its name
/// must have signed. Lines by unknown keys are passed over. Errors: those of SignedNote::parse and
/// Checkpoint::parse;
///         kForbidden "checkpoint.signature"   the line of a known key does not verify;
///         kForbidden "checkpoint.unsigned"    no line by a known key of the log.
/// Source: C2SP signed-note, "Signatures".
[[nodiscard]] core::Result<VerifiedCheckpoint> open_checkpoint(
    std::string_view note, const std::vector<NoteVerifier>& keys);

}  // namespace audit
