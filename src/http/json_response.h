// JSON answers and bodies: the meeting point of http and codec. For handlers; stateless, safe from
// any thread.
#pragma once

#include "codec/json.h"
#include "http/request.h"
#include "http/response.h"

namespace http {

/// 200 with the value as application/json.
[[nodiscard]] Response json_ok(const codec::Json& value);
/// 201 with the value; `location` is the new thing's path, empty for none.
[[nodiscard]] Response json_created(const codec::Json& value, std::string location = {});

/// The request's body as JSON. The media type was checked before the handler ran.
/// Errors: those of codec::parse_json.
[[nodiscard]] core::Result<codec::Json> json_body(const Request& request);

}  // namespace http
