#include "api/privacy/my_data_api.h"

#include "api/privacy/processing_json.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;

JsonObject record_json(const privacy::HeldRecord& record) {
  JsonObject json{{"name", record.name}, {"source", record.source}, {"level", record.level}};
  put_moment(json, "since", record.since);
  return json;
}

JsonObject purpose_json(const privacy::ProcessingPurpose& purpose) {
  JsonArray bases;
  for (const auto& basis : purpose.bases) bases.push_back(to_json(basis));
  return {{"name", purpose.name}, {"title", to_json(purpose.title)}, {"bases", std::move(bases)}};
}

JsonObject category_json(const privacy::DataCategory& category, const privacy::Held& held,
                         const privacy::ProcessingRegister& entries) {
  auto json = to_json(category);
  JsonArray records;
  for (const auto& record : held.records) {
    // What people wrote in requests has no name of its own: the requests are counted.
    if (record.category == category.name && category.name != "requests") {
      records.push_back(record_json(record));
    }
  }
  json["records"] = std::move(records);
  if (const auto found = held.lines.find(category.name); found != held.lines.end()) {
    json["lines"] = found->second;
  }
  if (const auto* term = find_named(entries.terms, category.term)) {
    json["until"] = to_json(*term);
  }
  JsonArray purposes;
  for (const auto* purpose : entries.purposes_of(category.name)) {
    purposes.push_back(purpose_json(*purpose));
  }
  json["purposes"] = std::move(purposes);
  return json;
}

}  // namespace

core::Result<http::Response> MyDataApi::get(const http::Request& request) {
  TRY(const auto held, service_.held(request.subject().citizen_id));
  const auto& entries = service_.entries();
  JsonArray categories;
  for (const auto& category : entries.categories) {
    categories.push_back(category_json(category, held, entries));
  }
  return http::json_ok(
      JsonObject{{"country", entries.country}, {"categories", std::move(categories)}});
}

std::vector<http::Route> MyDataApi::routes() {
  const RouteMaker<MyDataApi> route(this);
  return {route(
      {http::Method::kGet, "/api/v1/my-data", "getMyData", http::AuthPolicy::kSession, kReading},
      &MyDataApi::get)};
}

}  // namespace api
