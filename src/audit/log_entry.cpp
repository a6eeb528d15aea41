#include "audit/log_entry.h"

#include <algorithm>
#include <array>

namespace audit {
namespace {

constexpr store::Query kInsertEntry{
    "log_entry.insert",
    "INSERT INTO log_entry (citizen_id, entry_id, salt, record) VALUES ($1, $2, $3, $4)"};
constexpr store::Query kInsertPublic{
    "log_public_entry.insert",
    "INSERT INTO log_public_entry (subject, entry_id, salt, record) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (subject) DO NOTHING"};
constexpr store::Query kEnqueue{"log_queue.insert",
                                "INSERT INTO log_queue (entry_id, commitment) VALUES ($1, $2)"};
constexpr store::Query kForget{"log_entry.forget", "DELETE FROM log_entry WHERE citizen_id = $1"};
constexpr store::Query kForgetDisputes{"log_dispute.forget",
                                       "DELETE FROM log_dispute WHERE citizen_id = $1"};

/// Whole families, so that a new kind of one is logged without a line here.
constexpr std::array<std::string_view, 5> kLoggedFamilies{"consent.", "agreement.", "account.",
                                                          "request.", "entry."};
constexpr std::array<std::string_view, 5> kLoggedKinds{"party.agreed", "party.narrowed",
                                                       "party.disconnected", "document.removed",
                                                       "attribute.removed"};

core::Status enqueue(store::UnitOfWork& unit, const EntryId& id, const Salt& salt,
                     std::string_view record) {
  TRY_VOID(unit.run(kEnqueue, {id, commit(salt, record)}));
  return {};
}

}  // namespace

bool is_logged(std::string_view operation_kind) {
  return std::any_of(kLoggedFamilies.begin(), kLoggedFamilies.end(),
                     [&](auto family) { return operation_kind.starts_with(family); }) ||
         std::find(kLoggedKinds.begin(), kLoggedKinds.end(), operation_kind) != kLoggedKinds.end();
}

core::Status record_log_entry(store::UnitOfWork& unit, const NewLogEntry& entry, core::Instant now,
                              core::Rng& rng) {
  const auto salt = make_salt(rng);
  const auto record = LogRecord{.id = entry.id,
                                .time = now,
                                .citizen = pseudonym_of(entry.citizen_id),
                                .kind = std::string(entry.kind),
                                .actor = std::string(entry.actor),
                                .purpose = std::string(entry.purpose),
                                .category = std::string(entry.category),
                                .subject = std::string(entry.subject)}
                          .to_text();
  TRY_VOID(unit.run(kInsertEntry, {entry.citizen_id, entry.id, salt, record}));
  return enqueue(unit, entry.id, salt, record);
}

core::Status record_public_entry(store::UnitOfWork& unit, std::string_view kind,
                                 std::string_view subject, core::Instant now, core::Rng& rng) {
  const auto id = EntryId::make(now, rng);
  const auto salt = make_salt(rng);
  const auto record = LogRecord{.id = id,
                                .time = now,
                                .citizen = {},
                                .kind = std::string(kind),
                                .actor = "platform",
                                .purpose = {},
                                .category = {},
                                .subject = std::string(subject)}
                          .to_text();
  TRY(const auto rows, unit.run(kInsertPublic, {subject, id, salt, record}));
  if (rows.affected() == 0) return {};
  return enqueue(unit, id, salt, record);
}

core::Result<std::int64_t> forget_log_entries(store::UnitOfWork& unit,
                                              const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kForget, {citizen_id}));
  TRY_VOID(unit.run(kForgetDisputes, {citizen_id}));
  return rows.affected();
}

}  // namespace audit
