// Small pieces every handler shares: reading bodies and path parameters into types, writing
// moments. Pure functions; safe from any thread.
#pragma once

#include <string>

#include "codec/base64url.h"
#include "codec/json.h"
#include "core/result.h"
#include "http/json_response.h"
#include "http/request.h"

namespace api {

/// Moments go out as RFC 3339 UTC in whole seconds.
inline void put_moment(codec::JsonObject& object, std::string_view name, core::Instant at) {
  object[name] = core::to_rfc3339(at);
}
inline void put_moment(codec::JsonObject& object, std::string_view name,
                       const std::optional<core::Instant>& at) {
  if (at) put_moment(object, name, *at);
}

/// A text only if there is one.
inline void put_text(codec::JsonObject& object, std::string_view name, std::string_view text) {
  if (!text.empty()) object[name] = text;
}

/// A {name} of the path as an id. Errors: kNotFound "id.unknown", as for an id that leads nowhere.
template <typename Id>
[[nodiscard]] core::Result<Id> path_id(const http::Request& request, std::string_view name) {
  auto id = Id::parse(request.path_param(name));
  if (!id) return core::fail(core::ErrorCode::kNotFound, "id.unknown");
  return id;
}

/// A member of base64url. Errors: those of JsonFields::string and from_base64url.
[[nodiscard]] inline core::Result<core::Bytes> bytes_member(codec::JsonFields& fields,
                                                            std::string_view name,
                                                            std::size_t text_bytes_max) {
  TRY(const auto text, fields.string(name, text_bytes_max));
  return codec::from_base64url(text);
}

}  // namespace api
