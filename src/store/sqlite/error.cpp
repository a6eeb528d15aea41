#include "store/sqlite/error.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace store {
namespace {

using core::ErrorCode;

struct Meaning {
  ErrorCode code;
  std::string_view reason;
};

Meaning meaning_of_constraint(int extended) {
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return {ErrorCode::kConflict, "store.unique"};
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return {ErrorCode::kConflict, "store.foreign_key"};
    default:
      return {ErrorCode::kInternal, "store.constraint"};
  }
}

Meaning meaning_of(int extended) {
  switch (extended & 0xFF) {
    case SQLITE_CONSTRAINT:
      return meaning_of_constraint(extended);
    case SQLITE_FULL:
      return {ErrorCode::kUnavailable, "store.full"};
    case SQLITE_READONLY:
      return {ErrorCode::kUnavailable, "store.read_only"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::kUnavailable, "store.missing"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kUnavailable, "store.busy"};
    case SQLITE_INTERRUPT:
      return {ErrorCode::kUnavailable, "store.timeout"};
    case SQLITE_IOERR:
      return {ErrorCode::kUnavailable, "store.io"};
    case SQLITE_NOMEM:
      return {ErrorCode::kUnavailable, "store.memory"};
    case SQLITE_TOOBIG:
      return {ErrorCode::kInvalidInput, "store.too_large"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::kInternal, "store.corrupt"};
    default:
      return {ErrorCode::kInternal, "store.statement"};
  }
}

}  // namespace

tl::unexpected<core::Error> sqlite_error(sqlite3* connection, int code, std::string_view doing) {
  const Meaning meaning = meaning_of(code);
  const char* message = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  return core::fail(meaning.code, meaning.reason,
                    fmt::format("{}: {} (SQLite {})", doing, message, code));
}

}  // namespace store
