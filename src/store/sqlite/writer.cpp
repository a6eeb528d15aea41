#include "store/sqlite/writer.h"

#include <algorithm>
#include <utility>

#include "core/assert.h"
#include "store/sqlite/unit.h"
#include "store/unit_runner.h"

namespace store {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view kBegin = "BEGIN IMMEDIATE";
constexpr std::string_view kCommit = "COMMIT";
constexpr std::string_view kRollback = "ROLLBACK";
constexpr std::string_view kSavepoint = "SAVEPOINT unit";
constexpr std::string_view kRelease = "RELEASE unit";
constexpr std::string_view kUndo = "ROLLBACK TO unit";
// Writers wait meanwhile.
constexpr std::chrono::milliseconds kScrubTime{1000};
constexpr std::chrono::milliseconds kScrubWait{20};
// Savepoints cost each unit about as much as its statement, and only a unit that fails after it
// changed something needs one. Where one did, more may follow.
constexpr int kGroupsUnderSavepoints = 100;

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteConnection> connection,
                           const DatabaseConfig& config, Announcements& announcements,
                           StoreMetrics* metrics, std::function<void()> before_commit)
    : connection_(std::move(connection)),
      config_(config),
      announcements_(announcements),
      metrics_(metrics),
      before_commit_(std::move(before_commit)),
      thread_([this] { loop(); }) {}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

core::Status SqliteWriter::submit(const UnitFunction& work, WriteKind kind) {
  CORE_ASSERT(std::this_thread::get_id() != thread_.get_id());  // would wait for itself
  Job job;
  job.work = &work;
  job.kind = kind;
  job.queued_at = steady_clock::now();
  std::future<core::Status> done = job.done.emplace().get_future();
  TRY_VOID(enqueue(std::move(job)));
  return done.get();
}

void SqliteWriter::submit_unwatched(UnitFunction work) {
  Job job;
  job.owned_work = std::move(work);
  job.queued_at = steady_clock::now();
  static_cast<void>(enqueue(std::move(job)));
}

void SqliteWriter::submit_watched(UnitFunction work, Done done) {
  Job job;
  job.owned_work = std::move(work);
  job.on_done = std::move(done);
  job.queued_at = steady_clock::now();
  // Untouched when it was refused.
  if (const core::Status queued = enqueue(std::move(job)); !queued) job.on_done(queued);
}

core::Status SqliteWriter::enqueue(Job&& job) {
  std::size_t waiting = 0;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= static_cast<std::size_t>(config_.write_queue_max)) {
      return core::fail(core::ErrorCode::kUnavailable, "store.queue_full");
    }
    queue_.push_back(std::move(job));
    waiting = queue_.size();
  }
  arrived_.notify_one();
  if (metrics_ != nullptr) metrics_->queue_depth(waiting);
  return {};
}

std::optional<SqliteWriter::Job> SqliteWriter::wait_for_job() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return closing_ || !queue_.empty(); });
  if (queue_.empty()) return std::nullopt;
  std::optional<Job> job(std::move(queue_.front()));
  queue_.pop_front();
  return job;
}

std::optional<SqliteWriter::Job> SqliteWriter::take_companion() {
  const std::lock_guard lock(mutex_);
  if (queue_.empty() || queue_.front().kind != WriteKind::kOrdinary) return std::nullopt;
  std::optional<Job> job(std::move(queue_.front()));
  queue_.pop_front();
  return job;
}

bool SqliteWriter::expired(const Job& job) const {
  return steady_clock::now() - job.queued_at > config_.busy_timeout;
}

void SqliteWriter::loop() {
  while (std::optional<Job> job = wait_for_job()) {
    if (expired(*job)) {
      job->outcome = core::fail(core::ErrorCode::kUnavailable, "store.busy", "waited in the queue");
      finish(*job);
    } else if (job->kind == WriteKind::kSchemaChange) {
      connection_->limit_statements(std::chrono::milliseconds(0));
      run_alone(*job);
      connection_->limit_statements(config_.statement_timeout);
      finish(*job);
    } else if (job->kind == WriteKind::kScrub) {
      job->outcome = scrub();
      finish(*job);
    } else {
      run_group(*std::move(job));
    }
  }
}

