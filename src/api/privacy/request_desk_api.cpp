#include "api/privacy/request_desk_api.h"

#include <charconv>

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
using privacy::sql::DeskCursor;

RequestView view_of(const Request& request, const privacy::RequestRules& rules) {
  return {rules, http::tag_of(request.language()), request.received_at()};
}

std::string cursor_after(const privacy::SubjectRequest& request, bool open) {
  const auto at = open ? request.due_at : request.closed_at.value_or(request.due_at);
  return std::to_string(at.micros()) + "." + request.id.to_string();
}

core::Result<std::optional<DeskCursor>> read_cursor(const Request& request) {
  const auto text = request.query("cursor");
  if (!text) return std::optional<DeskCursor>();
  const auto dot = std::min(text->find('.'), text->size());
  std::int64_t micros = 0;
  const auto read = std::from_chars(text->data(), text->data() + dot, micros);
  const auto id = privacy::RequestId::parse(
      std::string_view(*text).substr(dot == text->size() ? dot : dot + 1));
  if (read.ec != std::errc{} || read.ptr != text->data() + dot || !id) {
    return fail(ErrorCode::kInvalidInput, "page.cursor");
  }
  return std::optional(DeskCursor{core::Instant::from_micros(micros), *id});
}

/// The member "text" alone.
core::Result<core::Secret<std::string>> read_text(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto text, fields.string("text", kRequestBodyBytesMax));
  TRY_VOID(fields.finish());
  return core::Secret<std::string>(std::move(text));
}

}  // namespace

core::Result<core::CitizenId> RequestDeskApi::officer(const Request& request) {
  const auto& id = request.subject().citizen_id;
  TRY_VOID(services_.staff.require(id, identity::StaffRole::kDataProtectionOfficer));
  return id;
}

core::Result<privacy::DeskAct> RequestDeskApi::act(const Request& request) {
  TRY(const auto officer_id, officer(request));
  TRY(const auto id, path_id<privacy::RequestId>(request, "request_id"));
  TRY(const auto revision, if_match(request));
  return privacy::DeskAct{officer_id, id, revision};
}

core::Result<http::Response> RequestDeskApi::changed(
    const Request& request, const core::Result<privacy::SubjectRequest>& result) {
  if (!result) return fail(result.error());
  return with_etag(http::json_ok(to_json(*result, view_of(request, services_.desk.rules()))),
                   *result);
}

core::Result<http::Response> RequestDeskApi::find(const Request& request, std::string_view number) {
  TRY(const auto wanted, privacy::RequestNumber::parse(number));
  TRY(const auto found, services_.desk.find(wanted));
  const auto view = view_of(request, services_.desk.rules());
  JsonArray items;
  for (const auto& one : found) items.push_back(to_json(one, view));
  return http::json_ok(JsonObject{{"requests", std::move(items)}});
}

core::Result<http::Response> RequestDeskApi::list(const Request& request) {
  TRY_VOID(officer(request));
  if (const auto number = request.query("number")) return find(request, *number);
  const auto which = request.query("list").value_or("open");
  if (which != "open" && which != "closed") return fail(ErrorCode::kInvalidInput, "request.list");
  TRY(const auto cursor, read_cursor(request));
  const bool open = which == "open";
  // One more than is shown tells whether there is a next page.
  TRY(auto page, services_.desk.page(open, cursor, privacy::RequestDeskService::kPageMax + 1));
  JsonObject json;
  if (page.size() > static_cast<std::size_t>(privacy::RequestDeskService::kPageMax)) {
    page.pop_back();
    json["next_cursor"] = cursor_after(page.back(), open);
  }
  const auto view = view_of(request, services_.desk.rules());
  JsonArray items;
  for (const auto& one : page) items.push_back(to_json(one, view));
  json["requests"] = std::move(items);
  return http::json_ok(json);
}

core::Result<http::Response> RequestDeskApi::get(const Request& request) {
  TRY(const auto officer_id, officer(request));
  TRY(const auto id, path_id<privacy::RequestId>(request, "request_id"));
  TRY(const auto file,
      services_.desk.get(privacy::officer_actor(officer_id), id, request.received_at()));
  const auto view = view_of(request, services_.desk.rules());
  auto json = to_json(file, view);
  json["mine"] = file.request.officer_id == officer_id;
  json["own"] = file.request.citizen_id == officer_id;
  json["extension_working_days"] =
      services_.desk.rules().term_of(file.request.kind).extension_working_days;
  json["grounds"] = grounds_json(view);
  return with_etag(http::json_ok(json), file.request);
}

