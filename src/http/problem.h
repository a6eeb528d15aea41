// Problem documents (RFC 9457): the one place where an Error becomes a status and a text for a
// person. Texts come from a catalogue {reason: {"ru": {"title","detail"}, "en": {...}}}; an entry
// may also hold "required_level". Immutable after parsing; safe from any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "codec/json.h"
#include "core/result.h"
#include "core/strong_id.h"
#include "http/language.h"
#include "http/response.h"

namespace http {

/// The HTTP status of an error: by its code, but for a few "http.*" reasons that have a status of
/// their own (405, 408, 412, 413, 414, 415, 421, 431, 501, 505).
[[nodiscard]] int status_of(const core::Error& error);

/// Titles and explanations by reason and language.
class ProblemCatalogue {
 public:
  /// Knows the generic texts of each ErrorCode and of the http.* reasons only.
  ProblemCatalogue() = default;

  /// Reads the JSON catalogue.
  /// Errors: kInvalidInput "problems.malformed" not JSON, or an entry without title and detail in
  /// Russian and English (detail names the reason).
  [[nodiscard]] static core::Result<ProblemCatalogue> parse(std::string_view json_text);

  struct Text {
    std::string title;
    std::string detail;
  };
  struct Entry {
    Text ru;
    Text en;
    std::string required_level;  ///< empty if none
  };
  /// The entry of the reason, or the generic one of the error's code.
  [[nodiscard]] const Entry& entry_for(const core::Error& error) const;
  [[nodiscard]] bool has(std::string_view reason) const { return entries_.contains(reason); }

 private:
  std::map<std::string, Entry, std::less<>> entries_;
};

/// What belongs to the request rather than to the error.
struct ProblemContext {
  Language language = Language::kRu;
  core::UuidBytes request_id{};
};

/// The application/problem+json response: type "urn:beresta:problem:<reason>", title, detail,
/// status, instance "urn:uuid:<request id>", and attempts_left, retry_after_s (also as
/// Retry-After), required_level where set, and `more` where it says something else.
/// Error::detail is never sent.
[[nodiscard]] Response to_problem(const core::Error& error, const ProblemCatalogue& catalogue,
                                  const ProblemContext& context,
                                  const codec::JsonObject& more = {});

}  // namespace http