void SqliteWriter::run_group(Job first) {
  const auto started = steady_clock::now();
  Group group;
  group.push_back(std::move(first));
  const core::Status begun = connection_->control(kBegin);
  if (!begun) {
    group.front().outcome = begun;
  } else if (!fill_group(group) || !commit(group)) {
    // SQLite undid the whole group (disk full, interrupt): each unit stands or falls by itself.
    for (Job& job : group) {
      if (job.outcome) run_alone(job);
    }
  }
  if (metrics_ != nullptr) {
    metrics_->group_committed(group.size(), steady_clock::now() - started);
  }
  savepoint_groups_ = std::max(savepoint_groups_ - 1, 0);
  for (Job& job : group) finish(job);
}

/// Runs the first unit and those that arrive meanwhile. False if the transaction is gone; units
/// that succeeded before it went still have a good outcome and must run again.
bool SqliteWriter::fill_group(Group& group) {
  if (!run_last(group)) return false;
  while (group.size() < static_cast<std::size_t>(config_.write_group_max)) {
    std::optional<Job> next = take_companion();
    if (!next) break;
    group.push_back(*std::move(next));
    if (!run_last(group)) return false;
  }
  return true;
}

/// Runs the newest unit of the group. Without a savepoint, what it changed before it failed goes
/// only with the changes of the others: they run again.
bool SqliteWriter::run_last(Group& group) {
  Job& job = group.back();
  if (savepoint_groups_ > 0) return run_in_savepoint(job);
  const std::int64_t changes = connection_->rows_changed();
  run_unit_of(job);
  if (!connection_->in_transaction()) return false;
  if (job.outcome || connection_->rows_changed() == changes) return true;
  savepoint_groups_ = kGroupsUnderSavepoints;
  if (!connection_->control(kRollback) || !connection_->control(kBegin)) return false;
  return std::all_of(group.begin(), group.end(),
                     [this](Job& one) { return run_in_savepoint(one); });
}

bool SqliteWriter::run_in_savepoint(Job& job) {
  job.outcome = connection_->control(kSavepoint);
  if (!job.outcome) return connection_->in_transaction();
  run_unit_of(job);
  if (!connection_->in_transaction()) return false;
  if (!job.outcome && !connection_->control(kUndo)) return false;
  const core::Status released = connection_->control(kRelease);
  if (!released && job.outcome) job.outcome = released;
  return connection_->in_transaction();
}

void SqliteWriter::run_unit_of(Job& job) {
  SqliteUnit unit(*connection_);
  job.outcome = run_unit(job.function(), unit);
  job.announced = unit.announced();
}

core::Status SqliteWriter::commit_transaction() {
  before_commit_();
  return connection_->control(kCommit);
}

core::Status SqliteWriter::commit(const Group& group) {
  const bool any = std::any_of(group.begin(), group.end(),
                               [](const Job& job) { return job.outcome.has_value(); });
  core::Status status = any ? commit_transaction() : connection_->control(kRollback);
  if (!status && connection_->in_transaction()) static_cast<void>(connection_->control(kRollback));
  return status;
}

void SqliteWriter::run_alone(Job& job) {
  if (connection_->in_transaction()) static_cast<void>(connection_->control(kRollback));
  job.outcome = connection_->control(kBegin);
  if (!job.outcome) return;
  run_unit_of(job);
  const bool open = connection_->in_transaction();
  if (!open && job.outcome) {
    job.outcome = core::fail(core::ErrorCode::kInternal, "store.statement",
                             "the unit ended its transaction itself");
  }
  if (!open) return;
  const core::Status ended = job.outcome ? commit_transaction() : connection_->control(kRollback);
  if (!ended && job.outcome) job.outcome = ended;
  if (connection_->in_transaction()) static_cast<void>(connection_->control(kRollback));
}

/// Every snapshot has to end before the log can be emptied: those that nobody uses are ended here,
/// the others end by themselves.
core::Status SqliteWriter::scrub() {
  const auto end = steady_clock::now() + kScrubTime;
  for (;;) {
    before_commit_();
    auto emptied = connection_->empty_log(kScrubWait);
    if (emptied || steady_clock::now() > end) return emptied;
  }
}

void SqliteWriter::finish(Job& job) {
  if (job.outcome) {
    for (const std::string& topic : job.announced) announcements_.publish(topic);
  }
  if (job.done) return job.done->set_value(std::move(job.outcome));
  if (job.on_done) job.on_done(std::move(job.outcome));
}

}  // namespace store
