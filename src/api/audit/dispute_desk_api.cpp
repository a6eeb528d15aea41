#include "api/audit/dispute_desk_api.h"

#include <algorithm>
#include <charconv>

#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using audit::sql::DisputeCursor;
using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

constexpr std::size_t kBodyBytesMax = 64UL * 1024;

core::Instant listed_at(const audit::Dispute& dispute) {
  return dispute.answered_at.value_or(dispute.disputed_at);
}

std::string cursor_after(const audit::Dispute& dispute) {
  return std::to_string(listed_at(dispute).micros()) + "." + dispute.entry_id.to_string();
}

core::Result<std::optional<DisputeCursor>> read_cursor(const Request& request) {
  const auto text = request.query("cursor");
  if (!text) return std::optional<DisputeCursor>();
  const auto dot = std::min(text->find('.'), text->size());
  std::int64_t micros = 0;
  const auto read = std::from_chars(text->data(), text->data() + dot, micros);
  const auto id =
      audit::EntryId::parse(std::string_view(*text).substr(std::min(dot + 1, text->size())));
  if (read.ec != std::errc{} || read.ptr != text->data() + dot || !id) {
    return fail(ErrorCode::kInvalidInput, "page.cursor");
  }
  return std::optional(DisputeCursor{core::Instant::from_micros(micros), *id});
}

JsonObject to_json(const audit::Dispute& dispute) {
  JsonObject json{{"entry_id", dispute.entry_id.to_string()}, {"reason", dispute.reason}};
  put_moment(json, "disputed_at", dispute.disputed_at);
  put_moment(json, "answered_at", dispute.answered_at);
  put_text(json, "outcome", dispute.outcome);
  return json;
}

}  // namespace

core::Result<core::CitizenId> DisputeDeskApi::officer(const Request& request) {
  const auto& id = request.subject().citizen_id;
  TRY_VOID(staff_.require(id, identity::StaffRole::kDataProtectionOfficer));
  return id;
}

core::Result<http::Response> DisputeDeskApi::list(const Request& request) {
  TRY_VOID(officer(request));
  const auto which = request.query("list").value_or("open");
  if (which != "open" && which != "answered") {
    return fail(ErrorCode::kInvalidInput, "dispute.list");
  }
  TRY(const auto cursor, read_cursor(request));
  // One more than is shown tells whether there is a next page.
  constexpr auto kShown = privacy::DisputeService::kPageMax;
  TRY(auto page, disputes_.page(which == "open", cursor, kShown + 1));
  JsonObject json;
  if (page.size() > static_cast<std::size_t>(kShown)) {
    page.pop_back();
    json["next_cursor"] = cursor_after(page.back());
  }
  JsonArray items;
  for (const auto& one : page) items.push_back(to_json(one));
  json["disputes"] = std::move(items);
  return http::json_ok(json);
}

core::Result<http::Response> DisputeDeskApi::get(const Request& request) {
  TRY(const auto officer_id, officer(request));
  TRY(const auto id, path_id<audit::EntryId>(request, "entry_id"));
  const auto now = request.received_at();
  TRY(const auto file, disputes_.get(officer_id, id, now));
  auto json = to_json(file.dispute);
  json["own"] = file.dispute.citizen_id == officer_id;
  if (file.answer) json["answer"] = file.answer->reveal();
  if (file.entry) {
    json["record"] = file.entry->record;
    if (const auto record = audit::LogRecord::parse(file.entry->record)) {
      put_text(json, "actor_name", names_.name_of(record->actor, request.language(), now));
    }
  }
  return http::json_ok(json);
}

core::Result<http::Response> DisputeDeskApi::answer(const Request& request) {
  TRY(const auto officer_id, officer(request));
  TRY(const auto id, path_id<audit::EntryId>(request, "entry_id"));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto outcome, fields.string("outcome", 16));
  TRY(auto text, fields.string("text", kBodyBytesMax));
  TRY_VOID(fields.finish());
  TRY(const auto dispute, disputes_.answer({officer_id, id, std::move(outcome),
                                            core::Secret<std::string>(std::move(text))},
                                           request.received_at()));
  return http::json_ok(to_json(dispute));
}

std::vector<http::Route> DisputeDeskApi::routes() {
  const RouteMaker<DisputeDeskApi> route(this);
  using Api = DisputeDeskApi;
  using http::Method;
  constexpr auto kSession = http::AuthPolicy::kSession;
  const std::string all = "/api/v1/desk/disputes";
  const std::string one = all + "/{entry_id}";
  std::vector<http::Route> routes{
      route({Method::kGet, all, "listDeskDisputes", kSession, kReading}, &Api::list),
      route({Method::kGet, one, "getDeskDispute", kSession, kReading}, &Api::get),
      route({Method::kPost, one + "/answer", "answerDispute", kSession, kWriting}, &Api::answer),
  };
  for (auto& line : routes) line.body_bytes_max = kBodyBytesMax;
  return routes;
}

}  // namespace api
