#include "api/privacy/edition_json.h"

#include <charconv>

#include "api/wire.h"

namespace api {

using core::ErrorCode;
using core::fail;

core::Result<privacy::EditionKind> edition_kind(const http::Request& request) {
  const auto kind = privacy::find_edition_kind(request.path_param("kind"));
  if (!kind) return fail(ErrorCode::kNotFound, "edition.unknown");
  return *kind;
}

core::Result<int> edition_number(const http::Request& request) {
  const auto& text = request.path_param("number");
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < 1) {
    return fail(ErrorCode::kNotFound, "edition.unknown");
  }
  return number;
}

codec::JsonObject edition_head(const privacy::Edition& edition) {
  const std::string address = "/editions/" + std::string(privacy::name_of(edition.kind)) + "/" +
                              std::to_string(edition.number) + "?lang=" + edition.language;
  codec::JsonObject json{{"kind", privacy::name_of(edition.kind)},
                         {"number", edition.number},
                         {"language", edition.language},
                         {"title", edition.title},
                         {"sha256", edition.sha256},
                         {"address", address}};
  put_moment(json, "published_at", edition.published_at);
  put_moment(json, "in_force_at", edition.in_force_at);
  put_text(json, "summary", edition.summary);
  return json;
}

}  // namespace api
