#include "vault/depersonalised_reading.h"

#include <map>

#include "audit/log_entry.h"
#include "core/assert.h"
#include "vault/claims.h"
#include "vault/sealing.h"

namespace vault {
namespace {

using AccessId = core::StrongId<struct AccessIdTag>;

// A block of one category leaves the person out as a whole: blocking stops everything but storage.
constexpr store::Query kInsertAccess{
    "access_record.insert_unless_anything_blocked",
    "INSERT INTO access_record (citizen_id, access_id, at_utc, actor, purpose, category)"
    " SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS"
    " (SELECT 1 FROM data_block WHERE citizen_id = $1)"};
constexpr store::Query kSelectFacts{
    "personal_record.list_statistics_facts",
    "SELECT name, sealed, source, assurance_level, proven_at_utc FROM personal_record"
    " WHERE citizen_id = $1 AND category = $2 AND name IN ($3, $4, $5) ORDER BY name"};

constexpr Category kCategory = Category::kProfile;

}  // namespace

core::Result<std::vector<ReadPerson>> DepersonalisedReading::read(
    std::span<const core::CitizenId> people, const MayBeRead& may_be_read) {
  CORE_ASSERT(people.size() <= kPeopleMax && !act_.actor.is_citizen());
  std::map<core::CitizenId, crypto::Key256> keys;
  for (const auto& citizen_id : people) {
    TRY(auto key, find_data_key(ports_.keys, ports_.root, citizen_id, kCategory));
    if (key) keys.emplace(citizen_id, std::move(*key));
  }
  TRY(const auto all, ports_.data.write([&](store::UnitOfWork& unit) {
    return record_and_select(unit, people, may_be_read);
  }));
  std::vector<ReadPerson> read;
  read.reserve(all.size());
  for (const auto& found : all) {
    ReadPerson person{found.citizen_id, {}};
    const auto key = keys.find(found.citizen_id);
    for (const auto& row : found.rows) {
      if (key == keys.end()) break;
      TRY(auto record, open_row(row, found.citizen_id, kCategory, key->second));
      person.records.push_back(std::move(record));
    }
    put_in_force_order(person.records);
    read.push_back(std::move(person));
  }
  return read;
}

core::Result<std::vector<DepersonalisedReading::Found>> DepersonalisedReading::record_and_select(
    store::UnitOfWork& unit, std::span<const core::CitizenId> people,
    const MayBeRead& may_be_read) {
  std::vector<Found> all;
  for (const auto& citizen_id : people) {
    TRY(const bool may, may_be_read(unit, citizen_id));
    if (!may) continue;
    TRY(const bool recorded, record(unit, citizen_id));
    if (!recorded) continue;
    TRY(auto rows, unit.run(kSelectFacts, {citizen_id, name_of(kCategory), kStatisticsFacts[0],
                                           kStatisticsFacts[1], kStatisticsFacts[2]}));
    all.push_back({citizen_id, std::move(rows)});
  }
  return all;
}

core::Result<bool> DepersonalisedReading::record(store::UnitOfWork& unit,
                                                 const core::CitizenId& citizen_id) {
  const auto access_id = AccessId::make(act_.now, ports_.rng);
  TRY(const auto inserted,
      unit.run(kInsertAccess, {citizen_id, access_id, act_.now, act_.actor.name(),
                               kStatisticsPurpose, name_of(kCategory)}));
  if (inserted.affected() == 0) return false;
  TRY(const auto entry_id, audit::EntryId::from_bytes(access_id.bytes()));
  const auto subject =
      std::string(name_of(Operation::kDepersonalise)) + "/" + act_.dataset_id.to_string();
  TRY_VOID(audit::record_log_entry(unit,
                                   {.citizen_id = citizen_id,
                                    .id = entry_id,
                                    .kind = "access",
                                    .actor = act_.actor.name(),
                                    .purpose = kStatisticsPurpose,
                                    .category = name_of(kCategory),
                                    .subject = subject},
                                   act_.now, ports_.rng));
  return true;
}

}  // namespace vault
