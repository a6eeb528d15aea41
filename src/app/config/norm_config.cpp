#include "app/config/norm_config.h"

#include <fmt/format.h>

#include <set>

namespace app {
namespace {

constexpr Wanted kNorms{"norms", "[norms.en]"};
constexpr std::string_view kRow = "\"152-ФЗ, ст. 9\" = \"Federal Law No. 152-FZ, Art. 9\"";
constexpr std::string_view kAgreement = "editions/";

std::set<std::string> norms_of(const Jurisdiction& jurisdiction) {
  std::set<std::string> norms{jurisdiction.consents.document_basis};
  for (const auto& [name, deadline] : jurisdiction.deadlines) norms.insert(deadline.basis);
  for (const auto& reason : jurisdiction.refusal_reasons) norms.insert(reason.norm);
  for (const auto& [name, norm] : jurisdiction.legal_bases) norms.insert(norm);
  for (const auto& [purpose, rule] : jurisdiction.consents.rules) norms.insert(rule.basis);
  norms.erase(std::string());
  return norms;
}

void read_language(const toml::table& table, const std::string& language, FaultSink& sink,
                   Jurisdiction& of) {
  TomlFields rows(table, "norms." + language, sink);
  const auto norms = norms_of(of);
  std::set<std::string> told;
  for (const auto& norm : rows.all_keys()) {
    if (!norms.contains(norm)) {
      rows.refuse({norm, kRow}, fmt::format("norms.{} has \"{}\"", language, norm),
                  "a norm that stands elsewhere in this file");
    }
    of.norms.add(language, norm, rows.text({norm, kRow}));
    told.insert(norm);
  }
  // In the law's own language only what is no norm of a law needs other words.
  const bool own = !of.languages.empty() && language == of.languages.front();
  for (const auto& norm : norms) {
    if (told.contains(norm) || (own && !norm.starts_with(kAgreement))) continue;
    rows.refuse({norm, kRow}, fmt::format("norms.{} lacks \"{}\"", language, norm),
                "each norm of this file as readers of that language are told it");
  }
}

}  // namespace

void read_norms(TomlFields& root, FaultSink& sink, Jurisdiction& of) {
  const auto* table = root.table(kNorms);
  if (table == nullptr) return;
  TomlFields languages(*table, "norms", sink);
  for (const auto& language : of.languages) {
    const auto* rows = languages.table({language, kRow});
    if (rows != nullptr) read_language(*rows, language, sink, of);
  }
  languages.finish();
}

}  // namespace app
