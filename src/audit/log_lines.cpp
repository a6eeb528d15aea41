#include "audit/log_lines.h"

#include <algorithm>

namespace audit::sql {
namespace {

constexpr store::Query kNewest{
    "log_entry.list_newest",
    "SELECT e.entry_id, e.salt, e.record, e.sealed, l.leaf_index, d.disputed_at_utc, d.reason,"
    " d.answered_at_utc, d.outcome"
    " FROM log_entry e LEFT JOIN log_leaf l ON l.entry_id = e.entry_id"
    " LEFT JOIN log_dispute d ON d.citizen_id = e.citizen_id AND d.entry_id = e.entry_id"
    " WHERE e.citizen_id = $1 ORDER BY e.entry_id DESC LIMIT $2"};
constexpr store::Query kBefore{
    "log_entry.list_before",
    "SELECT e.entry_id, e.salt, e.record, e.sealed, l.leaf_index, d.disputed_at_utc, d.reason,"
    " d.answered_at_utc, d.outcome"
    " FROM log_entry e LEFT JOIN log_leaf l ON l.entry_id = e.entry_id"
    " LEFT JOIN log_dispute d ON d.citizen_id = e.citizen_id AND d.entry_id = e.entry_id"
    " WHERE e.citizen_id = $1 AND e.entry_id < $2 ORDER BY e.entry_id DESC LIMIT $3"};
constexpr store::Query kPublic{
    "log_public_entry.list",
    "SELECT p.entry_id, p.salt, p.record, l.leaf_index FROM log_public_entry p"
    " LEFT JOIN log_leaf l ON l.entry_id = p.entry_id ORDER BY p.entry_id"};
constexpr store::Query kFirst{"log_leaf.first",
                              "SELECT entry_id FROM log_leaf ORDER BY entry_id LIMIT 1"};
constexpr store::Query kHas{"log_entry.has",
                            "SELECT entry_id FROM log_entry WHERE citizen_id = $1 AND entry_id = "
                            "$2"};
constexpr store::Query kFind{
    "log_entry.find",
    "SELECT e.entry_id, e.salt, e.record, e.sealed, l.leaf_index, d.disputed_at_utc, d.reason,"
    " d.answered_at_utc, d.outcome"
    " FROM log_entry e LEFT JOIN log_leaf l ON l.entry_id = e.entry_id"
    " LEFT JOIN log_dispute d ON d.citizen_id = e.citizen_id AND d.entry_id = e.entry_id"
    " WHERE e.citizen_id = $1 AND e.entry_id = $2"};

std::optional<std::uint64_t> index_at(const store::Row& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return static_cast<std::uint64_t>(row.int64(column));
}

core::Result<Salt> salt_from(core::ByteView bytes) {
  Salt salt{};
  if (bytes.size() != salt.size()) {
    return core::fail(core::ErrorCode::kInternal, "log.entry_damaged");
  }
  std::copy(bytes.begin(), bytes.end(), salt.begin());
  return salt;
}

core::Result<StoredLine> line_from(const store::Row& row) {
  StoredLine stored;
  auto& line = stored.line;
  line.id = row.id<EntryId>(0);
  line.index = index_at(row, 4);
  line.disputed_at = row.optional_instant(5);
  if (line.disputed_at) line.dispute_reason = std::string(row.text(6));
  line.answered_at = row.optional_instant(7);
  if (line.answered_at) line.outcome = std::string(row.text(8));
  if (!row.is_null(3)) {
    stored.sealed = core::to_bytes(row.blob(3));
  } else {
    TRY(const auto salt, salt_from(row.blob(1)));
    line.opened = OpenedEntry{salt, std::string(row.text(2))};
  }
  return stored;
}

}  // namespace

core::Result<std::vector<StoredLine>> list_lines(store::UnitOfWork& unit,
                                                 const core::CitizenId& citizen_id,
                                                 const std::optional<EntryId>& before,
                                                 std::int64_t rows_max) {
  auto rows = before ? unit.run(kBefore, {citizen_id, *before, rows_max})
                     : unit.run(kNewest, {citizen_id, rows_max});
  if (!rows) return core::fail(std::move(rows).error());
  std::vector<StoredLine> lines;
  for (const auto& row : *rows) {
    TRY(auto line, line_from(row));
    lines.push_back(std::move(line));
  }
  return lines;
}

core::Result<std::vector<PublicLine>> list_public_lines(store::UnitOfWork& unit) {
  TRY(const auto rows, unit.run(kPublic));
  std::vector<PublicLine> lines;
  for (const auto& row : rows) {
    TRY(const auto salt, salt_from(row.blob(1)));
    lines.push_back({row.id<EntryId>(0), index_at(row, 3), salt, std::string(row.text(2))});
  }
  return lines;
}

core::Result<std::optional<EntryId>> first_entry(store::UnitOfWork& unit) {
  TRY(const auto rows, unit.run(kFirst));
  if (rows.empty()) return std::optional<EntryId>();
  return std::optional(rows.front().id<EntryId>(0));
}

core::Result<bool> has_line(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                            const EntryId& entry_id) {
  TRY(const auto rows, unit.run(kHas, {citizen_id, entry_id}));
  return !rows.empty();
}

core::Result<std::optional<StoredLine>> find_line(store::UnitOfWork& unit,
                                                  const core::CitizenId& citizen_id,
                                                  const EntryId& entry_id) {
  TRY(const auto rows, unit.run(kFind, {citizen_id, entry_id}));
  if (rows.empty()) return std::optional<StoredLine>();
  TRY(auto line, line_from(rows.front()));
  return std::optional(std::move(line));
}

}  // namespace audit::sql
