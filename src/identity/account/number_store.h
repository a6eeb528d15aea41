// Tables of an account's numbers and of a number waiting to replace a lost one. Functions over an
// open unit of work; errors are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity {

using PhoneId = core::StrongId<struct PhoneIdTag>;

namespace sql {

/// A number of an account. The one it was registered with has the account's own id.
struct NumberRow {
  PhoneId id;
  core::Bytes phone_index;
  std::string masked;
  bool primary = false;
  core::Instant confirmed_at;
};
/// Primary first, then by age.
[[nodiscard]] core::Result<std::vector<NumberRow>> list_numbers(store::UnitOfWork& unit,
                                                                const CitizenId& id);
[[nodiscard]] core::Status insert_number(store::UnitOfWork& unit, const CitizenId& id,
                                         const NumberRow& row);
/// The number of registration, primary.
[[nodiscard]] core::Status insert_first_number(store::UnitOfWork& unit, const Citizen& citizen,
                                               core::ByteView phone_index);
/// Takes the number and its way in. False = it was not there.
[[nodiscard]] core::Result<bool> delete_number(store::UnitOfWork& unit, const CitizenId& id,
                                               const NumberRow& row);
/// Makes this one primary and no other, in the account's row too.
[[nodiscard]] core::Status set_primary(store::UnitOfWork& unit, const CitizenId& id,
                                       const NumberRow& row);

/// A proven number waiting to replace a lost one.
struct NumberChangeRow {
  CitizenId citizen_id;
  PhoneId replaces;
  core::Bytes phone_index;
  core::Bytes phone_sealed;  ///< vault transient, place number_change_place(citizen_id)
  std::string masked;
  core::Instant asked_at;
  core::Instant applies_at;
};
/// False = one is waiting already.
[[nodiscard]] core::Result<bool> insert_number_change(store::UnitOfWork& unit,
                                                      const NumberChangeRow& row);
[[nodiscard]] core::Result<std::optional<NumberChangeRow>> find_number_change(
    store::UnitOfWork& unit, const CitizenId& id);
[[nodiscard]] core::Result<std::vector<NumberChangeRow>> list_due_number_changes(
    store::UnitOfWork& unit, core::Instant now, int rows_max);
[[nodiscard]] core::Result<bool> delete_number_change(store::UnitOfWork& unit, const CitizenId& id);

[[nodiscard]] std::string number_change_place(const CitizenId& id);

}  // namespace sql
}  // namespace identity
