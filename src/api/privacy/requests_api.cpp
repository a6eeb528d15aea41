#include "api/privacy/requests_api.h"

#include <algorithm>
#include <initializer_list>

#include "api/privacy/held_json.h"
#include "api/privacy/request_json.h"
#include "api/route_maker.h"
#include "core/assert.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

constexpr std::string_view kMine = "/api/v1/subject-requests";
constexpr std::string_view kPdf = "application/pdf";

/// The query's "format"; the first of those there are unless said.
/// Errors: kInvalidInput "request.format".
core::Result<std::string> format_of(const Request& request,
                                    std::initializer_list<std::string_view> formats) {
  auto format = request.query("format").value_or(std::string(*formats.begin()));
  if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
    return fail(ErrorCode::kInvalidInput, "request.format");
  }
  return format;
}

http::Response attached(http::Response response, const std::string& name) {
  response.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

RequestView view_of(const Request& request, const privacy::RequestRules& rules) {
  return {rules, http::tag_of(request.language()), request.received_at()};
}

core::Result<privacy::NewRequest> read_new(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto kind_name, fields.string("kind", 32));
  TRY(auto text, text_member(fields, "text"));
  TRY(const auto consent_name, fields.optional_string("consent", 32));
  TRY_VOID(fields.finish());
  privacy::NewRequest wanted;
  const auto kind = privacy::find_request_kind(kind_name);
  if (!kind) return fail(ErrorCode::kInvalidInput, "request.kind_unknown");
  wanted.kind = *kind;
  wanted.language = http::tag_of(request.language());
  wanted.text = std::move(text);
  if (consent_name) {
    wanted.consent = privacy::find_consent_purpose(*consent_name);
    if (!wanted.consent) return fail(ErrorCode::kNotFound, "consent.purpose_unknown");
  }
  return wanted;
}

}  // namespace

core::Result<http::Response> RequestsApi::list(const Request& request) {
  const auto view = view_of(request, services_.requests.rules());
  TRY(const auto requests, services_.requests.list(request.subject().citizen_id));
  JsonArray items;
  for (const auto& one : requests) items.push_back(to_json(one, view));
  return http::json_ok(JsonObject{{"requests", std::move(items)},
                                  {"kinds", kinds_json(view)},
                                  {"authority", authority_json(view)}});
}

core::Result<http::Response> RequestsApi::create(const Request& request) {
  TRY(const auto wanted, read_new(request));
  TRY(const auto file,
      services_.requests.receive(request.subject().citizen_id, wanted, request.received_at()));
  const auto json = to_json(file, view_of(request, services_.requests.rules()));
  return with_etag(http::json_created(json, std::string(kMine) + "/" + file.request.id.to_string()),
                   file.request);
}

core::Result<http::Response> RequestsApi::get(const Request& request) {
  TRY(const auto id, path_id<privacy::RequestId>(request, "request_id"));
  TRY(const auto file,
      services_.requests.get(request.subject().citizen_id, id, request.received_at()));
  return with_etag(http::json_ok(to_json(file, view_of(request, services_.requests.rules()))),
                   file.request);
}

core::Result<http::Response> RequestsApi::withdraw(const Request& request) {
  TRY(const auto id, path_id<privacy::RequestId>(request, "request_id"));
  TRY(const auto revision, if_match(request));
  TRY(const auto changed, services_.requests.withdraw(request.subject().citizen_id, id, revision,
                                                      request.received_at()));
  return with_etag(http::json_ok(to_json(changed, view_of(request, services_.requests.rules()))),
                   changed);
}

core::Result<privacy::RequestFile> RequestsApi::mine(const Request& request) {
  TRY(const auto id, path_id<privacy::RequestId>(request, "request_id"));
  return services_.requests.get(request.subject().citizen_id, id, request.received_at());
}

privacy::LetterParts RequestsApi::parts_of(const privacy::RequestFile& file,
                                           const Request& request) const {
  return {file,
          services_.requests.rules(),
          head_.installation,
          http::tag_of(request.language()),
          head_.public_url + "/requests/" + file.request.id.to_string(),
          request.received_at(),
          head_.utc_offset_minutes,
          &head_.providers};
}