core::Result<http::Response> RequestDeskApi::take(const Request& request) {
  TRY(const auto which, act(request));
  return changed(request, services_.desk.take(which, request.received_at()));
}

core::Result<http::Response> RequestDeskApi::extend(const Request& request) {
  TRY_VOID(officer(request));
  TRY(const auto reasons, read_text(request));
  TRY(const auto which, act(request));
  return changed(request, services_.desk.extend(which, reasons, request.received_at()));
}

core::Result<http::Response> RequestDeskApi::answer(const Request& request) {
  TRY_VOID(officer(request));
  TRY(const auto text, read_text(request));
  TRY(const auto which, act(request));
  return changed(request, services_.desk.answer(which, text, request.received_at()));
}

core::Result<http::Response> RequestDeskApi::refuse(const Request& request) {
  TRY_VOID(officer(request));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto ground, fields.string("ground", 64));
  TRY(const auto text, text_member(fields, "text"));
  TRY_VOID(fields.finish());
  TRY(const auto which, act(request));
  return changed(request, services_.desk.refuse(which, ground, text, request.received_at()));
}

core::Result<http::Response> RequestDeskApi::data(const Request& request) {
  TRY(const auto officer_id, officer(request));
  TRY(const auto id, path_id<privacy::RequestId>(request, "request_id"));
  TRY(const auto found, services_.desk.check_may_see_data(officer_id, id));
  privacy::CopyRequest copy;
  copy.citizen_id = found.citizen_id;
  copy.purpose = vault::Purpose::kAnswerRequest;
  copy.actor = privacy::officer_actor(officer_id);
  copy.now = request.received_at();
  TRY(const auto json, services_.copies.make(copy));
  return http::json_ok(json);
}

core::Result<http::Response> RequestDeskApi::evidence(const Request& request) {
  TRY(const auto officer_id, officer(request));
  TRY(const auto id, path_id<privacy::RequestId>(request, "request_id"));
  const auto format = request.query("format").value_or("json");
  if (format != "json" && format != "html") return fail(ErrorCode::kInvalidInput, "request.format");
  TRY(const auto file,
      services_.desk.get(privacy::officer_actor(officer_id), id, request.received_at()));
  const auto language = http::tag_of(request.language());
  TRY(const auto json, privacy::evidence_file({file, services_.desk.rules(), services_.editions,
                                               installation_, language, request.received_at()},
                                              services_.signer));
  auto response = format == "json" ? http::json_ok(json)
                                   : http::bytes("text/html; charset=utf-8",
                                                 privacy::evidence_page(json, language));
  response.with(
      "Content-Disposition",
      "attachment; filename=\"" + file_name(file.request, services_.desk.rules(), format) + "\"");
  return response;
}

std::vector<http::Route> RequestDeskApi::routes() {
  const RouteMaker<RequestDeskApi> route(this);
  using Api = RequestDeskApi;
  using http::Method;
  constexpr auto kSession = http::AuthPolicy::kSession;
  const std::string all = "/api/v1/desk/subject-requests";
  const std::string one = all + "/{request_id}";
  std::vector<http::Route> routes{
      route({Method::kGet, all, "listDeskRequests", kSession, kReading}, &Api::list),
      route({Method::kGet, one, "getDeskRequest", kSession, kReading}, &Api::get),
      route({Method::kPost, one + "/taking", "takeRequest", kSession, kWriting}, &Api::take),
      route({Method::kPost, one + "/extension", "extendRequest", kSession, kWriting}, &Api::extend),
      route({Method::kPost, one + "/answer", "answerRequest", kSession, kWriting}, &Api::answer),
      route({Method::kPost, one + "/refusal", "refuseRequest", kSession, kWriting}, &Api::refuse),
      route({Method::kGet, one + "/data", "getRequestPersonData", kSession, kReading}, &Api::data),
      route({Method::kGet, one + "/evidence", "getRequestEvidence", kSession, kReading},
            &Api::evidence),
  };
  for (auto& line : routes) line.body_bytes_max = kRequestBodyBytesMax;
  return routes;
}

}  // namespace api
