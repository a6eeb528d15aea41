#include "store/outbox_worker.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

#include "core/assert.h"
#include "store/outbox_crew.h"
#include "store/sql_text.h"

namespace store {
namespace {

using std::chrono::milliseconds;

constexpr Query kNextDue{"outbox.next_due",
                         "SELECT next_attempt_at_utc FROM outbox WHERE state = 'pending' "
                         "AND kind = $1 ORDER BY next_attempt_at_utc LIMIT 1"};
constexpr Query kClaim{
    "outbox.claim",
    "UPDATE outbox SET attempts = attempts + 1, lease_owner = $1, lease_until_utc = $2, "
    "next_attempt_at_utc = $2 WHERE outbox_id IN (SELECT outbox_id FROM outbox "
    "WHERE state = 'pending' AND kind = $3 AND next_attempt_at_utc <= $4 "
    "ORDER BY next_attempt_at_utc LIMIT $5) "
    "RETURNING outbox_id, kind, dedup_key, payload, attempts, created_at_utc"};
// What the peer accepted is delivered even if the lease was lost meanwhile: no owner in the WHERE.
constexpr Query kDelivered{
    "outbox.delivered",
    "UPDATE outbox SET state = 'delivered', payload = $2, finished_at_utc = $3, "
    "lease_owner = NULL, lease_until_utc = NULL, last_error_reason = NULL "
    "WHERE outbox_id = $1 AND state <> 'delivered'"};
constexpr Query kRetry{
    "outbox.retry",
    "UPDATE outbox SET next_attempt_at_utc = $4, last_error_reason = $5, lease_owner = NULL, "
    "lease_until_utc = NULL WHERE outbox_id = $1 AND lease_owner = $2 AND attempts = $3 "
    "AND state = 'pending'"};
constexpr Query kDead{
    "outbox.dead",
    "UPDATE outbox SET state = 'dead', finished_at_utc = $4, last_error_reason = $5, "
    "lease_owner = NULL, lease_until_utc = NULL WHERE outbox_id = $1 AND lease_owner = $2 "
    "AND attempts = $3 AND state = 'pending'"};

constexpr std::size_t kOwnerBytes = 16;
constexpr std::size_t kReasonBytesMax = 200;
constexpr int kNoteAttempts = 5;
constexpr milliseconds kNotePause{100};
constexpr int kFailuresCounted = 5;  // the pause after a database failure stops doubling here

/// A reason that cannot be stored must not keep the outcome from being noted.
std::string_view bounded_reason(std::string_view reason) {
  const std::string_view cut = reason.substr(0, kReasonBytesMax);
  return is_storable_text(cut) ? cut : "outbox.reason_unreadable";
}

std::string_view state_after(const OutboxOutcome& outcome) {
  if (std::holds_alternative<Delivered>(outcome)) return "delivered";
  return std::holds_alternative<GiveUp>(outcome) ? "dead" : "pending";
}

OutboxDelivery delivery_from(const Row& row) {
  return {.id = row.id<OutboxId>(0),
          .kind = std::string(row.text(1)),
          .dedup_key = std::string(row.text(2)),
          .payload = core::to_bytes(row.blob(3)),
          .attempt = row.int64(4),
          .created_at = row.instant(5)};
}

}  // namespace

OutboxWorker::OutboxWorker(Database& database, core::Rng& rng, Clock clock,
                           OutboxWorkerConfig config)
    : database_(database),
      rng_(rng),
      clock_(std::move(clock)),
      config_(config),
      owner_(core::random_bytes(rng, kOwnerBytes)) {
  CORE_ASSERT(config_.concurrency > 0 && config_.poll.count() > 0);
}

void OutboxWorker::handle(std::string kind, OutboxHandler handler, OutboxPolicy policy) {
  CORE_ASSERT(policy.attempts_max > 0 && policy.backoff_first.count() > 0);
  CORE_ASSERT(policy.backoff_max >= policy.backoff_first && policy.lease.count() > 0);
  routes_.insert_or_assign(std::move(kind), Route{std::move(handler), policy});
}

core::Result<OutboxWorker::Agenda> OutboxWorker::look_ahead() {
  const core::Instant now = clock_();
  return database_.read([&](UnitOfWork& unit) -> core::Result<Agenda> {
    Agenda agenda;
    for (const auto& [kind, route] : routes_) {
      TRY(const Rows rows, unit.run(kNextDue, {kind}));
      if (rows.empty()) continue;
      const core::Instant due = rows.front().instant(0);
      agenda.next_due = agenda.next_due ? std::min(*agenda.next_due, due) : due;
      if (due <= now) agenda.due_kinds.push_back(kind);
    }
    return agenda;
  });
}

core::Result<std::vector<OutboxDelivery>> OutboxWorker::claim(const Agenda& agenda, int rows_max) {
  const core::Instant now = clock_();
  // A random kind goes first, so that a busy one cannot starve the others.
  const std::uint64_t first = core::random_below(rng_, agenda.due_kinds.size());
  return database_.write([&](UnitOfWork& unit) -> core::Result<std::vector<OutboxDelivery>> {
    std::vector<OutboxDelivery> claimed;
    for (std::size_t i = 0; i < agenda.due_kinds.size(); ++i) {
      const std::int64_t room = rows_max - static_cast<std::int64_t>(claimed.size());
      if (room <= 0) break;
      const std::string& kind = agenda.due_kinds[(first + i) % agenda.due_kinds.size()];
      const core::Instant lease_until = now + routes_.find(kind)->second.policy.lease;
      TRY(const Rows rows, unit.run(kClaim, {owner_, lease_until, kind, now, room}));
      for (const Row& row : rows) claimed.push_back(delivery_from(row));
    }
    return claimed;
  });
}

core::Duration OutboxWorker::backoff(const OutboxPolicy& policy, std::int64_t attempt) {
  core::Duration delay = policy.backoff_first;
  for (std::int64_t i = 1; i < attempt && delay < policy.backoff_max; ++i) delay *= 2;
  delay = std::min(delay, policy.backoff_max);
  const auto half = static_cast<std::uint64_t>(delay.count() / 2);
  const auto random = static_cast<std::int64_t>(core::random_below(rng_, half + 1));
  return core::Duration(delay.count() - random);
}

OutboxOutcome OutboxWorker::ask_handler(const Route& route, const OutboxDelivery& delivery) {
  try {
    core::Result<OutboxOutcome> outcome = route.handler(delivery);
    if (outcome) return *std::move(outcome);
    return RetryAfter{.reason = outcome.error().reason};
  } catch (...) {
    return RetryAfter{.reason = "outbox.handler_threw"};
  }
}

void OutboxWorker::deliver(const OutboxDelivery& delivery) {
  const Route& route = routes_.find(delivery.kind)->second;
  // Leased more often than allowed: the process died each time before it could note an outcome.
  if (delivery.attempt > route.policy.attempts_max) {
    return note(delivery, GiveUp{"outbox.attempts_exhausted"});
  }
  OutboxOutcome outcome = ask_handler(route, delivery);
  if (auto* retry = std::get_if<RetryAfter>(&outcome)) {
    if (delivery.attempt >= route.policy.attempts_max) {
      outcome = GiveUp{retry->reason};
    } else if (retry->after.count() <= 0) {
      retry->after = backoff(route.policy, delivery.attempt);
    }
  }
  note(delivery, outcome);
}

/// An outcome that cannot be noted means one more sending after the lease, so it is worth waiting
/// a little for the database.
void OutboxWorker::note(const OutboxDelivery& delivery, const OutboxOutcome& outcome) {
  for (int attempt = 0; attempt < kNoteAttempts; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(kNotePause * (1 << attempt));
    if (!try_note(delivery, outcome)) continue;
    if (config_.metrics != nullptr) {
      config_.metrics->outbox_attempted(delivery.kind, state_after(outcome));
    }
    return;
  }
}

core::Status OutboxWorker::try_note(const OutboxDelivery& delivery, const OutboxOutcome& outcome) {
  const core::Instant now = clock_();
  return database_.write([&](UnitOfWork& unit) -> core::Status {
    if (std::holds_alternative<Delivered>(outcome)) {
      TRY_VOID(unit.run(kDelivered, {delivery.id, core::ByteView{}, now}));
    } else if (const auto* dead = std::get_if<GiveUp>(&outcome)) {
      TRY_VOID(unit.run(
          kDead, {delivery.id, owner_, delivery.attempt, now, bounded_reason(dead->reason)}));
    } else {
      const auto& retry = std::get<RetryAfter>(outcome);
      TRY_VOID(unit.run(kRetry, {delivery.id, owner_, delivery.attempt, now + retry.after,
                                 bounded_reason(retry.reason)}));
    }
    return {};
  });
}

core::Result<int> OutboxWorker::run_once() {
  TRY(const Agenda agenda, look_ahead());
  if (agenda.due_kinds.empty()) return 0;
  TRY(const std::vector<OutboxDelivery> claimed, claim(agenda, config_.concurrency));
  for (const OutboxDelivery& delivery : claimed) deliver(delivery);
  return static_cast<int>(claimed.size());
}

core::Result<int> OutboxWorker::claim_and_hand_over(const Agenda& agenda, OutboxCrew& crew,
                                                    int rows_max) {
  if (agenda.due_kinds.empty()) return 0;
  TRY(std::vector<OutboxDelivery> claimed, claim(agenda, rows_max));
  const int count = static_cast<int>(claimed.size());
  crew.take(std::move(claimed));
  return count;
}

milliseconds OutboxWorker::pause(const core::Result<Agenda>& agenda, int failures) const {
  if (failures > 0) return config_.poll * (1 << std::min(failures, kFailuresCounted));
  if (!agenda || !agenda->next_due) return config_.poll;
  const auto until = std::chrono::ceil<milliseconds>(*agenda->next_due - clock_());
  return std::clamp(until, milliseconds(1), config_.poll);
}

void OutboxWorker::run(const std::stop_token& stop) {
  OutboxCrew crew(config_.concurrency,
                  [this](const OutboxDelivery& delivery) { deliver(delivery); });
  int failures = 0;
  while (!stop.stop_requested()) {
    const int idle = crew.wait_for_idle(stop);
    if (idle == 0 || stop.stop_requested()) break;
    const std::uint64_t seen = database_.announcements().count(kOutboxTopic);
    const core::Result<Agenda> agenda = look_ahead();
    const core::Result<int> taken =
        agenda ? claim_and_hand_over(*agenda, crew, idle) : core::fail(agenda.error());
    if (taken && *taken > 0) continue;
    failures = taken ? 0 : failures + 1;
    database_.announcements().wait(kOutboxTopic, seen, pause(agenda, failures), stop);
  }
}

}  // namespace store
