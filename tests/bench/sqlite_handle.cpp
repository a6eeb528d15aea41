#include "bench/sqlite_handle.h"

#include "store/sql_text.h"

namespace bench {
namespace {

constexpr const char* kPragmas =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
    "PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864;";
constexpr int kBusyTimeoutMs = 5000;

}  // namespace

core::Result<SqliteHandle> SqliteHandle::open(const std::string& path) {
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  SqliteHandle handle(raw);
  if (code != SQLITE_OK) return handle.failure();
  sqlite3_busy_timeout(raw, kBusyTimeoutMs);
  if (sqlite3_exec(raw, kPragmas, nullptr, nullptr, nullptr) != SQLITE_OK) return handle.failure();
  return handle;
}

core::Result<Statement> SqliteHandle::prepare(std::string_view sql) const {
  const auto text = store::to_sqlite_text(sql);
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(raw_.get(), text.c_str(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (code != SQLITE_OK) return failure();
  return Statement(raw);
}

tl::unexpected<core::Error> SqliteHandle::failure() const {
  return core::fail(core::ErrorCode::kInternal, "bench.sqlite", sqlite3_errmsg(raw_.get()));
}

}  // namespace bench
