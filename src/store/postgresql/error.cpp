#include "store/postgresql/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace store {
namespace {

using core::ErrorCode;

struct Meaning {
  std::string_view sqlstate;  ///< a whole code, or the two characters of its class
  ErrorCode code;
  std::string_view reason;
};

// Whole codes stand before their class.
constexpr std::array kMeanings{
    Meaning{"40001", ErrorCode::kUnavailable, kSerializationReason},
    Meaning{"40P01", ErrorCode::kUnavailable, kSerializationReason},
    Meaning{"23505", ErrorCode::kConflict, "store.unique"},
    Meaning{"23503", ErrorCode::kConflict, "store.foreign_key"},
    Meaning{"23", ErrorCode::kInternal, "store.constraint"},
    Meaning{"25006", ErrorCode::kUnavailable, "store.read_only"},
    Meaning{"25P03", ErrorCode::kUnavailable, "store.timeout"},
    Meaning{"57014", ErrorCode::kUnavailable, "store.timeout"},
    Meaning{"55P03", ErrorCode::kUnavailable, "store.busy"},
    Meaning{"42P01", ErrorCode::kUnavailable, "store.missing"},  // a database nobody has migrated
    Meaning{"53100", ErrorCode::kUnavailable, "store.full"},
    Meaning{"53200", ErrorCode::kUnavailable, "store.memory"},
    Meaning{"53300", ErrorCode::kUnavailable, "store.busy"},
    Meaning{"54000", ErrorCode::kInvalidInput, "store.too_large"},
    Meaning{"22021", ErrorCode::kInvalidInput, "store.text_malformed"},
    Meaning{"58", ErrorCode::kUnavailable, "store.io"},
    Meaning{"57", ErrorCode::kUnavailable, "store.unreachable"},
    Meaning{"08", ErrorCode::kUnavailable, "store.unreachable"},
    Meaning{"XX001", ErrorCode::kInternal, "store.corrupt"},
    Meaning{"XX002", ErrorCode::kInternal, "store.corrupt"},
};

Meaning meaning_of(std::string_view sqlstate) {
  const auto found = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& meaning) {
    return sqlstate.starts_with(meaning.sqlstate);
  });
  if (found != kMeanings.end()) return *found;
  return {sqlstate, ErrorCode::kInternal, "store.statement"};
}

std::string_view field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

/// Syntax, access, resource and operator classes speak about names and limits, never about data.
bool message_is_free_of_data(std::string_view sqlstate) {
  constexpr std::array<std::string_view, 6> kClasses{"42", "53", "57", "58", "0A", "26"};
  return std::any_of(kClasses.begin(), kClasses.end(),
                     [&](std::string_view prefix) { return sqlstate.starts_with(prefix); });
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

}  // namespace

tl::unexpected<core::Error> postgresql_error(const PGresult* result, std::string_view doing) {
  const std::string_view sqlstate = field(result, PG_DIAG_SQLSTATE);
  const Meaning meaning = meaning_of(sqlstate);
  const std::string_view message = message_is_free_of_data(sqlstate)
                                       ? field(result, PG_DIAG_MESSAGE_PRIMARY)
                                       : std::string_view();
  return core::fail(
      meaning.code, meaning.reason,
      fmt::format("{}: SQLSTATE {} {} {} {}", doing, sqlstate, field(result, PG_DIAG_TABLE_NAME),
                  field(result, PG_DIAG_CONSTRAINT_NAME), message));
}

tl::unexpected<core::Error> postgresql_connect_error(const PGconn* connection) {
  const std::string_view message = PQerrorMessage(connection);
  // libpq keeps no SQLSTATE of a refused connection; the text is all there is to tell these apart.
  const bool missing = message.find("database") != std::string_view::npos &&
                       message.find("does not exist") != std::string_view::npos;
  return core::fail(ErrorCode::kUnavailable, missing ? "store.missing" : "store.unreachable",
                    std::string(first_line(message)));
}

}  // namespace store
