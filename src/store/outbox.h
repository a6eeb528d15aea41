// Outbox: effects on the outside world, decided in a transaction and carried out after it. A row
// holds what to send; OutboxWorker (outbox_worker.h) sends it. Functions are safe from any thread
// inside a unit of work; payloads may hold data the caller encrypted, and are never logged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "store/unit_of_work.h"

namespace store {

using OutboxId = core::StrongId<struct OutboxIdTag>;

/// The topic that enqueue announces and workers wait for.
inline constexpr std::string_view kOutboxTopic = "outbox";

inline constexpr std::size_t kOutboxKindBytesMax = 64;
inline constexpr std::size_t kOutboxDedupKeyBytesMax = 200;
inline constexpr std::size_t kOutboxPayloadBytesMax = 64 * 1024;

/// One effect to carry out.
struct OutboxMessage {
  std::string kind;          ///< who carries it out: "sms", "mail", "push"
  std::string dedup_key;     ///< the same effect has the same key, also after a retry of the caller
  core::Bytes payload;       ///< opaque; personal data only encrypted
  core::Instant not_before;  ///< first attempt; the epoch = at once
};

enum class EnqueueOutcome { kNew, kAlreadyThere };

/// Adds the effect to the caller's transaction: it will be carried out if and only if the unit
/// commits, and once for a kind and deduplication key.
/// Errors: kInvalidInput "outbox.malformed" kind or key is empty or too long;
///         "outbox.too_large" payload above kOutboxPayloadBytesMax; those of UnitOfWork::run.
[[nodiscard]] core::Result<EnqueueOutcome> enqueue(UnitOfWork& unit, const OutboxMessage& message,
                                                   core::Instant now, core::Rng& rng);

/// How an effect stands; answer of find_outbox.
struct OutboxStatus {
  std::string state;  ///< "pending", "delivered" or "dead"
  std::int64_t attempts = 0;
  std::string last_error_reason;  ///< empty if none
};

/// The effect with this kind and key. Errors: kNotFound "outbox.not_found"; UnitOfWork::run.
[[nodiscard]] core::Result<OutboxStatus> find_outbox(UnitOfWork& unit, std::string_view kind,
                                                     std::string_view dedup_key);

/// How many rows of a kind are in a state; answer of count_outbox.
struct OutboxCount {
  std::string kind;
  std::string state;
  std::int64_t rows = 0;
};

/// Rows by kind and state, for metrics and the operator's page. Errors: UnitOfWork::run.
[[nodiscard]] core::Result<std::vector<OutboxCount>> count_outbox(UnitOfWork& unit);

/// Lets a dead effect be tried again from its first attempt, after the cause was mended.
/// Errors: kNotFound "outbox.not_found" no dead effect with this kind and key; UnitOfWork::run.
[[nodiscard]] core::Status revive_outbox(UnitOfWork& unit, std::string_view kind,
                                         std::string_view dedup_key, core::Instant now);

/// Deletes up to `rows_max` effects finished before the moment. Deduplication forgets them.
/// @return how many went. Errors: UnitOfWork::run.
[[nodiscard]] core::Result<std::int64_t> purge_outbox(UnitOfWork& unit, core::Instant before,
                                                      std::int64_t rows_max);

}  // namespace store
