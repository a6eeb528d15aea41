#include "identity/account/number_store.h"

#include "identity/account_store.h"

namespace identity::sql {
namespace {

constexpr store::Query kList{
    "citizen_phone.list",
    "SELECT phone_id, phone_index, phone_masked, is_primary, confirmed_at_utc FROM citizen_phone"
    " WHERE citizen_id = $1 ORDER BY is_primary DESC, confirmed_at_utc, phone_id"};
constexpr store::Query kInsert{
    "citizen_phone.insert",
    "INSERT INTO citizen_phone (citizen_id, phone_id, phone_index, phone_masked, is_primary,"
    " confirmed_at_utc) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr store::Query kDelete{"citizen_phone.delete",
                               "DELETE FROM citizen_phone WHERE citizen_id = $1 AND phone_id = $2"};
constexpr store::Query kDeleteLogin{
    "login_index.delete",
    "DELETE FROM login_index WHERE kind = $1 AND blind_index = $2 AND citizen_id = $3"};
constexpr store::Query kSetPrimary{
    "citizen_phone.set_primary",
    "UPDATE citizen_phone SET is_primary = CASE WHEN phone_id = $2 THEN 1 ELSE 0 END"
    " WHERE citizen_id = $1"};
constexpr store::Query kSetMasked{"citizen.set_phone_masked",
                                  "UPDATE citizen SET phone_masked = $2 WHERE citizen_id = $1"};
constexpr store::Query kInsertChange{
    "number_change.insert",
    "INSERT INTO number_change (citizen_id, replaces, phone_index, phone_sealed, phone_masked,"
    " asked_at_utc, applies_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (citizen_id) DO NOTHING"};
constexpr store::Query kFindChange{
    "number_change.find",
    "SELECT citizen_id, replaces, phone_index, phone_sealed, phone_masked, asked_at_utc,"
    " applies_at_utc FROM number_change WHERE citizen_id = $1"};
constexpr store::Query kListDueChanges{
    "number_change.list_due",
    "SELECT citizen_id, replaces, phone_index, phone_sealed, phone_masked, asked_at_utc,"
    " applies_at_utc FROM number_change WHERE applies_at_utc <= $1"
    " ORDER BY applies_at_utc LIMIT $2"};
constexpr store::Query kDeleteChange{"number_change.delete",
                                     "DELETE FROM number_change WHERE citizen_id = $1"};

NumberChangeRow read_change(const store::Row& row) {
  return {.citizen_id = row.id<CitizenId>(0),
          .replaces = row.id<PhoneId>(1),
          .phone_index = core::to_bytes(row.blob(2)),
          .phone_sealed = core::to_bytes(row.blob(3)),
          .masked = std::string(row.text(4)),
          .asked_at = row.instant(5),
          .applies_at = row.instant(6)};
}

}  // namespace

core::Result<std::vector<NumberRow>> list_numbers(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto rows, unit.run(kList, {id}));
  std::vector<NumberRow> numbers;
  for (const auto& row : rows) {
    numbers.push_back({row.id<PhoneId>(0), core::to_bytes(row.blob(1)), std::string(row.text(2)),
                       row.boolean(3), row.instant(4)});
  }
  return numbers;
}

core::Status insert_number(store::UnitOfWork& unit, const CitizenId& id, const NumberRow& row) {
  TRY_VOID(unit.run(
      kInsert, {id, row.id, row.phone_index, row.masked, row.primary ? 1 : 0, row.confirmed_at}));
  return {};
}

core::Status insert_first_number(store::UnitOfWork& unit, const Citizen& citizen,
                                 core::ByteView phone_index) {
  TRY(const auto phone_id, PhoneId::from_bytes(citizen.id.bytes()));
  return insert_number(unit, citizen.id,
                       {.id = phone_id,
                        .phone_index = core::to_bytes(phone_index),
                        .masked = citizen.phone_masked,
                        .primary = true,
                        .confirmed_at = citizen.registered_at});
}

core::Result<bool> delete_number(store::UnitOfWork& unit, const CitizenId& id,
                                 const NumberRow& row) {
  TRY_VOID(unit.run(kDeleteLogin, {kPhoneLogin, row.phone_index, id}));
  TRY(const auto rows, unit.run(kDelete, {id, row.id}));
  return rows.affected() == 1;
}

core::Status set_primary(store::UnitOfWork& unit, const CitizenId& id, const NumberRow& row) {
  TRY_VOID(unit.run(kSetPrimary, {id, row.id}));
  TRY_VOID(unit.run(kSetMasked, {id, row.masked}));
  return {};
}

core::Result<bool> insert_number_change(store::UnitOfWork& unit, const NumberChangeRow& row) {
  TRY(const auto rows,
      unit.run(kInsertChange, {row.citizen_id, row.replaces, row.phone_index, row.phone_sealed,
                               row.masked, row.asked_at, row.applies_at}));
  return rows.affected() == 1;
}

core::Result<std::optional<NumberChangeRow>> find_number_change(store::UnitOfWork& unit,
                                                                const CitizenId& id) {
  TRY(const auto rows, unit.run(kFindChange, {id}));
  if (rows.empty()) return std::optional<NumberChangeRow>();
  return std::optional(read_change(rows.front()));
}

core::Result<std::vector<NumberChangeRow>> list_due_number_changes(store::UnitOfWork& unit,
                                                                   core::Instant now,
                                                                   int rows_max) {
  TRY(const auto rows, unit.run(kListDueChanges, {now, rows_max}));
  std::vector<NumberChangeRow> due;
  for (const auto& row : rows) due.push_back(read_change(row));
  return due;
}

core::Result<bool> delete_number_change(store::UnitOfWork& unit, const CitizenId& id) {
  TRY(const auto rows, unit.run(kDeleteChange, {id}));
  return rows.affected() == 1;
}

std::string number_change_place(const CitizenId& id) {
  return "number_change|phone_sealed|" + id.to_string();
}

}  // namespace identity::sql
