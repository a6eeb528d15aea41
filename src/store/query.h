// Query, its parameters and its rows: the words in which a room speaks to its tables. The SQL text
// is the subset that SQLite and PostgreSQL both understand, with types BIGINT, TEXT and BYTEA.
// Value types; a Query is a constant at the top of a room's sql_store.cpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/strong_id.h"

namespace store {

/// One SQL statement and the name it has in logs and metrics ("consent.find"). Parameters are
/// `$1..$n`; both texts must live as long as the program (string literals).
/// Portable rules: a count or sum is CAST(... AS BIGINT) where PostgreSQL would widen it, a bare
/// parameter in the select list is CAST too, conflicts are `ON CONFLICT (...) DO ...`.
struct Query {
  std::string_view name;
  std::string_view sql;
};

/// One column of one row: NULL, BIGINT, TEXT (UTF-8) or BYTEA.
using Value = std::variant<std::monostate, std::int64_t, std::string, core::Bytes>;

/// A parameter of a statement: a view that must outlive only the call it is passed to. Made
/// implicitly from whole numbers, texts, bytes, instants, ids and optionals of these, so that a
/// call reads `unit.run(kFindConsent, {citizen_id, consent_id, now})`.
class Param {
 public:
  using View = std::variant<std::monostate, std::int64_t, std::string_view, core::ByteView>;

  Param(std::nullopt_t) {}  // NOLINT(google-explicit-constructor): implicit by design, all below
  Param(std::nullptr_t) {}
  template <std::integral T>
  requires(sizeof(T) < 8 || std::signed_integral<T>) Param(T number)
      : view_(static_cast<std::int64_t>(number)) {}
  template <std::convertible_to<std::string_view> T>
  Param(const T& text) : view_(std::string_view(text)) {}
  template <std::convertible_to<core::ByteView> T>
  Param(const T& bytes) : view_(core::ByteView(bytes)) {}
  Param(core::Instant at) : view_(at.micros()) {}
  template <typename Tag>
  Param(const core::StrongId<Tag>& id) : view_(id.bytes()) {}
  template <typename T>
  Param(const std::optional<T>& maybe) {
    if (maybe) *this = Param(*maybe);
  }

  [[nodiscard]] const View& view() const { return view_; }

 private:
  View view_;
};

using Params = std::span<const Param>;

/// One row of a result; columns count from 0. Asking for a column that is not there, or for
/// another type than it has, is a fault of the program and ends it (CORE_ASSERT).
class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool is_null(std::size_t column) const;
  [[nodiscard]] std::int64_t int64(std::size_t column) const;
  /// A BIGINT seen as yes or no: 0 is false.
  [[nodiscard]] bool boolean(std::size_t column) const { return int64(column) != 0; }
  /// Valid as long as the row.
  [[nodiscard]] std::string_view text(std::size_t column) const;
  /// Valid as long as the row.
  [[nodiscard]] core::ByteView blob(std::size_t column) const;
  /// A BIGINT of microseconds UTC.
  [[nodiscard]] core::Instant instant(std::size_t column) const;
  /// The same where the column may be NULL.
  [[nodiscard]] std::optional<core::Instant> optional_instant(std::size_t column) const;
  /// A 16-byte BYTEA as the given kind of id; another length ends the process.
  template <typename Id>
  [[nodiscard]] Id id(std::size_t column) const {
    return Id(uuid(column));
  }

 private:
  [[nodiscard]] const Value& at(std::size_t column) const;
  [[nodiscard]] core::UuidBytes uuid(std::size_t column) const;

  std::vector<Value> values_;
};

/// What a statement answered: its rows in order, and how many rows it changed.
class Rows {
 public:
  Rows() = default;
  Rows(std::vector<Row> rows, std::int64_t affected)
      : rows_(std::move(rows)), affected_(affected) {}

  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] const Row& operator[](std::size_t index) const { return rows_.at(index); }
  /// The first row; there must be one (ask empty() before).
  [[nodiscard]] const Row& front() const { return rows_.at(0); }
  [[nodiscard]] auto begin() const { return rows_.begin(); }
  [[nodiscard]] auto end() const { return rows_.end(); }
  /// Rows inserted, updated or deleted; 0 for a SELECT.
  [[nodiscard]] std::int64_t affected() const { return affected_; }

 private:
  std::vector<Row> rows_;
  std::int64_t affected_ = 0;
};

}  // namespace store
