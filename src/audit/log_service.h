// LogService: what the log shows: checkpoints and tiles to everybody, their own entries with proofs
// to a citizen; and what it takes in: cosignatures of witnesses and disputes. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/kept_checkpoints.h"
#include "audit/log_keys.h"
#include "audit/log_record.h"
#include "audit/log_signer.h"
#include "audit/merkle.h"
#include "store/database.h"

namespace audit {

/// One entry as its owner sees it.
struct LogLine {
  EntryId id;
  std::optional<std::uint64_t> index;  ///< absent while it waits for its place
  std::optional<OpenedEntry> opened;   ///< absent when the key is gone
  Proof proof;                         ///< leads to the page's checkpoint; with an index only
  std::optional<core::Instant> disputed_at;
  std::string dispute_reason;                ///< of a dispute
  std::optional<core::Instant> answered_at;  ///< of a dispute that was answered
  std::string outcome;                       ///< of its answer
};

struct LogPage {
  std::string checkpoint;  ///< the note; empty before the first one
  std::vector<LogLine> lines;
};

/// A proof that today's tree holds an earlier one.
struct ConsistencyPage {
  std::string checkpoint;
  Proof proof;
};

/// An entry about nobody.
struct PublicLine {
  EntryId id;
  std::optional<std::uint64_t> index;
  Salt salt{};
  std::string record;
};

/// Reading by others, newest first.
struct Usage {
  std::int64_t total = 0;
  std::vector<LogRecord> records;
};
struct UsageQuery {
  std::optional<core::Instant> from;
  std::optional<core::Instant> to;
  std::int64_t offset = 0;
  std::int64_t limit = 1000;
};

/// All must outlive it.
struct LogServicePorts {
  store::Database& data;
  LogKeys& keys;
  LogSigner& signer;
  core::Rng& rng;
  KeptCheckpoints* kept = nullptr;  ///< nullptr keeps nothing
};

class LogService {
 public:
  static constexpr int kPageMax = 100;
  /// Entries of one citizen that findUsage looks through.
  static constexpr std::int64_t kUsageEntriesMax = 20'000;

  LogService(LogServicePorts ports, std::vector<NoteVerifier> witnesses)
      : ports_(ports), witnesses_(std::move(witnesses)) {}

  [[nodiscard]] LogSigner& signer() { return ports_.signer; }
  [[nodiscard]] const std::vector<NoteVerifier>& witnesses() const { return witnesses_; }

  /// The last notes of logs that this one follows under another name.
  [[nodiscard]] std::vector<std::string> ended() const {
    return ports_.kept == nullptr ? std::vector<std::string>() : ports_.kept->ended();
  }

  /// The newest note, with the cosignatures there are.
  /// Errors of both: kNotFound "checkpoint.none".
  [[nodiscard]] core::Result<std::string> checkpoint();
  [[nodiscard]] core::Result<std::string> cosigned_checkpoint();
  /// The bytes at "tile/...". Errors: kNotFound "tile.unknown".
  [[nodiscard]] core::Result<core::Bytes> tile(std::string_view path);
  [[nodiscard]] core::Result<std::vector<PublicLine>> public_entries();
  /// When the log's first entry was made; absent while it is empty.
  [[nodiscard]] core::Result<std::optional<core::Instant>> begins_at();
  /// Entries without a place.
  [[nodiscard]] core::Result<std::int64_t> waiting();

  /// Keeps the lines of known witnesses under a note of ours.
  /// Errors: those of open_checkpoint; kNotFound "checkpoint.none" never made here;
  ///         kForbidden "checkpoint.unsigned" no line by a witness we know.
  [[nodiscard]] core::Status add_cosignatures(std::string_view note, core::Instant now);

  /// A page of the citizen's entries, newest first. @param rows_max  1..kPageMax.
  /// Errors: those of the store and of crypto::KeyProvider.
  [[nodiscard]] core::Result<LogPage> page(const core::CitizenId& citizen_id,
                                           const std::optional<EntryId>& before, int rows_max);
  /// Errors: kNotFound "checkpoint.none"; kInvalidInput "proof.sizes" larger than the tree.
  [[nodiscard]] core::Result<ConsistencyPage> consistency(std::uint64_t from);
  [[nodiscard]] core::Result<Usage> usage(const core::CitizenId& citizen_id,
                                          const UsageQuery& query);

  /// "That was not right". @param reason  not_me, unknown_party, no_need or other.
  /// Errors: kNotFound "entry.unknown"; kConflict "entry.already_disputed";
  ///         kInvalidInput "entry.reason_unknown".
  [[nodiscard]] core::Status dispute(const core::CitizenId& citizen_id, const EntryId& entry_id,
                                     std::string_view reason, core::Instant now);
  /// What one entry of somebody says; empty when its key is gone.
  /// Errors: kNotFound "entry.unknown".
  [[nodiscard]] core::Result<std::optional<OpenedEntry>> open(const core::CitizenId& citizen_id,
                                                              const EntryId& entry_id);

 private:
  LogServicePorts ports_;
  std::vector<NoteVerifier> witnesses_;
};

}  // namespace audit
