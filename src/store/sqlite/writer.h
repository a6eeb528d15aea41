// SqliteWriter: the one thread that writes to a SQLite file. It runs the units of many callers in
// one transaction, each whole or not at all, and commits them with one fsync (group commit). For
// the SQLite driver only; safe from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/result.h"
#include "store/announcements.h"
#include "store/database.h"
#include "store/sqlite/connection.h"

namespace store {

enum class WriteKind { kOrdinary, kSchemaChange, kScrub };

class SqliteWriter {
 public:
  /// Limits are taken from `config`; `announcements` must outlive the writer. `before_commit` ends
  /// the snapshots that nobody uses: no checkpoint gets past an open one.
  SqliteWriter(std::unique_ptr<SqliteConnection> connection, const DatabaseConfig& config,
               Announcements& announcements, StoreMetrics* metrics,
               std::function<void()> before_commit);
  SqliteWriter(const SqliteWriter&) = delete;
  SqliteWriter& operator=(const SqliteWriter&) = delete;
  /// Finishes what is in the queue.
  ~SqliteWriter();

  /// Queues the unit and waits until it is durable or undone; of kScrub there is no unit.
  /// Errors: as Database::write.
  core::Status submit(const UnitFunction& work, WriteKind kind);
  /// Queues the unit and returns; what becomes of it is nobody's concern.
  void submit_unwatched(UnitFunction work);
  /// Queues the unit and returns; `done` is called on the writer's thread, or here when refused.
  void submit_watched(UnitFunction work, Done done);

 private:
  struct Job {
    const UnitFunction* work = nullptr;  // null: owned_work
    UnitFunction owned_work;
    WriteKind kind = WriteKind::kOrdinary;
    std::chrono::steady_clock::time_point queued_at;
    core::Status outcome;
    std::vector<std::string> announced;
    std::optional<std::promise<core::Status>> done;  // somebody waits
    Done on_done;                                    // somebody is told
    [[nodiscard]] const UnitFunction& function() const { return work ? *work : owned_work; }
  };
  using Group = std::vector<Job>;

  core::Status enqueue(Job&& job);
  std::optional<Job> wait_for_job();
  std::optional<Job> take_companion();
  [[nodiscard]] bool expired(const Job& job) const;
  void loop();
  void run_group(Job first);
  bool fill_group(Group& group);
  bool run_last(Group& group);
  bool run_in_savepoint(Job& job);
  void run_unit_of(Job& job);
  core::Status commit(const Group& group);
  core::Status commit_transaction();
  void run_alone(Job& job);
  core::Status scrub();
  void finish(Job& job);

  std::unique_ptr<SqliteConnection> connection_;
  DatabaseConfig config_;
  Announcements& announcements_;
  StoreMetrics* metrics_;
  std::function<void()> before_commit_;
  int savepoint_groups_ = 0;  ///< how many more groups run their units under savepoints

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job> queue_;
  bool closing_ = false;
  std::thread thread_;  // last: starts when everything above is ready
};

}  // namespace store
