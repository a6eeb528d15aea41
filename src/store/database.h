// Database: SQLite or PostgreSQL behind one interface of two verbs, read and write, each of which
// runs a function as one transaction. Safe to use from any thread; made once by app/.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "core/result.h"
#include "core/rng.h"
#include "store/announcements.h"
#include "store/metrics.h"
#include "store/unit_of_work.h"

namespace store {

enum class Engine { kSqlite, kPostgresql };

/// How to open a database. All limits have to be positive.
struct DatabaseConfig {
  /// "sqlite:/path/main.db", or a libpq address "postgresql://user@host/name". May hold a password:
  /// never log it.
  std::string url;
  /// SQLite: make the file (mode 0600) if it is not there; its folder must exist.
  bool create_if_missing = false;
  /// Refuse every write with "store.read_only"; a SQLite file may then be write-protected
  /// (its folder has to stay writable for the -shm file).
  bool read_only = false;
  /// Longest run of one statement. SQLite has one writer: while a statement takes this long, the
  /// other write units wait, so keep it below busy_timeout where slow statements can occur.
  std::chrono::milliseconds statement_timeout{4000};
  /// Longest wait for a lock, for a connection of the pool, and of a write unit in the queue.
  std::chrono::milliseconds busy_timeout{5000};
  std::chrono::milliseconds connect_timeout{5000};  ///< PostgreSQL
  /// SQLite: reading connections; PostgreSQL: all connections.
  int connections_max = 8;
  int write_queue_max = 1024;   ///< SQLite: units waiting for the writer
  int write_group_max = 64;     ///< SQLite: units committed by one fsync
  int write_attempts_max = 16;  ///< PostgreSQL: runs of a unit before "store.busy"
  /// SQLite: the file may not grow beyond this; 0 = as far as the disk goes.
  std::int64_t size_bytes_max = 0;
};

/// What a unit that nobody waits for came to.
using Done = std::function<void(core::Status)>;

/// An open database. The functions given to read and write may run more than once (a conflict on
/// PostgreSQL, a failed group on SQLite) and on another thread: they must not block, must not call
/// the outside, and must assign their results instead of appending to them. What they throw becomes
/// kInternal "store.unit_threw" and rolls back.
class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  /// Runs `work(UnitOfWork&) -> core::Result<T>` on one consistent snapshot; statements that change
  /// something fail with "store.read_only".
  /// Errors: what the work returns; kUnavailable "store.busy" no connection became free in time,
  ///         "store.unreachable" PostgreSQL does not answer.
  template <typename Work>
  [[nodiscard]] auto read(Work&& work) {
    return with_value(std::forward<Work>(work), &Database::run_read);
  }

  /// Runs `work(UnitOfWork&) -> core::Result<T>` as one serialisable transaction and returns after
  /// it is durable. A unit that returns an error changes nothing, and only itself is undone.
  /// Must not be called from inside another unit.
  /// Errors: what the work returns; kUnavailable "store.queue_full" too many units wait;
  ///         "store.busy" waited too long, or conflicts outlasted the attempts;
  ///         "store.commit_unknown" the connection broke during COMMIT: it may have happened, so
  ///         only a caller with a deduplication key may repeat; "store.read_only"; "store.full".
  template <typename Work>
  [[nodiscard]] auto write(Work&& work) {
    return with_value(std::forward<Work>(work), &Database::run_write);
  }

  /// Queues `work(UnitOfWork&) -> core::Status`, for what nobody would miss (when a session was
  /// last used), and returns without waiting where the engine can (SQLite; PostgreSQL runs it now).
  /// A unit that finds the queue full or fails is lost. It owns what it captures.
  void write_soon(UnitFunction work) { run_write_soon(std::move(work)); }

  /// As write, without waiting where the engine can (SQLite; PostgreSQL runs it now). `done` is
  /// called once with what write would have answered: by the thread that committed, or before this
  /// returns. It must neither block nor throw. Both own what they capture.
  void write_then(UnitFunction work, Done done) {
    run_write_then(std::move(work), std::move(done));
  }

  /// As write, one at a time over all processes and without the statement timeout: for migrations.
  template <typename Work>
  [[nodiscard]] auto change_schema(Work&& work) {
    return with_value(std::forward<Work>(work), &Database::run_schema_change);
  }

  [[nodiscard]] virtual Engine engine() const = 0;
  /// Wakes waiters after commits; see UnitOfWork::announce.
  [[nodiscard]] Announcements& announcements() { return announcements_; }

 private:
  virtual core::Status run_read(const UnitFunction& work) = 0;
  virtual core::Status run_write(const UnitFunction& work) = 0;
  virtual core::Status run_schema_change(const UnitFunction& work) = 0;
  virtual void run_write_soon(UnitFunction work) { static_cast<void>(run_write(work)); }
  virtual void run_write_then(UnitFunction work, Done done) { done(run_write(work)); }

  template <typename F>
  auto with_value(F&& function, core::Status (Database::*run)(const UnitFunction&)) {
    using Answer = std::invoke_result_t<F&, UnitOfWork&>;
    if constexpr (std::is_same_v<Answer, core::Status>) {
      return (this->*run)(UnitFunction(std::ref(function)));
    } else {
      std::optional<Answer> answer;
      const core::Status status = (this->*run)([&](UnitOfWork& unit) -> core::Status {
        answer.emplace(function(unit));
        if (!*answer) return core::fail(answer->error());
        return {};
      });
      if (!status) return Answer(core::fail(status.error()));
      return *std::move(answer);
    }
  }

  Announcements announcements_;
};

/// Opens the database and proves that it answers.
/// @param rng      jitter between attempts; must outlive the database.
/// @param metrics  may be null; must outlive the database.
/// Errors: kInvalidInput "store.url" not an address of the two forms; "store.config" a limit is not
///         positive; kUnavailable "store.missing" no such file, folder or database;
///         "store.read_only" the file cannot be written and read_only is not asked for;
///         "store.unreachable" the server refuses or does not answer; "store.busy";
///         kInternal "store.corrupt" not a database.
[[nodiscard]] core::Result<std::unique_ptr<Database>> open_database(
    const DatabaseConfig& config, core::Rng& rng, StoreMetrics* metrics = nullptr);

}  // namespace store
