// LogRecord: what one entry of the transparency log says, its canonical bytes, and the salted
// commitment that alone becomes public. docs/spec/transparency-log.md, sections 2 and 3.
// Value types and pure functions, safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "audit/merkle.h"
#include "core/instant.h"
#include "core/rng.h"
#include "core/strong_id.h"

namespace audit {

using EntryId = core::StrongId<struct EntryIdTag>;
using Salt = std::array<std::uint8_t, 32>;

inline constexpr std::string_view kRecordFormat = "beresta-log-1";
inline constexpr std::size_t kRecordBytesMax = 2048;

/// Every member is a word or a short text; none is personal data. Absent is empty.
struct LogRecord {
  EntryId id;
  core::Instant time;
  std::string citizen;   ///< pseudonym_of the person it is about; empty for a public entry
  std::string kind;      ///< "access", "consent.granted"
  std::string actor;     ///< who did it: "citizen", "party:<client_id>", "platform:documents"
  std::string purpose;   ///< of an access
  std::string category;  ///< of the data an access was about
  std::string subject;   ///< what else it was about: a consent, an edition, a document kind

  /// The canonical bytes: one JSON object, members in the order of the specification.
  [[nodiscard]] std::string to_text() const;
  /// Reads exactly what to_text writes. Errors: kInvalidInput "record.malformed".
  [[nodiscard]] static core::Result<LogRecord> parse(std::string_view text);
};

/// 32 hexadecimal digits: the first half of SHA-256 over a label and the citizen's id.
[[nodiscard]] std::string pseudonym_of(const core::CitizenId& citizen_id);

[[nodiscard]] Salt make_salt(core::Rng& rng);
/// The entry that becomes public: SHA-256 over a label, the salt and the record.
[[nodiscard]] Hash commit(const Salt& salt, std::string_view record);

/// "2026-11-22T09:42:45.123456Z".
[[nodiscard]] std::string to_log_time(core::Instant at);

}  // namespace audit
