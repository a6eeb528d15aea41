// Request: one request as handlers see it, parsed and bounded before the handler runs; no parser's
// type shows through. Immutable once the handler has it; belongs to one thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/strong_id.h"
#include "http/client_address.h"
#include "http/language.h"
#include "http/method.h"
#include "http/parameters.h"

namespace http {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Who is signed in, as the Authenticator found it.
struct Subject {
  core::CitizenId citizen_id;
  core::Bytes session_key;  ///< means something to the Authenticator only
};

/// What a Request is made of; the server fills it, and so can a test.
struct RequestParts {
  Method method = Method::kGet;
  std::string path = "/";  ///< as sent, still percent-encoded, without the query
  Parameters query;
  std::vector<std::pair<std::string, std::string>> path_params;  ///< decoded
  Fields fields;  ///< names in lower case; a name may repeat
  std::string body;
  ClientAddress client;
  core::Instant received_at;
  core::UuidBytes request_id{};
  std::optional<Subject> subject;
};

class Request {
 public:
  explicit Request(RequestParts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] Method method() const { return parts_.method; }
  [[nodiscard]] std::string_view path() const { return parts_.path; }
  /// A {name} of the route's pattern, percent-decoded. The pattern must have it (CORE_ASSERT).
  [[nodiscard]] const std::string& path_param(std::string_view name) const;
  /// A query parameter, percent-decoded; empty if absent. A doubled one never gets here: the
  /// server refused the request with 400 "http.parameter_doubled".
  [[nodiscard]] std::optional<std::string> query(std::string_view name) const {
    return parts_.query.find(name);
  }
  /// All query parameters, percent-decoded.
  [[nodiscard]] const Parameters& query_parameters() const { return parts_.query; }
  /// A header field by its name in lower case; empty if absent or given more than once.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  /// All header fields, for the one that must not be given twice.
  [[nodiscard]] const Fields& fields() const { return parts_.fields; }
  /// See find_cookie.
  [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
  [[nodiscard]] std::string_view body() const { return parts_.body; }
  [[nodiscard]] const ClientAddress& client() const { return parts_.client; }
  [[nodiscard]] core::Instant received_at() const { return parts_.received_at; }
  [[nodiscard]] bool has_subject() const { return parts_.subject.has_value(); }
  /// The signed-in person; CORE_ASSERT when nobody is (has_subject, or AuthPolicy::kSession).
  [[nodiscard]] const Subject& subject() const;
  /// The language to answer in: `lang` parameter, `lang` cookie, Accept-Language, Russian.
  [[nodiscard]] Language language() const;
  /// Names this request in logs and problem documents.
  [[nodiscard]] const core::UuidBytes& request_id() const { return parts_.request_id; }
  /// The form of an application/x-www-form-urlencoded body.
  /// Errors: kInvalidInput "http.media_type" for another media type; see Parameters::parse.
  [[nodiscard]] core::Result<Parameters> form() const;

  /// For the server, before the handler runs.
  void set_body(std::string body) { parts_.body = std::move(body); }
  void sign_in(Subject subject) { parts_.subject = std::move(subject); }

 private:
  RequestParts parts_;
};

}  // namespace http