core::Result<http::Response> RequestsApi::data(const Request& request) {
  TRY(const auto file, mine(request));
  TRY(const auto format, format_of(request, {"json", "pdf"}));
  if (!privacy::is_answered_at_once(file.request.kind)) {
    return fail(ErrorCode::kNotFound, "request.no_data");
  }
  privacy::CopyRequest copy;
  copy.citizen_id = file.request.citizen_id;
  copy.now = request.received_at();
  TRY(auto json, services_.copies.make(copy));
  CORE_ASSERT(my_data_ != nullptr);
  TRY(const auto held, my_data_->held(copy.citizen_id));
  for (auto& [name, value] : held_json(held, my_data_->entries())) json[name] = value;
  if (format == "json") return attached(http::json_ok(json), "beresta-data.json");
  TRY(auto pdf, codec::to_pdf(privacy::copy_letter(parts_of(file, request), json)));
  return attached(http::bytes(std::string(kPdf), std::move(pdf)), "beresta-data.pdf");
}

core::Result<http::Response> RequestsApi::letter(const Request& request) {
  TRY(const auto file, mine(request));
  TRY(auto pdf, codec::to_pdf(privacy::request_letter(parts_of(file, request))));
  return attached(http::bytes(std::string(kPdf), std::move(pdf)),
                  file_name(file.request, services_.requests.rules(), "pdf"));
}

core::Result<http::Response> RequestsApi::evidence(const Request& request) {
  TRY(const auto file, mine(request));
  TRY(const auto format, format_of(request, {"json", "html"}));
  const auto language = http::tag_of(request.language());
  TRY(const auto json, privacy::evidence_file({file, services_.requests.rules(), services_.editions,
                                               head_.installation, language, request.received_at()},
                                              services_.signer));
  const auto name = file_name(file.request, services_.requests.rules(), format);
  if (format == "json") return attached(http::json_ok(json), name);
  return attached(http::bytes("text/html; charset=utf-8", privacy::evidence_page(json, language)),
                  name);
}

core::Result<http::Response> RequestsApi::list_blocks(const Request& request) {
  TRY(const auto blocks, services_.blocks.list(request.subject().citizen_id));
  JsonArray items;
  for (const auto& block : blocks) {
    JsonObject json{{"category", block.category},
                    {"reason", block.reason},
                    {"blocked_at", core::to_rfc3339(block.at)}};
    if (block.request_id) json["request_id"] = block.request_id->to_string();
    items.push_back(std::move(json));
  }
  return http::json_ok(JsonObject{{"blocks", std::move(items)}});
}

core::Result<http::Response> RequestsApi::block(const Request& request) {
  TRY_VOID(services_.blocks.block(request.subject().citizen_id, request.path_param("category"),
                                  request.received_at()));
  return http::no_content();
}

core::Result<http::Response> RequestsApi::lift_block(const Request& request) {
  TRY_VOID(services_.blocks.lift(request.subject().citizen_id, request.path_param("category"),
                                 request.received_at()));
  return http::no_content();
}

std::vector<http::Route> RequestsApi::routes() {
  const RouteMaker<RequestsApi> route(this);
  using Api = RequestsApi;
  using http::Method;
  constexpr auto kSession = http::AuthPolicy::kSession;
  const std::string all(kMine);
  const std::string one = all + "/{request_id}";
  std::vector<http::Route> routes{
      route({Method::kGet, all, "listSubjectRequests", kSession, kReading}, &Api::list),
      route({Method::kPost, all, "createSubjectRequest", kSession, kWriting}, &Api::create),
      route({Method::kGet, one, "getSubjectRequest", kSession, kReading}, &Api::get),
      route({Method::kPost, one + "/withdrawal", "withdrawSubjectRequest", kSession, kWriting},
            &Api::withdraw),
      route({Method::kGet, "/api/v1/me/blocks", "listDataBlocks", kSession, kReading},
            &Api::list_blocks),
      route({Method::kPut, "/api/v1/me/blocks/{category}", "blockData", kSession, kWriting},
            &Api::block),
      route({Method::kDelete, "/api/v1/me/blocks/{category}", "liftDataBlock", kSession, kWriting},
            &Api::lift_block),
      route({Method::kGet, one + "/data", "getSubjectRequestData", kSession, kWriting}, &Api::data),
      route({Method::kGet, one + "/letter", "getSubjectRequestLetter", kSession, kWriting},
            &Api::letter),
      route({Method::kGet, one + "/evidence", "getSubjectRequestEvidence", kSession, kWriting},
            &Api::evidence),
  };
  for (auto& line : routes) line.body_bytes_max = kRequestBodyBytesMax;
  return routes;
}

}  // namespace api
