// The check of a citizen's export; see log_check.h.
#include <fmt/format.h>

#include <algorithm>

#include "audit/log_check.h"
#include "audit/log_record.h"
#include "codec/base64url.h"
#include "codec/json.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr codec::JsonLimits kLimits{.bytes_max = 64UL * 1024 * 1024,
                                    .values_max = 4UL * 1024 * 1024};
constexpr std::size_t kEntriesMax = 100'000;

template <typename Array>
core::Result<Array> fixed(std::string_view text) {
  TRY(const auto bytes, codec::from_base64(text));
  Array array{};
  if (bytes.size() != array.size()) return fail(ErrorCode::kInvalidInput, "export.malformed");
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

struct ExportedEntry {
  std::string id;
  std::optional<std::uint64_t> index;
  std::string record;
  Salt salt{};
  Proof proof;
};

core::Result<ExportedEntry> parse_entry(const codec::Json& json) {
  TRY(auto fields, codec::JsonFields::of(json));
  ExportedEntry entry;
  TRY(entry.id, fields.string("entry_id", 36));
  TRY(const auto index, fields.optional_int64("index", 0, INT64_MAX));
  if (index) entry.index = static_cast<std::uint64_t>(*index);
  TRY(auto record, fields.optional_string("record", kRecordBytesMax));
  if (!record) return entry;
  entry.record = std::move(*record);
  TRY(const auto salt, fields.string("salt", 64));
  TRY(entry.salt, fixed<Salt>(salt));
  if (!entry.index) return entry;
  TRY(const auto* proof, fields.array("proof", kProofHashesMax));
  for (const auto& one : *proof) {
    if (!one.is_string()) return fail(ErrorCode::kInvalidInput, "export.malformed");
    TRY(const auto hash, fixed<Hash>(std::string_view(one.as_string())));
    entry.proof.push_back(hash);
  }
  return entry;
}

class ExportCheck {
 public:
  ExportCheck(TreeHead head, const std::optional<core::CitizenId>& citizen, CheckReport& report)
      : head_(head), report_(report) {
    if (citizen) citizen_ = pseudonym_of(*citizen);
  }

  void check(const ExportedEntry& entry) {
    const auto damaged = [&](std::string_view what) {
      report_.damage.push_back(fmt::format("entry {}: {}", entry.id, what));
    };
    if (entry.record.empty()) {
      ++unreadable_;
      return;
    }
    const auto record = LogRecord::parse(entry.record);
    if (!record) return damaged("the record is not in its canonical form: it was altered");
    if (record->id.to_string() != entry.id) return damaged("the record is of another entry");
    if (citizen_.empty()) citizen_ = record->citizen;
    if (record->citizen != citizen_) return damaged("the record is about somebody else");
    if (!entry.index) {
      ++waiting_;
      return;
    }
    const auto root = root_by_inclusion(leaf_hash(commit(entry.salt, entry.record)),
                                        {*entry.index, head_.size}, entry.proof);
    if (!root || *root != head_.root) {
      return damaged(
          "record, salt and proof do not lead to the checkpoint: one of them was altered, or the "
          "entry is not in the log");
    }
    ++proven_;
  }

  void finish() {
    report_.holds.push_back(fmt::format("{} entries are in the log as they are shown", proven_));
    if (waiting_ > 0) {
      report_.holds.push_back(fmt::format("{} entries waited for their place", waiting_));
    }
    if (unreadable_ > 0) {
      report_.holds.push_back(
          fmt::format("{} entries tell nothing any more: their key was erased", unreadable_));
    }
  }

 private:
  TreeHead head_;
  CheckReport& report_;
  std::string citizen_;
  int proven_ = 0;
  int waiting_ = 0;
  int unreadable_ = 0;
};

/// Whether it is something else that a person downloads here: the account as a file, or the copy
/// of their data that answers a request.
bool is_other_file(const codec::Json& json) {
  const auto* object = json.if_object();
  if (object == nullptr) return false;
  return !object->contains("entries") && !object->contains("checkpoint");
}

core::Status read_export(std::string_view text, const std::vector<NoteVerifier>& keys,
                         const std::optional<core::CitizenId>& citizen, CheckReport& report) {
  TRY(const auto json, codec::parse_json(text, kLimits));
  if (is_other_file(json)) {
    report.unchecked.push_back(
        "the file is no export of the log: it has neither a checkpoint nor entries. Signed in, the "
        "person saves /api/v1/log/entries?limit=100; the account's file and the copy of their data "
        "carry no proofs");
    return {};
  }
  TRY(auto fields, codec::JsonFields::of(json));
  TRY(const auto note, fields.string("checkpoint", kNoteBytesMax));
  TRY(const auto* entries, fields.array("entries", kEntriesMax));
  const auto opened = open_checkpoint(note, keys);
  if (!opened) {
    report.damage.push_back(
        fmt::format("the checkpoint of the export does not hold ({}): it was altered, or signed by "
                    "a key you did "
                    "not give; the entries were not looked at",
                    opened.error().reason));
    return {};
  }
  ExportCheck check(opened->checkpoint.head, citizen, report);
  for (const auto& one : *entries) {
    TRY(const auto entry, parse_entry(one));
    check.check(entry);
  }
  check.finish();
  return {};
}

}  // namespace

CheckReport check_export(std::string_view json, const std::vector<NoteVerifier>& keys,
                         const std::optional<core::CitizenId>& citizen) {
  CheckReport report;
  const auto read = read_export(json, keys, citizen, report);
  if (!read) {
    report.damage.push_back(
        fmt::format("the export cannot be read ({} {}): it is cut short or not an answer of "
                    "/api/v1/log/entries",
                    read.error().reason, read.error().detail));
  }
  return report;
}

}  // namespace audit
