#include "api/privacy/processing_api.h"

#include "api/privacy/processing_json.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;

template <typename Items, typename Render>
JsonArray list_of(const Items& items, Render render) {
  JsonArray list;
  for (const auto& item : items) list.push_back(render(item));
  return list;
}

JsonObject source_json(const privacy::DataSource& source) {
  return {{"name", source.name}, {"title", to_json(source.title)}};
}

}  // namespace

core::Result<http::Response> ProcessingApi::get(const http::Request& request) {
  const auto& entries = service_.entries();
  TRY(const auto parties, service_.parties(request.received_at()));
  const auto party_names =
      list_of(parties, [](const privacy::LocalTexts& name) { return to_json(name); });
  JsonObject json{{"country", entries.country}};
  json["sources"] = list_of(entries.sources, source_json);
  json["recipients"] = list_of(entries.recipients, [&](const privacy::Recipient& one) {
    JsonObject recipient{{"name", one.name}, {"title", to_json(one.title)}};
    if (one.relying_parties) recipient["parties"] = party_names;
    return recipient;
  });
  json["terms"] =
      list_of(entries.terms, [](const privacy::RetentionTerm& term) { return to_json(term); });
  json["categories"] = list_of(
      entries.categories, [](const privacy::DataCategory& category) { return to_json(category); });
  json["purposes"] = list_of(entries.purposes, [&](const privacy::ProcessingPurpose& purpose) {
    return to_json(purpose, entries);
  });
  const auto policy = editions_.current(privacy::EditionKind::kPolicy,
                                        http::tag_of(request.language()), request.received_at());
  if (policy) json["policy_number"] = (*policy)->number;
  return http::json_ok(json);
}

std::vector<http::Route> ProcessingApi::routes() {
  const RouteMaker<ProcessingApi> route(this);
  return {route({http::Method::kGet, "/api/v1/processing", "getProcessing",
                 http::AuthPolicy::kPublic, kReading},
                &ProcessingApi::get)};
}

}  // namespace api
