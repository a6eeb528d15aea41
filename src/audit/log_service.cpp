#include "audit/log_service.h"

#include "audit/checkpoint.h"
#include "audit/dispute.h"
#include "audit/log_lines.h"
#include "audit/log_store.h"
#include "audit/operation_log.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::uint8_t kEntryLength = sizeof(Hash);

auto no_checkpoint() { return fail(ErrorCode::kNotFound, "checkpoint.none"); }

core::Result<std::string> with_cosignatures(store::UnitOfWork& unit,
                                            const std::optional<sql::StoredCheckpoint>& found) {
  if (!found) return no_checkpoint();
  TRY(const auto lines, sql::list_cosignatures(unit, found->head.size));
  auto note = found->note;
  for (const auto& line : lines) note += line;
  return note;
}

/// What is still sealed is opened, or stays unreadable when there is no key.
core::Status open_line(sql::StoredLine& stored, const core::CitizenId& citizen_id,
                       const std::optional<crypto::Key256>& key) {
  if (stored.line.opened || !key) return {};
  auto opened = open_entry(*key, {citizen_id, stored.line.id}, stored.sealed);
  // Sealed under a key that was erased since, and another made after it: unreadable, as meant.
  if (opened) stored.line.opened = std::move(*opened);
  return {};
}

core::Instant moment_of(const EntryId& id) {
  std::int64_t millis = 0;
  for (const auto byte : id.bytes().first(6)) millis = millis * 256 + byte;
  return core::Instant::from_micros(millis * 1000);
}

}  // namespace

core::Result<std::string> LogService::checkpoint() {
  return ports_.data.read([](store::UnitOfWork& unit) -> core::Result<std::string> {
    TRY(const auto found, sql::newest_checkpoint(unit));
    return with_cosignatures(unit, found);
  });
}

core::Result<std::string> LogService::cosigned_checkpoint() {
  return ports_.data.read([](store::UnitOfWork& unit) -> core::Result<std::string> {
    TRY(const auto found, sql::newest_cosigned(unit));
    return with_cosignatures(unit, found);
  });
}

core::Result<core::Bytes> LogService::tile(std::string_view path) {
  TRY(const auto tile, parse_tile_path(path));
  TRY(auto bytes, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_tile(unit, tile.level, tile.index);
  }));
  const auto wanted = tile.width * sizeof(Hash);
  if (bytes.size() < wanted) return fail(ErrorCode::kNotFound, "tile.unknown");
  bytes.resize(wanted);
  if (tile.level != kEntriesLevel) return bytes;
  core::Bytes bundle;
  for (auto at = bytes.begin(); at != bytes.end(); at += kEntryLength) {
    bundle.insert(bundle.end(), {0, kEntryLength});
    bundle.insert(bundle.end(), at, at + kEntryLength);
  }
  return bundle;
}

core::Result<std::vector<PublicLine>> LogService::public_entries() {
  return ports_.data.read([](store::UnitOfWork& unit) { return sql::list_public_lines(unit); });
}

core::Result<std::optional<core::Instant>> LogService::begins_at() {
  TRY(const auto first,
      ports_.data.read([](store::UnitOfWork& unit) { return sql::first_entry(unit); }));
  if (!first) return std::optional<core::Instant>();
  return std::optional(moment_of(*first));
}

core::Result<std::int64_t> LogService::waiting() {
  return ports_.data.read([](store::UnitOfWork& unit) { return sql::count_waiting(unit); });
}

core::Status LogService::add_cosignatures(std::string_view note, core::Instant now) {
  auto keys = ports_.signer.published(now);
  keys.insert(keys.end(), witnesses_.begin(), witnesses_.end());
  TRY(const auto opened, open_checkpoint(note, keys));
  if (opened.witnesses.empty()) return fail(ErrorCode::kForbidden, "checkpoint.unsigned");
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto ours, sql::find_checkpoint(unit, opened.checkpoint.head.size));
    if (!ours || ours->head != opened.checkpoint.head) return no_checkpoint();
    for (const auto& witness : opened.witnesses) {
      for (const auto& line : opened.note.signatures) {
        if (!witness.is_of(line)) continue;
        TRY_VOID(
            sql::put_cosignature(unit, ours->head.size, witness.to_string(), to_line(line), now));
      }
    }
    return {};
  });
}

