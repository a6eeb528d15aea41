// A connection and statements by SQLite's own interface, with the pragmas the server sets, so that
// the bare side promises the same durability. For one thread.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

namespace bench {

class Statement {
 public:
  explicit Statement(sqlite3_stmt* raw) : raw_(raw) {}
  [[nodiscard]] sqlite3_stmt* get() const { return raw_.get(); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* raw) const { sqlite3_finalize(raw); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> raw_;
};

class SqliteHandle {
 public:
  /// Errors: kInternal "bench.sqlite".
  [[nodiscard]] static core::Result<SqliteHandle> open(const std::string& path);
  /// @param sql  `?1` or `$1` forms alike. Errors: kInternal "bench.sqlite".
  [[nodiscard]] core::Result<Statement> prepare(std::string_view sql) const;
  [[nodiscard]] tl::unexpected<core::Error> failure() const;

 private:
  struct Close {
    void operator()(sqlite3* raw) const { sqlite3_close_v2(raw); }
  };
  explicit SqliteHandle(sqlite3* raw) : raw_(raw) {}
  std::unique_ptr<sqlite3, Close> raw_;
};

}  // namespace bench
