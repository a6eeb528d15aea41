// Tables of deliveries: message_delivery, a row for each code that was handed to operators, and
// message_part, the operators' names of what they took. Functions over an open unit of work; errors
// are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <string>

#include "identity/delivery/types.h"
#include "store/unit_of_work.h"

namespace identity::sql {

struct DeliveryRow {
  ChallengeId id;
  DeliveryProgress progress;
  std::int64_t rounds = 0;  ///< how often it was given back to the outbox after a bad receipt
  core::Bytes message_sealed;
  core::Instant updated_at;
  core::Instant expires_at;
};

/// Does nothing if the row is there.
[[nodiscard]] core::Status insert_delivery(store::UnitOfWork& unit, const DeliveryRow& row);
[[nodiscard]] core::Result<std::optional<DeliveryRow>> find_delivery(store::UnitOfWork& unit,
                                                                     const ChallengeId& id);
[[nodiscard]] core::Status update_delivery(store::UnitOfWork& unit, const DeliveryRow& row);

struct PartRow {
  std::string operator_name;
  std::string message_id;
  ChallengeId id;
  core::Instant expires_at;
};

/// Does nothing if the operator has given this name before.
[[nodiscard]] core::Status insert_part(store::UnitOfWork& unit, const PartRow& row);
[[nodiscard]] core::Result<std::optional<ChallengeId>> find_part(store::UnitOfWork& unit,
                                                                 const DeliveryReceipt& receipt);
[[nodiscard]] core::Status mark_part_delivered(store::UnitOfWork& unit,
                                               const DeliveryReceipt& receipt);
/// Parts that the operator took and has not delivered.
[[nodiscard]] core::Result<std::int64_t> count_undelivered_parts(store::UnitOfWork& unit,
                                                                 const ChallengeId& id,
                                                                 std::string_view operator_name);
/// Removes what expired before the moment. @return rows removed.
[[nodiscard]] core::Result<std::int64_t> purge_deliveries(store::UnitOfWork& unit,
                                                          core::Instant before);

}  // namespace identity::sql
