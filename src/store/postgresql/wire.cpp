#include "store/postgresql/wire.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <string_view>

namespace store {
namespace {

// Type numbers of PostgreSQL's catalogue pg_type; they never change.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kName = 19;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kUnknown = 705;
constexpr Oid kVarchar = 1043;
constexpr Oid kVoid = 2278;

bool is_text(Oid type) {
  return type == kText || type == kVarchar || type == kName || type == kUnknown;
}

/// Bytes of a whole number of this type; 0 if it is none.
std::size_t number_size(Oid type) {
  switch (type) {
    case kInt8:
      return 8;
    case kInt4:
      return 4;
    case kInt2:
      return 2;
    case kBool:
      return 1;
    default:
      return 0;
  }
}

bool fits(std::int64_t number, Oid type) {
  switch (type) {
    case kInt4:
      return number >= std::numeric_limits<std::int32_t>::min() &&
             number <= std::numeric_limits<std::int32_t>::max();
    case kInt2:
      return number >= std::numeric_limits<std::int16_t>::min() &&
             number <= std::numeric_limits<std::int16_t>::max();
    case kBool:
      return number == 0 || number == 1;
    default:
      return type == kInt8;
  }
}

std::string big_endian(std::int64_t number, std::size_t size) {
  std::string bytes(size, '\0');
  auto rest = static_cast<std::uint64_t>(number);
  for (std::size_t i = size; i > 0; --i, rest >>= 8U) bytes[i - 1] = static_cast<char>(rest & 0xFF);
  return bytes;
}

/// Two's complement, big-endian, 1 to 8 bytes.
std::int64_t read_number(core::ByteView bytes) {
  const bool negative = bytes.size() > 1 && (bytes[0] & 0x80U) != 0;
  std::uint64_t number = negative ? ~std::uint64_t{0} : 0;
  for (const std::uint8_t byte : bytes) number = (number << 8U) | byte;
  return static_cast<std::int64_t>(number);
}

core::Result<Value> decode(const PGresult* result, int row, int column) {
  const Oid type = PQftype(result, column);
  if (PQgetisnull(result, row, column) != 0 || type == kVoid) return Value(std::monostate{});
  const char* data = PQgetvalue(result, row, column);
  const std::string_view raw(data, static_cast<std::size_t>(PQgetlength(result, row, column)));
  if (is_text(type)) return Value(std::string(raw));
  if (type == kBytea) return Value(core::to_bytes(core::as_bytes(raw)));
  if (number_size(type) != 0 && number_size(type) == raw.size()) {
    return Value(read_number(core::as_bytes(raw)));
  }
  return core::fail(core::ErrorCode::kInternal, "store.statement",
                    fmt::format("column {} has type {}", PQfname(result, column), type));
}

}  // namespace

core::Result<WireParams> WireParams::encode(Params params, const std::vector<Oid>& types) {
  if (params.size() != types.size()) {
    return core::fail(core::ErrorCode::kInternal, "store.statement",
                      fmt::format("{} parameters given, {} expected", params.size(), types.size()));
  }
  WireParams wire;
  wire.places_.reserve(params.size());
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (!wire.add(params[i], types[i])) {
      return core::fail(core::ErrorCode::kInternal, "store.statement",
                        fmt::format("parameter ${} does not fit type {}", i + 1, types[i]));
    }
  }
  return wire;
}

bool WireParams::add(const Param& param, Oid type) {
  formats_.push_back(1);
  if (const auto* number = std::get_if<std::int64_t>(&param.view())) {
    return add_number(*number, type);
  }
  if (const auto* text = std::get_if<std::string_view>(&param.view())) {
    add_view(text->empty() ? "" : text->data(), text->size());
    return is_text(type);
  }
  if (const auto* bytes = std::get_if<core::ByteView>(&param.view())) {
    const std::string_view seen = core::as_text(*bytes);
    add_view(seen.empty() ? "" : seen.data(), seen.size());
    return type == kBytea;
  }
  add_view(nullptr, 0);
  return true;
}

bool WireParams::add_number(std::int64_t number, Oid type) {
  const std::size_t size = number_size(type);
  places_.push_back({nullptr, big_endian(number, size)});
  lengths_.push_back(static_cast<int>(size));
  return size != 0 && fits(number, type);
}

void WireParams::add_view(const char* data, std::size_t size) {
  places_.push_back({data, {}});
  lengths_.push_back(static_cast<int>(size));
}

std::vector<const char*> WireParams::values() const {
  std::vector<const char*> values;
  values.reserve(places_.size());
  for (const Place& place : places_) {
    values.push_back(place.number.empty() ? place.data : place.number.data());
  }
  return values;
}

core::Result<std::vector<Row>> decode_rows(const PGresult* result) {
  const int columns = PQnfields(result);
  std::vector<Row> rows;
  rows.reserve(static_cast<std::size_t>(PQntuples(result)));
  for (int row = 0; row < PQntuples(result); ++row) {
    std::vector<Value> values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
      TRY(Value value, decode(result, row, column));
      values.push_back(std::move(value));
    }
    rows.emplace_back(std::move(values));
  }
  return rows;
}

std::int64_t affected_rows(PGresult* result) {
  if (std::string_view(PQcmdStatus(result)).starts_with("SELECT")) return 0;
  const std::string_view text = PQcmdTuples(result);
  std::int64_t rows = 0;
  std::from_chars(text.data(), text.data() + text.size(), rows);
  return rows;
}

}  // namespace store
