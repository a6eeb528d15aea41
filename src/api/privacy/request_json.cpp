#include "api/privacy/request_json.h"

#include <charconv>

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;

std::string_view in_language(const std::map<std::string, std::string, std::less<>>& texts,
                             std::string_view language) {
  const auto found = texts.find(language);
  if (found != texts.end()) return found->second;
  return texts.empty() ? std::string_view() : std::string_view(texts.begin()->second);
}

JsonObject event_json(const privacy::RequestEvent& event, const privacy::RequestTexts& texts,
                      const RequestView& view) {
  JsonObject json{{"number", event.number},
                  {"act", privacy::name_of(event.act)},
                  {"state", privacy::name_of(event.state)},
                  {"actor", event.actor == "citizen" || event.actor == "platform"
                                ? std::string_view(event.actor)
                                : std::string_view("officer")},
                  {"due_day", event.due_day.to_string()}};
  put_moment(json, "at", event.at);
  put_text(json, "norm", view.rules.norms().in(view.language, event.norm));
  if (const auto* ground = view.rules.find_ground(event.reason)) {
    json["reason"] = in_language(ground->text, view.language);
  }
  if (const auto* text = privacy::find_text(texts, event.text_id)) {
    json["text"] = text->text.reveal();
  }
  return json;
}

}  // namespace

JsonObject to_json(const privacy::SubjectRequest& request, const RequestView& view) {
  JsonObject json{{"request_id", request.id.to_string()},
                  {"number", view.rules.number_of(request).text()},
                  {"kind", privacy::name_of(request.kind)},
                  {"revision", request.revision},
                  {"state", request.shown_state(view.now)},
                  {"taken", request.officer_id.has_value()},
                  {"language", request.language},
                  {"due_day", request.due_day.to_string()},
                  {"due_estimated", request.due_estimated},
                  {"working_days_left", view.rules.working_days_left(request.due_day, view.now)},
                  {"basis", view.rules.norms().in(view.language, request.basis)},
                  {"extended", request.extended},
                  {"late", request.is_overdue(view.now)}};
  put_moment(json, "received_at", request.received_at);
  put_moment(json, "closed_at", request.closed_at);
  put_text(json, "consent", request.consent);
  return json;
}

JsonObject to_json(const privacy::RequestFile& file, const RequestView& view) {
  auto json = to_json(file.request, view);
  JsonArray events;
  for (const auto& event : file.events) events.push_back(event_json(event, file.texts, view));
  json["events"] = std::move(events);
  json["authority"] = authority_json(view);
  return json;
}

JsonObject authority_json(const RequestView& view) {
  const auto& authority = view.rules.authority();
  JsonObject json{{"name", in_language(authority.name, view.language)}};
  put_text(json, "address", authority.address);
  return json;
}

JsonArray kinds_json(const RequestView& view) {
  JsonArray kinds;
  for (const auto kind : privacy::kAllRequestKinds) {
    const auto& term = view.rules.term_of(kind);
    kinds.push_back(JsonObject{{"kind", privacy::name_of(kind)},
                               {"days", term.days},
                               {"in_working_days", term.in_working_days},
                               {"extension_working_days", term.extension_working_days},
                               {"basis", view.rules.norms().in(view.language, term.basis)},
                               {"needs_text", privacy::needs_text(kind)},
                               {"answered_at_once", privacy::is_answered_at_once(kind)}});
  }
  return kinds;
}

JsonArray grounds_json(const RequestView& view) {
  JsonArray grounds;
  for (const auto& ground : view.rules.grounds()) {
    grounds.push_back(JsonObject{{"name", ground.name},
                                 {"norm", view.rules.norms().in(view.language, ground.norm)},
                                 {"text", in_language(ground.text, view.language)}});
  }
  return grounds;
}

std::string file_name(const privacy::SubjectRequest& request, const privacy::RequestRules& rules,
                      std::string_view format) {
  return "request-" + rules.number_of(request).text() + "." + std::string(format);
}

http::Response with_etag(http::Response response, const privacy::SubjectRequest& request) {
  response.with("ETag", "\"" + std::to_string(request.revision) + "\"");
  return response;
}

core::Result<std::int64_t> if_match(const http::Request& request) {
  const auto field = request.header("if-match");
  std::int64_t revision = 0;
  const bool quoted = field && field->size() > 2 && field->front() == '"' && field->back() == '"';
  if (quoted) {
    const auto digits = field->substr(1, field->size() - 2);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), revision);
    if (read.ec == std::errc{} && read.ptr == digits.data() + digits.size() && revision > 0) {
      return revision;
    }
  }
  return core::fail(core::ErrorCode::kInvalidInput, "http.precondition_required");
}

core::Result<core::Secret<std::string>> text_member(codec::JsonFields& fields,
                                                    std::string_view name) {
  TRY(auto text, fields.optional_string(name, kRequestBodyBytesMax));
  return core::Secret<std::string>(std::move(text).value_or(""));
}

}  // namespace api
