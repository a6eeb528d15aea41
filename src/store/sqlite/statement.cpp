#include "store/sqlite/statement.h"

#include <sqlite3.h>

#include <type_traits>

namespace store {
namespace {

struct Binder {
  sqlite3_stmt* statement;
  int index;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
  int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, index, number); }
  // A null pointer would bind NULL, so an empty view gets an address of its own.
  int operator()(std::string_view text) const {
    return sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(),
                               SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(core::ByteView bytes) const {
    if (bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
};

std::string read_text(sqlite3_stmt* statement, int column) {
  const unsigned char* text = sqlite3_column_text(statement, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text), size);
}

core::Bytes read_blob(sqlite3_stmt* statement, int column) {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
  const int size = sqlite3_column_bytes(statement, column);
  return bytes == nullptr ? core::Bytes() : core::Bytes(bytes, bytes + size);
}

core::Result<Value> read_column(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return Value(std::monostate{});
    case SQLITE_INTEGER:
      return Value(std::int64_t{sqlite3_column_int64(statement, column)});
    case SQLITE_TEXT:
      return Value(read_text(statement, column));
    case SQLITE_BLOB:
      return Value(read_blob(statement, column));
    default:
      return core::fail(core::ErrorCode::kInternal, "store.statement",
                        std::string("column is REAL: ") + sqlite3_column_name(statement, column));
  }
}

}  // namespace

int bind_all(sqlite3_stmt* statement, Params params) {
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != params.size()) {
    return SQLITE_RANGE;
  }
  for (std::size_t i = 0; i < params.size(); ++i) {
    const int code = std::visit(Binder{statement, static_cast<int>(i) + 1}, params[i].view());
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

core::Result<Row> read_row(sqlite3_stmt* statement) {
  const int columns = sqlite3_column_count(statement);
  std::vector<Value> values;
  values.reserve(static_cast<std::size_t>(columns));
  for (int column = 0; column < columns; ++column) {
    TRY(Value value, read_column(statement, column));
    values.push_back(std::move(value));
  }
  return Row(std::move(values));
}

}  // namespace store