core::Result<LogPage> LogService::page(const core::CitizenId& citizen_id,
                                       const std::optional<EntryId>& before, int rows_max) {
  TRY(const auto key, ports_.keys.find(citizen_id));
  return ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<LogPage> {
    LogPage page;
    TRY(const auto newest, sql::newest_checkpoint(unit));
    TRY(auto stored, sql::list_lines(unit, citizen_id, before, rows_max));
    const auto size = newest ? newest->head.size : 0;
    if (newest) {
      TRY(page.checkpoint, with_cosignatures(unit, newest));
    }
    sql::StoredTiles tiles(unit);
    TileTree tree(tiles, size);
    for (auto& one : stored) {
      TRY_VOID(open_line(one, citizen_id, key));
      // Placed, but in a tree that is not signed yet.
      if (one.line.index && *one.line.index >= size) one.line.index.reset();
      if (one.line.index) {
        TRY(one.line.proof, tree.prove_inclusion(*one.line.index));
      }
      page.lines.push_back(std::move(one.line));
    }
    return page;
  });
}

core::Result<ConsistencyPage> LogService::consistency(std::uint64_t from) {
  return ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<ConsistencyPage> {
    ConsistencyPage page;
    TRY(const auto newest, sql::newest_checkpoint(unit));
    TRY(page.checkpoint, with_cosignatures(unit, newest));
    if (from > newest->head.size) return fail(ErrorCode::kInvalidInput, "proof.sizes");
    sql::StoredTiles tiles(unit);
    TRY(page.proof, TileTree(tiles, newest->head.size).prove_consistency(from));
    return page;
  });
}

core::Result<Usage> LogService::usage(const core::CitizenId& citizen_id, const UsageQuery& query) {
  TRY(const auto key, ports_.keys.find(citizen_id));
  TRY(auto stored, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::list_lines(unit, citizen_id, {}, kUsageEntriesMax);
  }));
  Usage usage;
  for (auto& one : stored) {
    const auto at = moment_of(one.line.id);
    if ((query.from && at < *query.from) || (query.to && at > *query.to)) continue;
    TRY_VOID(open_line(one, citizen_id, key));
    if (!one.line.opened) continue;
    auto record = LogRecord::parse(one.line.opened->record);
    if (!record || record->kind != "access") continue;
    const auto position = usage.total++;
    if (position < query.offset || position >= query.offset + query.limit) continue;
    usage.records.push_back(std::move(*record));
  }
  return usage;
}

core::Status LogService::dispute(const core::CitizenId& citizen_id, const EntryId& entry_id,
                                 std::string_view reason, core::Instant now) {
  if (!is_dispute_reason(reason)) return fail(ErrorCode::kInvalidInput, "entry.reason_unknown");
  const Dispute dispute{citizen_id, entry_id, std::string(reason), now, {}, {}};
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool owned, sql::has_line(unit, citizen_id, entry_id));
    if (!owned) return fail(ErrorCode::kNotFound, "entry.unknown");
    TRY(const bool is_new, sql::put_dispute(unit, dispute));
    if (!is_new) return fail(ErrorCode::kConflict, "entry.already_disputed");
    return record_operation(unit, {citizen_id, "entry.disputed", dispute.reason}, now, ports_.rng);
  });
}

core::Result<std::optional<OpenedEntry>> LogService::open(const core::CitizenId& citizen_id,
                                                          const EntryId& entry_id) {
  TRY(const auto key, ports_.keys.find(citizen_id));
  TRY(auto stored, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_line(unit, citizen_id, entry_id);
  }));
  if (!stored) return fail(ErrorCode::kNotFound, "entry.unknown");
  TRY_VOID(open_line(*stored, citizen_id, key));
  return std::move(stored->line.opened);
}

}  // namespace audit
