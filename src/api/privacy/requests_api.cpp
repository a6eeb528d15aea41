#include "api/privacy/requests_api.h"

#include "api/privacy/request_json.h"
#include "api/route_maker.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

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
                                  {"kinds", kinds_json(services_.requests.rules())},
                                  {"authority", authority_json(view)}});
}

core::Result<http::Response> RequestsApi::create(const Request& request) {
  TRY(const auto wanted, read_new(request));
  TRY(const auto file,
      services_.requests.receive(request.subject().citizen_id, wanted, request.received_at()));
  const auto json = to_json(file, view_of(request, services_.requests.rules()));
  return with_etag(
      http::json_created(json, "/api/v1/subject-requests/" + file.request.id.to_string()),
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

core::Result<http::Response> RequestsApi::data(const Request& request) {
  TRY(const auto id, path_id<privacy::RequestId>(request, "request_id"));
  const auto& citizen_id = request.subject().citizen_id;
  TRY(const auto file, services_.requests.get(citizen_id, id, request.received_at()));
  if (!privacy::is_answered_at_once(file.request.kind)) {
    return fail(ErrorCode::kNotFound, "request.no_data");
  }
  privacy::CopyRequest copy;
  copy.citizen_id = citizen_id;
  copy.with_values = file.request.kind == privacy::RequestKind::kCopy;
  copy.now = request.received_at();
  TRY(const auto json, services_.copies.make(copy));
  auto response = http::json_ok(json);
  response.with("Content-Disposition", "attachment; filename=\"beresta-data.json\"");
  return response;
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
  const std::string all = "/api/v1/subject-requests";
  const std::string one = all + "/{request_id}";
  std::vector<http::Route> routes{
      route({Method::kGet, all, "listSubjectRequests", kSession, kReading}, &Api::list),
      route({Method::kPost, all, "createSubjectRequest", kSession, kWriting}, &Api::create),
      route({Method::kGet, one, "getSubjectRequest", kSession, kReading}, &Api::get),
      route({Method::kPost, one + "/withdrawal", "withdrawSubjectRequest", kSession, kWriting},
            &Api::withdraw),
      route({Method::kGet, one + "/data", "getSubjectRequestData", kSession, kReading}, &Api::data),
      route({Method::kGet, "/api/v1/me/blocks", "listDataBlocks", kSession, kReading},
            &Api::list_blocks),
      route({Method::kDelete, "/api/v1/me/blocks/{category}", "liftDataBlock", kSession, kWriting},
            &Api::lift_block),
  };
  for (auto& line : routes) line.body_bytes_max = kRequestBodyBytesMax;
  return routes;
}

}  // namespace api
