#include "store/sqlite/copy.h"

#include <sqlite3.h>

#include <memory>

#include "store/sqlite/error.h"

namespace store {
namespace {

constexpr int kBusyMs = 10'000;

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

core::Result<Handle> open(const std::string& path) {
  sqlite3* raw = nullptr;
  // Reading a database with a write-ahead log needs its -shm, which only a writer may make.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Handle handle(raw);
  if (code != SQLITE_OK) return sqlite_error(raw, code, "open " + path);
  sqlite3_busy_timeout(raw, kBusyMs);
  return handle;
}

core::Result<Statement> prepare(sqlite3* handle, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v2(handle, sql, -1, &raw, nullptr);
  if (code != SQLITE_OK) return sqlite_error(handle, code, "prepare");
  return Statement(raw);
}

/// A file may hold a header and no tables: SQLite would copy it without a word.
core::Status check_whole(sqlite3* handle, const std::string& path) {
  TRY(const auto statement, prepare(handle, "PRAGMA quick_check(1)"));
  const int code = sqlite3_step(statement.get());
  if (code != SQLITE_ROW) return sqlite_error(handle, code, "check " + path);
  const auto* said = reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0));
  if (said != nullptr && std::string_view(said) == "ok") return {};
  return core::fail(core::ErrorCode::kInternal, "store.corrupt", path);
}

}  // namespace

core::Status copy_sqlite(const std::string& from, const std::string& to) {
  {
    TRY(const auto source, open(from));
    TRY_VOID(check_whole(source.get(), from));
    TRY(const auto statement, prepare(source.get(), "VACUUM INTO ?"));
    sqlite3_bind_text(statement.get(), 1, to.c_str(), -1, SQLITE_STATIC);
    const int code = sqlite3_step(statement.get());
    if (code != SQLITE_DONE) return sqlite_error(source.get(), code, "copy " + from);
  }
  TRY(const auto copy, open(to));
  return check_whole(copy.get(), to);
}

}  // namespace store
