#include "openid/authorization/authorization_store.h"

namespace openid::sql {
namespace {

constexpr store::Query kInsertRequest{
    "authorization_request.insert",
    "INSERT INTO authorization_request (request_key, client_id, request) VALUES ($1, $2, $3)"};
constexpr store::Query kFindRequest{
    "authorization_request.find",
    "SELECT client_id, request FROM authorization_request WHERE request_key = $1"};
constexpr store::Query kDeleteRequest{"authorization_request.delete",
                                      "DELETE FROM authorization_request WHERE request_key = $1"};

}  // namespace

core::Status insert_request(store::UnitOfWork& unit, const RequestRow& row) {
  TRY_VOID(unit.run(kInsertRequest, {row.key, row.client_id, row.request}));
  return {};
}

core::Result<std::optional<RequestRow>> find_request(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kFindRequest, {key}));
  if (rows.empty()) return std::optional<RequestRow>();
  const auto& row = rows.front();
  return std::optional(
      RequestRow{core::to_bytes(key), std::string(row.text(0)), std::string(row.text(1))});
}

core::Result<bool> delete_request(store::UnitOfWork& unit, core::ByteView key) {
  TRY(const auto rows, unit.run(kDeleteRequest, {key}));
  return rows.affected() == 1;
}

}  // namespace openid::sql
