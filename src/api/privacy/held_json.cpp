#include "api/privacy/held_json.h"

#include <algorithm>

#include "api/privacy/processing_json.h"
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

template <typename Item>
JsonArray titles_of(const std::vector<std::string>& names, const std::vector<Item>& items) {
  JsonArray titles;
  for (const auto& name : names) {
    const auto* item = privacy::find_named(items, name);
    if (item == nullptr) continue;
    titles.push_back(JsonObject{{"name", item->name}, {"title", to_json(item->title)}});
  }
  return titles;
}

/// Who gets data of these purposes, each once.
std::vector<std::string> recipients_of(
    const std::vector<const privacy::ProcessingPurpose*>& purposes) {
  std::vector<std::string> names;
  for (const auto* purpose : purposes) {
    for (const auto& name : purpose->recipients) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
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
  const auto used_for = entries.purposes_of(category.name);
  JsonArray purposes;
  for (const auto* purpose : used_for) purposes.push_back(purpose_json(*purpose));
  json["purposes"] = std::move(purposes);
  json["recipients"] = titles_of(recipients_of(used_for), entries.recipients);
  json["origins"] = titles_of(category.sources, entries.sources);
  return json;
}

}  // namespace

JsonObject held_json(const privacy::Held& held, const privacy::ProcessingRegister& entries) {
  JsonArray categories;
  for (const auto& category : entries.categories) {
    categories.push_back(category_json(category, held, entries));
  }
  return {{"country", entries.country}, {"categories", std::move(categories)}};
}

}  // namespace api
