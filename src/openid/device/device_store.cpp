#include "openid/device/device_store.h"

#include "openid/token/token.h"

namespace openid::sql {
namespace {

constexpr store::Query kInsert{
    "device_authorization.insert",
    "INSERT INTO device_authorization (device_key, client_id, scope, state)"
    " VALUES ($1, $2, $3, $4)"};
constexpr store::Query kInsertCode{
    "device_user_code.insert",
    "INSERT INTO device_user_code (user_code_tag, device_key) VALUES ($1, $2)"};
constexpr store::Query kFind{
    "device_authorization.find",
    "SELECT client_id, scope, state, polled_at_utc, citizen_id, session_id, facts"
    " FROM device_authorization WHERE device_key = $1"};
constexpr store::Query kFindCode{
    "device_user_code.find", "SELECT device_key FROM device_user_code WHERE user_code_tag = $1"};
constexpr store::Query kPoll{
    "device_authorization.poll",
    "UPDATE device_authorization SET polled_at_utc = $2 WHERE device_key = $1"};
constexpr store::Query kMove{
    "device_authorization.move",
    "UPDATE device_authorization SET state = $3 WHERE device_key = $1 AND state = $2"};
constexpr store::Query kFacts{
    "device_authorization.facts",
    "UPDATE device_authorization SET citizen_id = $2, session_id = $3, facts = $4"
    " WHERE device_key = $1"};
// Few rows at a time live ten minutes: no index is worth its keep.
constexpr store::Query kPurgeCodes{"device_user_code.purge",
                                   "DELETE FROM device_user_code WHERE device_key < $1"};
constexpr store::Query kPurge{"device_authorization.purge",
                              "DELETE FROM device_authorization WHERE device_key < $1"};

}  // namespace

core::Status insert_device(store::UnitOfWork& unit, const DeviceRow& row,
                           core::ByteView user_code_tag) {
  TRY_VOID(unit.run(kInsert, {row.key, row.client_id, row.scope, row.state}));
  TRY_VOID(unit.run(kInsertCode, {user_code_tag, row.key}));
  return {};
}

core::Result<std::optional<DeviceRow>> find_device(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kFind, {key}));
  if (rows.empty()) return std::optional<DeviceRow>();
  const auto& row = rows.front();
  DeviceRow found{.key = core::to_bytes(key),
                  .client_id = std::string(row.text(0)),
                  .scope = std::string(row.text(1)),
                  .state = std::string(row.text(2)),
                  .polled_at = row.optional_instant(3),
                  .citizen_id = {},
                  .session_id = {},
                  .facts = {}};
  if (!row.is_null(4)) found.citizen_id = row.id<CitizenId>(4);
  if (!row.is_null(5)) found.session_id = core::to_bytes(row.blob(5));
  if (!row.is_null(6)) found.facts = std::string(row.text(6));
  return std::optional(std::move(found));
}

core::Result<std::optional<DeviceRow>> find_device_by_code(store::UnitOfWork& unit,
                                                           core::ByteView user_code_tag) {
  TRY(const auto rows, unit.run(kFindCode, {user_code_tag}));
  if (rows.empty()) return std::optional<DeviceRow>();
  return find_device(unit, rows.front().blob(0));
}

core::Status note_poll(store::UnitOfWork& unit, core::ByteView key, core::Instant now) {
  TRY_VOID(unit.run(kPoll, {key, now}));
  return {};
}

core::Result<bool> move_device(store::UnitOfWork& unit, core::ByteView key, std::string_view from,
                               std::string_view to) {
  TRY(const auto rows, unit.run(kMove, {key, from, to}));
  return rows.affected() == 1;
}

core::Status put_device_facts(store::UnitOfWork& unit, const DeviceRow& row) {
  TRY_VOID(unit.run(kFacts, {row.key, row.citizen_id, row.session_id, row.facts}));
  return {};
}

core::Status purge_devices(store::UnitOfWork& unit, core::Instant now) {
  const auto bound = expiry_bound(now);
  TRY_VOID(unit.run(kPurgeCodes, {bound}));
  TRY_VOID(unit.run(kPurge, {bound}));
  return {};
}

}  // namespace openid::sql
