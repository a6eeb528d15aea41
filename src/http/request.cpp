#include "http/request.h"

#include <algorithm>

#include "core/assert.h"
#include "http/cookies.h"
#include "http/text.h"

namespace http {

const std::string& Request::path_param(std::string_view name) const {
  const auto at = std::find_if(parts_.path_params.begin(), parts_.path_params.end(),
                               [&](const auto& pair) { return pair.first == name; });
  CORE_ASSERT(at != parts_.path_params.end());
  return at->second;
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  std::optional<std::string_view> found;
  for (const auto& [known, value] : parts_.fields) {
    if (known != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  const auto field = header("cookie");
  return field ? find_cookie(*field, name) : std::nullopt;
}

const Subject& Request::subject() const {
  CORE_ASSERT(parts_.subject.has_value());
  return *parts_.subject;
}

Language Request::language() const {
  if (const auto asked = query("lang")) {
    if (const auto language = find_language(*asked)) return *language;
  }
  if (const auto kept = cookie("lang")) {
    if (const auto language = find_language(*kept)) return *language;
  }
  return negotiate_language(header("accept-language").value_or("")).value_or(Language::kRu);
}

core::Result<Parameters> Request::form() const {
  const auto type = media_type_of(header("content-type").value_or(""));
  if (!equal_no_case(type, "application/x-www-form-urlencoded")) {
    return core::fail(core::ErrorCode::kInvalidInput, "http.media_type");
  }
  return Parameters::parse(body());
}

}  // namespace http
