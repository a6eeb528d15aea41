#include "api/identity/attribute_json.h"

#include <set>

#include "api/wire.h"

namespace api {

using codec::JsonArray;
using codec::JsonObject;

namespace {

JsonObject to_json(const identity::Claim& claim) {
  JsonObject json{{"value", claim.value.reveal()},
                  {"level", claim.provenance.assurance_level},
                  {"stale", claim.stale}};
  put_source(json, claim.provenance.source);
  put_moment(json, "proven_at", claim.provenance.proven_at);
  put_moment(json, "stale_at", claim.stale_at);
  return json;
}

JsonArray missing_json(const identity::FunctionState& state) {
  JsonArray missing;
  for (const auto& one : state.missing) {
    JsonObject item{{"lack", identity::name_of(one.lack)}};
    put_text(item, "attribute", one.attribute);
    missing.push_back(std::move(item));
  }
  return missing;
}

/// The page of the web client where it is done.
std::string_view page_of(identity::Remedy remedy) {
  return remedy == identity::Remedy::kProveIdentity ? "/level" : "/profile";
}

}  // namespace

void put_source(JsonObject& json, std::string_view source) {
  const auto colon = source.find(':');
  put_text(json, "source", source.substr(0, colon));
  if (colon != std::string_view::npos) put_text(json, "provider", source.substr(colon + 1));
}

JsonObject to_json(const identity::Attribute& attribute) {
  auto json = to_json(attribute.claims.front());
  json["name"] = attribute.name;
  json["conflict"] = attribute.conflict;
  JsonArray others;
  for (std::size_t i = 1; i < attribute.claims.size(); ++i) {
    others.push_back(to_json(attribute.claims[i]));
  }
  json["others"] = std::move(others);
  return json;
}

JsonObject to_json(const identity::FunctionState& state) {
  return JsonObject{{"function", identity::name_of(state.function)},
                    {"open", state.open()},
                    {"required_level", identity::name_of(state.required_level)},
                    {"missing", missing_json(state)}};
}

JsonObject refusal_json(const identity::FunctionState& state) {
  std::set<identity::Remedy> remedies;
  for (const auto& one : state.missing) remedies.insert(identity::remedy_of(one));
  JsonArray how;
  for (const auto remedy : remedies) {
    how.push_back(JsonObject{{"action", identity::name_of(remedy)}, {"page", page_of(remedy)}});
  }
  return JsonObject{{"function", identity::name_of(state.function)},
                    {"required_level", identity::name_of(state.required_level)},
                    {"missing", missing_json(state)},
                    {"how", std::move(how)}};
}

JsonObject to_json(const identity::LinkedProvider& linked) {
  JsonObject json{{"id", linked.id},
                  {"name_ru", linked.name_ru},
                  {"name_en", linked.name_en},
                  {"last_proof", linked.last_proof},
                  {"last_way_in", linked.last_way_in}};
  put_moment(json, "linked_at", linked.linked_at);
  put_moment(json, "last_used_at", linked.last_used_at);
  return json;
}

}  // namespace api
