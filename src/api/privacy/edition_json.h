// An edition of a public document as the HTTP interface shows it, and how a request names one.
// Pure functions; safe from any thread.
#pragma once

#include "codec/json.h"
#include "http/request.h"
#include "privacy/types.h"

namespace api {

/// {kind} and {number} of the path. Errors: kNotFound "edition.unknown".
[[nodiscard]] core::Result<privacy::EditionKind> edition_kind(const http::Request& request);
[[nodiscard]] core::Result<int> edition_number(const http::Request& request);

/// All of it but the text.
[[nodiscard]] codec::JsonObject edition_head(const privacy::Edition& edition);

}  // namespace api
