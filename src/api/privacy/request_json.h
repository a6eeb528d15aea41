// Requests of people as the HTTP interface shows them, and what both sides' handlers read alike.
// Pure functions; safe from any thread.
#pragma once

#include "api/wire.h"
#include "http/request.h"
#include "privacy/request/request_rules.h"
#include "privacy/request/types.h"

namespace api {

/// Two pages of text in any script, escaped as it may be.
inline constexpr std::size_t kRequestBodyBytesMax = 64UL * 1024;

/// What a reader is shown besides the request itself.
struct RequestView {
  const privacy::RequestRules& rules;
  std::string_view language;
  core::Instant now;
};

[[nodiscard]] codec::JsonObject to_json(const privacy::SubjectRequest& request,
                                        const RequestView& view);
/// With the history and the texts; officers are named by their role only.
[[nodiscard]] codec::JsonObject to_json(const privacy::RequestFile& file, const RequestView& view);
/// The supervisory authority, and the term of each kind.
[[nodiscard]] codec::JsonObject authority_json(const RequestView& view);
[[nodiscard]] codec::JsonArray kinds_json(const RequestView& view);
[[nodiscard]] codec::JsonArray grounds_json(const RequestView& view);

/// "request-261126-48151-7.pdf".
[[nodiscard]] std::string file_name(const privacy::SubjectRequest& request,
                                    const privacy::RequestRules& rules, std::string_view format);

/// 200 or 201 with the ETag of this revision.
[[nodiscard]] http::Response with_etag(http::Response response,
                                       const privacy::SubjectRequest& request);
/// The revision that If-Match names.
/// Errors: kInvalidInput "http.precondition_required" no such field, or not one ETag of ours.
[[nodiscard]] core::Result<std::int64_t> if_match(const http::Request& request);
/// A text of at most `bytes_max` bytes.
[[nodiscard]] core::Result<core::Secret<std::string>> text_member(codec::JsonFields& fields,
                                                                  std::string_view name);

}  // namespace api
