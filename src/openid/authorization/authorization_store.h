// Tables of requests under way and of what citizens agreed to. Functions over an open unit of work;
// errors are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <vector>

#include "openid/types.h"
#include "store/unit_of_work.h"

namespace openid::sql {

struct RequestRow {
  core::Bytes key;
  std::string client_id;
  std::string request;
};
[[nodiscard]] core::Status insert_request(store::UnitOfWork& unit, const RequestRow& row);
[[nodiscard]] core::Result<std::optional<RequestRow>> find_request(store::UnitOfWork& unit,
                                                                   core::ByteView key);
/// False when somebody was first: a request ends once.
[[nodiscard]] core::Result<bool> delete_request(store::UnitOfWork& unit, core::ByteView key);

struct GrantRow {
  CitizenId citizen_id;
  std::string client_id;
  Texts claims;
  bool offline_access = false;
  core::Bytes purpose_digest;
  core::Instant granted_at;
  std::optional<core::Instant> withdrawn_at;
  core::Instant last_used_at;
};
[[nodiscard]] core::Status put_grant(store::UnitOfWork& unit, const GrantRow& row);
/// Also a withdrawn one.
[[nodiscard]] core::Result<std::optional<GrantRow>> find_grant(store::UnitOfWork& unit,
                                                               const CitizenId& citizen_id,
                                                               std::string_view client_id);
[[nodiscard]] core::Result<std::vector<GrantRow>> list_live_grants(store::UnitOfWork& unit,
                                                                   const CitizenId& citizen_id);
/// False when there is no live one.
[[nodiscard]] core::Result<bool> withdraw_grant(store::UnitOfWork& unit,
                                                const CitizenId& citizen_id,
                                                std::string_view client_id, core::Instant now);
[[nodiscard]] core::Status touch_grant(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                       std::string_view client_id, core::Instant now);

}  // namespace openid::sql
