// The table of requests under way. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
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

}  // namespace openid::sql
