#include "api/privacy/processing_json.h"

#include "api/wire.h"

namespace api {

using codec::JsonArray;
using codec::JsonObject;

JsonObject to_json(const privacy::LocalTexts& texts) {
  JsonObject json;
  for (const auto& [language, text] : texts) json[language] = text;
  return json;
}

JsonArray to_json(const std::vector<std::string>& names) {
  JsonArray json;
  for (const auto& name : names) json.emplace_back(name);
  return json;
}

JsonObject to_json(const privacy::RetentionTerm& term) {
  JsonObject json{
      {"name", term.name}, {"text", to_json(term.text)}, {"after", name_of(term.after)}};
  if (term.days) json["days"] = *term.days;
  put_text(json, "basis", term.basis);
  if (!term.basis_in.empty()) json["basis_in"] = to_json(term.basis_in);
  return json;
}

JsonObject to_json(const privacy::LegalBasis& basis) {
  JsonObject json{{"name", basis.name}, {"norm", basis.norm}};
  if (!basis.norm_in.empty()) json["norm_in"] = to_json(basis.norm_in);
  return json;
}

JsonObject to_json(const privacy::DataCategory& category) {
  return {{"name", category.name},
          {"title", to_json(category.title)},
          {"data", to_json(category.data)},
          {"sources", to_json(category.sources)},
          {"term", category.term}};
}

JsonObject to_json(const privacy::ProcessingPurpose& purpose,
                   const privacy::ProcessingRegister& processing) {
  JsonArray operations;
  for (const auto operation : purpose.operations) operations.emplace_back(name_of(operation));
  JsonArray bases;
  for (const auto& basis : purpose.bases) bases.push_back(to_json(basis));
  return {{"name", purpose.name},
          {"title", to_json(purpose.title)},
          {"text", to_json(purpose.text)},
          {"people", to_json(purpose.people)},
          {"categories", to_json(purpose.categories)},
          {"sources", to_json(processing.sources_of(purpose))},
          {"recipients", to_json(purpose.recipients)},
          {"operations", std::move(operations)},
          {"bases", std::move(bases)},
          {"term", purpose.term},
          {"place", purpose.place}};
}

}  // namespace api
