// The table of an account's e-mail. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
#pragma once

#include <optional>
#include <string>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity::sql {

inline constexpr std::string_view kEmailPending = "pending";
inline constexpr std::string_view kEmailConfirmed = "confirmed";

struct EmailRow {
  CitizenId citizen_id;
  std::string state;
  core::Bytes email_index;
  std::string masked;
  std::string language;
  core::Bytes code_hash;
  std::int64_t attempts_left = 0;
  core::Instant first_sent_at;  ///< of this address in this hour
  std::int64_t sent_count = 0;
  core::Instant expires_at;
  std::optional<core::Instant> confirmed_at;
};
[[nodiscard]] core::Result<std::optional<EmailRow>> find_email(store::UnitOfWork& unit,
                                                               const CitizenId& id,
                                                               std::string_view state);
[[nodiscard]] core::Status put_email(store::UnitOfWork& unit, const EmailRow& row);
[[nodiscard]] core::Result<bool> delete_email(store::UnitOfWork& unit, const CitizenId& id,
                                              std::string_view state);
[[nodiscard]] core::Status set_email_attempts(store::UnitOfWork& unit, const CitizenId& id,
                                              std::int64_t attempts_left);
/// Letters with a code sent to an address since the moment, by whomever.
[[nodiscard]] core::Result<std::int64_t> count_email_codes(store::UnitOfWork& unit,
                                                           core::ByteView email_index,
                                                           core::Instant since);

}  // namespace identity::sql
