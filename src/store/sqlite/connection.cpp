#include "store/sqlite/connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <thread>

#include "store/sql_text.h"
#include "store/sqlite/error.h"
#include "store/sqlite/statement.h"

namespace store {
namespace {

using std::chrono::steady_clock;

constexpr int kInstructionsBetweenClockReads = 4000;  // some 50 microseconds
// More different texts than this can only be a fault; forgetting them all keeps memory bounded.
constexpr std::size_t kStatementsMax = 1024;
constexpr std::chrono::microseconds kBusyPause{300};
constexpr int kReaderCacheKib = 4096;
constexpr int kWriterCacheKib = 16384;
constexpr std::int64_t kMappedBytes = 256LL << 20U;
constexpr std::int64_t kPageBytes = 4096;
// Pages written again and again are copied home once; 32 MiB are read back in well under a second.
constexpr int kCheckpointPages = 8192;

/// Ends a statement's run however it ended: frees its locks and its views of the parameters.
class Reset {
 public:
  explicit Reset(sqlite3_stmt* statement) : statement_(statement) {}
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;
  ~Reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  sqlite3_stmt* statement_;
};

std::string pragmas_for(const SqliteOptions& options) {
  std::string text = fmt::format(
      "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
      "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
      "PRAGMA mmap_size={}; PRAGMA cache_size=-{}; PRAGMA journal_size_limit={};"
      "PRAGMA wal_autocheckpoint={};",
      kMappedBytes, options.writable ? kWriterCacheKib : kReaderCacheKib, 64LL << 20U,
      kCheckpointPages);
  // The writer looks at every cell of a page it takes into its cache. Readers have no cache: they
  // would look at all of them each time they pass through a mapped page.
  text += options.writable ? "PRAGMA cell_size_check=ON;" : "PRAGMA query_only=ON;";
  if (options.size_bytes_max > 0) {
    text += fmt::format("PRAGMA max_page_count={};",
                        std::max<std::int64_t>(1, options.size_bytes_max / kPageBytes));
  }
  return text;
}

}  // namespace

void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

SqliteConnection::SqliteConnection(sqlite3* handle, const SqliteOptions& options)
    : handle_(handle),
      statement_timeout_(options.statement_timeout),
      busy_timeout_(options.busy_timeout),
      lock_wait_(options.busy_timeout),
      metrics_(options.metrics) {
  start_deadline();
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close_v2(handle_);
}

core::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const SqliteOptions& options) {
  sqlite3* handle = nullptr;
  // NOMUTEX: the pool and the writer give a connection to one thread at a time.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(options.path.c_str(), &handle, flags, nullptr);
  if (code != SQLITE_OK) {
    auto error = sqlite_error(handle, code, "open " + options.path);
    sqlite3_close_v2(handle);
    return error;
  }
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle, options));
  TRY_VOID(connection->configure(options));
  return connection;
}

core::Status SqliteConnection::configure(const SqliteOptions& options) {
  sqlite3_busy_handler(handle_, &on_busy, this);
  sqlite3_progress_handler(handle_, kInstructionsBetweenClockReads, &on_progress, this);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // Without write permission SQLite opens read-only and says nothing.
  if (options.writable && sqlite3_db_readonly(handle_, "main") == 1) {
    return core::fail(core::ErrorCode::kUnavailable, "store.read_only",
                      options.path + " cannot be written by this account");
  }
  if (options.writable) {
    TRY_VOID(switch_to_wal());
  }
  TRY_VOID(run_script({"store.pragmas", pragmas_for(options)}));
  // The first look into the file: tells a damaged or foreign one apart now, not at some request.
  TRY_VOID(run({"store.probe", "SELECT CAST(count(*) AS BIGINT) FROM sqlite_schema"}, {}));
  if (!options.writable) {
    TRY(const Rows mode, run({"store.journal_mode_now", "PRAGMA journal_mode"}, {}));
    if (mode.front().text(0) == "wal") wal_index_ = WalIndex::find(handle_);
  }
  return {};
}

core::Status SqliteConnection::switch_to_wal() {
  TRY(const Rows mode, run({"store.journal_mode", "PRAGMA journal_mode=WAL"}, {}));
  if (mode.empty() || mode.front().text(0) != "wal") {
    return core::fail(core::ErrorCode::kUnavailable, "store.io",
                      "this file system cannot hold a write-ahead log");
  }
  return {};
}

core::Status SqliteConnection::empty_log(std::chrono::milliseconds wait) {
  lock_wait_ = wait;
  auto rows = run({"store.empty_log", "PRAGMA wal_checkpoint(TRUNCATE)"}, {});
  lock_wait_ = busy_timeout_;
  if (!rows) return core::fail(std::move(rows).error());
  const bool busy = rows->empty() || rows->front().int64(0) != 0;
  if (!busy) return {};
  return core::fail(core::ErrorCode::kUnavailable, "store.busy", "a reader holds the log");
}

