#include "store/query.h"

#include <algorithm>

#include "core/assert.h"

namespace store {

const Value& Row::at(std::size_t column) const {
  CORE_ASSERT(column < values_.size());
  return values_[column];
}

bool Row::is_null(std::size_t column) const {
  return std::holds_alternative<std::monostate>(at(column));
}

std::int64_t Row::int64(std::size_t column) const {
  const auto* number = std::get_if<std::int64_t>(&at(column));
  CORE_ASSERT(number != nullptr);
  return *number;
}

std::string_view Row::text(std::size_t column) const {
  const auto* text = std::get_if<std::string>(&at(column));
  CORE_ASSERT(text != nullptr);
  return *text;
}

core::ByteView Row::blob(std::size_t column) const {
  const auto* bytes = std::get_if<core::Bytes>(&at(column));
  CORE_ASSERT(bytes != nullptr);
  return *bytes;
}

core::Instant Row::instant(std::size_t column) const {
  return core::Instant::from_micros(int64(column));
}

std::optional<core::Instant> Row::optional_instant(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

core::UuidBytes Row::uuid(std::size_t column) const {
  const core::ByteView bytes = blob(column);
  core::UuidBytes uuid{};
  CORE_ASSERT(bytes.size() == uuid.size());
  std::copy(bytes.begin(), bytes.end(), uuid.begin());
  return uuid;
}

}  // namespace store
