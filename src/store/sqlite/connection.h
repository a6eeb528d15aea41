// SqliteConnection: one connection to one SQLite file, its prepared statements and its deadline.
// For the SQLite driver only; belongs to one thread at a time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/result.h"
#include "store/metrics.h"
#include "store/sqlite/wal_index.h"
#include "store/unit_of_work.h"

struct sqlite3;
struct sqlite3_stmt;

namespace store {

/// How to open one connection; meanings as in DatabaseConfig.
struct SqliteOptions {
  std::string path;
  bool writable = false;
  std::chrono::milliseconds statement_timeout{5000};
  std::chrono::milliseconds busy_timeout{5000};
  std::int64_t size_bytes_max = 0;
  StoreMetrics* metrics = nullptr;
};

class SqliteConnection {
 public:
  /// Opens the file, which must exist, and sets every pragma the store relies on.
  /// Errors: kUnavailable "store.missing", "store.read_only", "store.busy", "store.io";
  ///         kInternal "store.corrupt".
  static core::Result<std::unique_ptr<SqliteConnection>> open(const SqliteOptions& options);

  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection();

  /// As UnitOfWork::run.
  core::Result<Rows> run(const Query& query, Params params);
  /// As UnitOfWork::run_script.
  core::Status run_script(const Query& script);
  /// As UnitOfWork::check.
  core::Status prepare_only(const Query& query);
  /// BEGIN, SAVEPOINT and the like: a statement without parameters, rows or time limit.
  core::Status control(std::string_view sql);

  /// Writes the write-ahead log back into the file and cuts it to nothing.
  /// Errors: kUnavailable "store.busy" a snapshot was open longer than `wait`.
  core::Status empty_log(std::chrono::milliseconds wait);

  /// Opens a transaction that sees the newest commit, or keeps the one that is open and still does:
  /// the locks of a read transaction cost twice what finding a row by its key does.
  core::Status begin_read();
  /// Ends what begin_read opened, if its snapshot may not or need not be kept.
  core::Status end_read();
  /// Whether begin_read will be able to keep a transaction that stays open.
  [[nodiscard]] bool keeps_snapshots() const { return wal_index_.has_value(); }

  /// How many rows statements have changed since the connection was opened; a statement that failed
  /// counts none.
  [[nodiscard]] std::int64_t rows_changed() const;
  /// False when SQLite has rolled the whole transaction back by itself (disk full, interrupt).
  [[nodiscard]] bool in_transaction() const;
  /// How long one statement may run from now on; zero = without limit.
  void limit_statements(std::chrono::milliseconds timeout) { statement_timeout_ = timeout; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Handle = std::unique_ptr<sqlite3_stmt, Finalize>;
  struct Statement {
    std::string sql;
    Handle handle;
  };
  /// By where the text lies, which is quicker to look up than what it says. Texts live as long as
  /// the program; those of tests may not, and are compared.
  using Statements = std::unordered_map<const char*, Statement>;

  SqliteConnection(sqlite3* handle, const SqliteOptions& options);

  core::Status configure(const SqliteOptions& options);
  core::Status switch_to_wal();
  core::Result<sqlite3_stmt*> prepare(const Query& query);
  core::Result<Rows> step_all(sqlite3_stmt* statement, const Query& query);
  void start_deadline();
  static int on_progress(void* connection);
  static int on_busy(void* connection, int tries);

  sqlite3* handle_;
  Statements statements_;
  std::chrono::milliseconds statement_timeout_;
  std::chrono::milliseconds busy_timeout_;
  std::chrono::milliseconds lock_wait_;  ///< in place of busy_timeout_ for one statement
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::steady_clock::time_point busy_until_;  ///< of the lock waited for now
  StoreMetrics* metrics_;
  std::optional<WalIndex> wal_index_;   ///< readers only
  std::uint32_t snapshot_changes_ = 0;  ///< the index's counter just before the snapshot was taken
};

}  // namespace store
