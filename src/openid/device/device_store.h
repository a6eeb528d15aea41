// Tables of devices that wait for a decision. Functions over an open unit of work; errors are those
// of store::UnitOfWork::run.
#pragma once

#include <optional>

#include "openid/types.h"
#include "store/unit_of_work.h"

namespace openid::sql {

struct DeviceRow {
  core::Bytes key;
  std::string client_id;
  std::string scope;
  std::string state;  ///< "pending", "agreed", "refused", "taken"
  std::optional<core::Instant> polled_at;
  std::optional<CitizenId> citizen_id;
  core::Bytes session_id;
  std::string facts;
};
[[nodiscard]] core::Status insert_device(store::UnitOfWork& unit, const DeviceRow& row,
                                         core::ByteView user_code_tag);
[[nodiscard]] core::Result<std::optional<DeviceRow>> find_device(store::UnitOfWork& unit,
                                                                 core::ByteView key);
/// The device of a typed code.
[[nodiscard]] core::Result<std::optional<DeviceRow>> find_device_by_code(
    store::UnitOfWork& unit, core::ByteView user_code_tag);
[[nodiscard]] core::Status note_poll(store::UnitOfWork& unit, core::ByteView key,
                                     core::Instant now);
/// From one state to the next; false when it is in another.
[[nodiscard]] core::Result<bool> move_device(store::UnitOfWork& unit, core::ByteView key,
                                             std::string_view from, std::string_view to);
/// Who agreed, and to what; with move_device to "agreed".
[[nodiscard]] core::Status put_device_facts(store::UnitOfWork& unit, const DeviceRow& row);
[[nodiscard]] core::Status purge_devices(store::UnitOfWork& unit, core::Instant now);

}  // namespace openid::sql
