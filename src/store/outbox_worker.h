// OutboxWorker: carries out the effects that units of work put into the outbox. Each is leased, so
// that a crash between the sending and the note of it leads to one more sending with the same
// deduplication key. One worker a process; several processes may share a database.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "core/rng.h"
#include "store/database.h"
#include "store/outbox.h"

namespace store {

/// What a handler gets. Pass dedup_key on to the peer wherever its protocol has room for one.
struct OutboxDelivery {
  OutboxId id;
  std::string kind;
  std::string dedup_key;
  core::Bytes payload;
  std::int64_t attempt = 1;  ///< counts from 1
  core::Instant created_at;
};

/// The peer accepted it; the payload is deleted.
struct Delivered {};
/// Not now. `after` zero = by the backoff. `reason` is a dotted word for the log, nothing personal.
struct RetryAfter {
  std::string reason;
  core::Duration after{0};
};
/// Never: the row becomes dead with this reason.
struct GiveUp {
  std::string reason;
};
using OutboxOutcome = std::variant<Delivered, RetryAfter, GiveUp>;

/// Sends one effect. May block for less than the lease; called from several threads at once. An
/// Error is taken as RetryAfter with the error's reason.
using OutboxHandler = std::function<core::Result<OutboxOutcome>(const OutboxDelivery&)>;

/// How one kind is retried: delay doubles from the first to the longest, half of it random.
struct OutboxPolicy {
  int attempts_max = 12;
  core::Duration backoff_first = std::chrono::seconds(1);
  core::Duration backoff_max = std::chrono::hours(1);
  /// Longer than the handler can take; after it the row is free for another attempt.
  core::Duration lease = std::chrono::seconds(60);
};

struct OutboxWorkerConfig {
  int concurrency = 4;  ///< deliveries at once
  /// Longest sleep: how late rows of another process are seen.
  std::chrono::milliseconds poll{1000};
  StoreMetrics* metrics = nullptr;  ///< may be null; must outlive the worker
};

class OutboxCrew;

/// Register every handler first, then run. run() and run_once() are not for two threads at once.
class OutboxWorker {
 public:
  using Clock = std::function<core::Instant()>;

  /// `database` and `rng` must outlive the worker.
  OutboxWorker(Database& database, core::Rng& rng, Clock clock, OutboxWorkerConfig config = {});
  OutboxWorker(const OutboxWorker&) = delete;
  OutboxWorker& operator=(const OutboxWorker&) = delete;
  ~OutboxWorker() = default;

  /// Rows of a kind without handler stay where they are.
  void handle(std::string kind, OutboxHandler handler, OutboxPolicy policy = {});

  /// Leases what is due, up to `concurrency` rows, delivers on this thread and notes the outcomes.
  /// @return rows tried. Errors: those of Database::write.
  core::Result<int> run_once();

  /// Delivers until stop is asked for, then waits for the deliveries under way. Woken at once by
  /// enqueue in this process. Failures of the database are waited out with a growing pause.
  void run(const std::stop_token& stop);

 private:
  struct Route {
    OutboxHandler handler;
    OutboxPolicy policy;
  };
  /// What could be sent now, and when the next row comes due.
  struct Agenda {
    std::vector<std::string> due_kinds;
    std::optional<core::Instant> next_due;
  };

  core::Result<Agenda> look_ahead();
  core::Result<std::vector<OutboxDelivery>> claim(const Agenda& agenda, int rows_max);
  core::Result<int> claim_and_hand_over(const Agenda& agenda, OutboxCrew& crew, int rows_max);
  void deliver(const OutboxDelivery& delivery);
  OutboxOutcome ask_handler(const Route& route, const OutboxDelivery& delivery);
  void note(const OutboxDelivery& delivery, const OutboxOutcome& outcome);
  core::Status try_note(const OutboxDelivery& delivery, const OutboxOutcome& outcome);
  core::Duration backoff(const OutboxPolicy& policy, std::int64_t attempt);
  std::chrono::milliseconds pause(const core::Result<Agenda>& agenda, int failures) const;

  Database& database_;
  core::Rng& rng_;
  Clock clock_;
  OutboxWorkerConfig config_;
  core::Bytes owner_;
  std::map<std::string, Route, std::less<>> routes_;
};

}  // namespace store