core::Status SqliteConnection::begin_read() {
  if (in_transaction()) {
    if (wal_index_ && wal_index_->changes() == snapshot_changes_) return {};
    TRY_VOID(control("ROLLBACK"));
  }
  // Counted before the snapshot is taken: a commit in between only ends it early.
  if (wal_index_) snapshot_changes_ = wal_index_->changes();
  return control("BEGIN");
}

core::Status SqliteConnection::end_read() {
  return in_transaction() ? control("ROLLBACK") : core::Status{};
}

void SqliteConnection::start_deadline() {
  deadline_ = statement_timeout_.count() > 0 ? steady_clock::now() + statement_timeout_
                                             : steady_clock::time_point::max();
}

int SqliteConnection::on_progress(void* connection) {
  return steady_clock::now() > static_cast<SqliteConnection*>(connection)->deadline_ ? 1 : 0;
}

/// SQLite's own handler sleeps longer and longer, up to 100 ms: a server that never stops writing
/// would hardly ever leave the lock free at just that moment, and its neighbour would starve.
int SqliteConnection::on_busy(void* connection, int tries) {
  auto* self = static_cast<SqliteConnection*>(connection);
  const auto now = steady_clock::now();
  if (tries == 0) self->busy_until_ = now + self->lock_wait_;
  if (now >= self->busy_until_) return 0;
  std::this_thread::sleep_for(kBusyPause);
  return 1;
}

std::int64_t SqliteConnection::rows_changed() const { return sqlite3_total_changes64(handle_); }

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

core::Result<sqlite3_stmt*> SqliteConnection::prepare(const Query& query) {
  const auto known = statements_.find(query.sql.data());
  if (known != statements_.end() && known->second.sql == query.sql) {
    return known->second.handle.get();
  }

  const std::string text = to_sqlite_text(query.sql);
  sqlite3_stmt* prepared = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(handle_, text.c_str(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, &tail);
  if (code != SQLITE_OK) return sqlite_error(handle_, code, query.name);
  Handle statement(prepared);
  if (!statement || *tail != '\0') {
    return core::fail(core::ErrorCode::kInternal, "store.statement",
                      fmt::format("{}: not exactly one statement", query.name));
  }
  if (statements_.size() >= kStatementsMax) statements_.clear();
  auto& kept = statements_[query.sql.data()];
  kept = {std::string(query.sql), std::move(statement)};
  return kept.handle.get();
}

core::Result<Rows> SqliteConnection::step_all(sqlite3_stmt* statement, const Query& query) {
  const std::int64_t changed_before = sqlite3_total_changes64(handle_);
  std::vector<Row> rows;
  int code = SQLITE_OK;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (rows.size() >= UnitOfWork::kRowsMax) {
      return core::fail(core::ErrorCode::kInternal, "store.too_many_rows", std::string(query.name));
    }
    TRY(Row row, read_row(statement));
    rows.push_back(std::move(row));
  }
  if (code != SQLITE_DONE) return sqlite_error(handle_, code, query.name);
  const bool changed = sqlite3_total_changes64(handle_) != changed_before;
  return Rows(std::move(rows), changed ? sqlite3_changes64(handle_) : 0);
}

core::Result<Rows> SqliteConnection::run(const Query& query, Params params) {
  start_deadline();
  TRY(sqlite3_stmt * statement, prepare(query));
  const Reset reset(statement);
  const int code = bind_all(statement, params);
  if (code != SQLITE_OK) return sqlite_error(nullptr, code, query.name);
  if (metrics_ == nullptr) return step_all(statement, query);

  const auto started = steady_clock::now();
  core::Result<Rows> rows = step_all(statement, query);
  metrics_->statement_finished(query.name, steady_clock::now() - started, rows.has_value());
  return rows;
}

core::Status SqliteConnection::run_script(const Query& script) {
  start_deadline();
  const int code =
      sqlite3_exec(handle_, std::string(script.sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(handle_, code, script.name);
  return {};
}

core::Status SqliteConnection::prepare_only(const Query& query) {
  TRY_VOID(prepare(query));
  return {};
}

core::Status SqliteConnection::control(std::string_view sql) {
  TRY(sqlite3_stmt * statement, prepare({"store.control", sql}));
  const Reset reset(statement);
  deadline_ = steady_clock::time_point::max();  // an interrupted COMMIT would help nobody
  const int code = sqlite3_step(statement);
  if (code != SQLITE_DONE && code != SQLITE_ROW) return sqlite_error(handle_, code, sql);
  return {};
}

}  // namespace store
