// JSON of strangers: parsing with limits, and JsonFields, the strict reader of one object. The only
// wrapper of Boost.JSON. Json itself is Boost's value: a type of our own would copy every tree or
// repeat its whole interface, so this header alone shows a third-party type. Values are not shared
// between threads by themselves; the functions are safe from any thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace codec {

using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

/// What one text may cost before it is refused.
struct JsonLimits {
  std::size_t bytes_max = 64UL * 1024;    ///< of the whole text
  std::size_t depth_max = 32;             ///< arrays and objects inside each other
  std::size_t values_max = 16UL * 1024;   ///< values of any kind, members included
  std::size_t string_max = 64UL * 1024;   ///< bytes of one string
  std::size_t object_members_max = 1024;  ///< of one object
};

/// Reads one JSON text; the detail of an error gives the byte position, never the content.
/// Whole numbers of 64 bits are exact; any other number is a double whose last digit may be off, so
/// money and identifiers are whole numbers or strings.
/// Errors: kInvalidInput "json.malformed" not RFC 8259: trailing bytes, invalid UTF-8, a NUL in a
///         string, a number beyond a double; "json.surrogate" half of a surrogate pair;
///         "json.duplicate_key" a name twice in one object; "json.too_deep"; "json.too_large".
[[nodiscard]] core::Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Compact text of a value.
[[nodiscard]] std::string to_text(const Json& value);

/// Reads the members of one object and, by finish(), refuses what was not asked for. Holds a
/// reference: the object must outlive it. Every error is kInvalidInput and names the member:
/// "json.member_missing", "json.member_type", "json.member_range", "json.member_too_long".
/// An optional member is absent or well-formed; null is a wrong type.
class JsonFields {
 public:
  /// Errors: kInvalidInput "json.not_object".
  [[nodiscard]] static core::Result<JsonFields> of(const Json& value);
  explicit JsonFields(const JsonObject& object) : object_(&object) {}

  /// A string of at most `bytes_max` bytes; may be empty.
  [[nodiscard]] core::Result<std::string> string(std::string_view name, std::size_t bytes_max);
  [[nodiscard]] core::Result<std::optional<std::string>> optional_string(std::string_view name,
                                                                         std::size_t bytes_max);
  /// A whole number without fraction or exponent, min <= n <= max.
  [[nodiscard]] core::Result<std::int64_t> int64(std::string_view name, std::int64_t min,
                                                 std::int64_t max);
  [[nodiscard]] core::Result<std::optional<std::int64_t>> optional_int64(std::string_view name,
                                                                         std::int64_t min,
                                                                         std::int64_t max);
  [[nodiscard]] core::Result<bool> boolean(std::string_view name);
  /// Never null; valid as long as the object.
  [[nodiscard]] core::Result<const JsonObject*> object(std::string_view name);
  /// Never null; at most `items_max` items, else "json.member_too_long".
  [[nodiscard]] core::Result<const JsonArray*> array(std::string_view name, std::size_t items_max);
  /// The member as it is, or nullptr; counts as asked for.
  [[nodiscard]] const Json* find(std::string_view name);

  /// Errors: kInvalidInput "json.unknown_member" when a member was never asked for. Its name is the
  /// sender's text, so the detail holds only how many there are.
  [[nodiscard]] core::Status finish() const;

 private:
  [[nodiscard]] core::Result<const Json*> require(std::string_view name);

  const JsonObject* object_;
  std::vector<const Json*> asked_;
};

}  // namespace codec
