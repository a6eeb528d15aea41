// Members of ESIA's JSON objects, read leniently: what is absent, of another type, too long or not
// printable is empty. For the .cpp files of this room. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "codec/json.h"

namespace edges::esia {

inline constexpr std::size_t kMemberBytesMax = 1000;

[[nodiscard]] std::string text_member(const codec::JsonObject& object, std::string_view name);
/// An id of ESIA's: a number, or a text of digits; as digits.
[[nodiscard]] std::string id_member(const codec::JsonObject& object, std::string_view name);
/// "dd.MM.yyyy" as "yyyy-MM-dd".
[[nodiscard]] std::string date_member(const codec::JsonObject& object, std::string_view name);

}  // namespace edges::esia
