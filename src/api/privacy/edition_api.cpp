#include "api/privacy/edition_api.h"

#include "api/privacy/edition_json.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using http::Request;

JsonObject change_json(const privacy::ClauseChange& change) {
  JsonObject json{{"act", name_of(change.act)}, {"section", change.section}};
  put_text(json, "before", change.before);
  put_text(json, "after", change.after);
  return json;
}

JsonObject acceptance_json(const privacy::AcceptanceRecord& record) {
  JsonObject json{{"kind", privacy::name_of(record.seen.kind)},
                  {"number", record.seen.number},
                  {"language", record.seen.language},
                  {"sha256", record.seen.sha256},
                  {"how", record.how}};
  put_moment(json, "accepted_at", record.accepted_at);
  return json;
}

}  // namespace

core::Result<http::Response> EditionApi::list(const Request& request) {
  const auto language = http::tag_of(request.language());
  const auto now = request.received_at();
  JsonArray documents;
  for (const auto kind : privacy::kAllEditionKinds) {
    const auto current = service_.editions().current(kind, language, now);
    JsonArray editions;
    for (const auto* edition : service_.editions().published(kind, language, now)) {
      auto json = edition_head(*edition);
      const bool in_force = current && (*current)->number == edition->number;
      json["state"] = in_force ? "in_force" : edition->in_force_at > now ? "announced" : "past";
      editions.push_back(std::move(json));
    }
    documents.push_back(
        JsonObject{{"kind", privacy::name_of(kind)}, {"editions", std::move(editions)}});
  }
  return http::json_ok(JsonObject{{"documents", std::move(documents)}});
}

core::Result<http::Response> EditionApi::changes(const Request& request) {
  TRY(const auto kind, edition_kind(request));
  TRY(const int number, edition_number(request));
  TRY(const auto found,
      service_.changes(kind, number, http::tag_of(request.language()), request.received_at()));
  JsonObject json{{"edition", edition_head(*found.edition)}};
  if (found.previous != nullptr) json["previous_number"] = found.previous->number;
  JsonArray changes;
  if (found.changes != nullptr) {
    for (const auto& change : *found.changes) changes.push_back(change_json(change));
  }
  json["changes"] = std::move(changes);
  return http::json_ok(json);
}

core::Result<http::Response> EditionApi::own(const Request& request) {
  const auto& citizen_id = request.subject().citizen_id;
  TRY(const auto waiting,
      service_.waiting(citizen_id, http::tag_of(request.language()), request.received_at()));
  TRY(const auto accepted, service_.accepted(citizen_id));
  JsonArray editions;
  for (const auto& one : waiting) {
    auto json = edition_head(*one.edition);
    json["binds"] = one.binds;
    editions.push_back(std::move(json));
  }
  JsonArray records;
  for (const auto& record : accepted) records.push_back(acceptance_json(record));
  return http::json_ok(
      JsonObject{{"waiting", std::move(editions)}, {"accepted", std::move(records)}});
}

core::Result<http::Response> EditionApi::accept(const Request& request) {
  privacy::SeenEdition seen;
  TRY(seen.kind, edition_kind(request));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto number, fields.int64("number", 1, 9999));
  seen.number = static_cast<int>(number);
  TRY(seen.language, fields.string("language", 8));
  TRY(seen.sha256, fields.string("sha256", 64));
  TRY_VOID(fields.finish());
  TRY(const auto record,
      service_.accept(request.subject().citizen_id, seen, request.received_at()));
  return http::json_created(acceptance_json(record));
}

std::vector<http::Route> EditionApi::routes() {
  const RouteMaker<EditionApi> route(this);
  using http::AuthPolicy;
  using http::Method;
  return {
      route({Method::kGet, "/api/v1/editions", "listEditions", AuthPolicy::kPublic, kReading},
            &EditionApi::list),
      route({Method::kGet, "/api/v1/editions/{kind}/{number}/changes", "getEditionChanges",
             AuthPolicy::kPublic, kReading},
            &EditionApi::changes),
      route(
          {Method::kGet, "/api/v1/me/editions", "listOwnEditions", AuthPolicy::kSession, kReading},
          &EditionApi::own),
      route({Method::kPost, "/api/v1/me/editions/{kind}", "acceptEdition", AuthPolicy::kSession,
             kWriting},
            &EditionApi::accept),
  };
}

}  // namespace api
