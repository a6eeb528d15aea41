#include "app/config/contractor_config.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "app/config/toml_fields.h"

namespace app {
namespace {

std::optional<std::string> parse_day(std::string_view text) {
  const bool day = core::from_rfc3339(std::string(text) + "T00:00:00Z").has_value();
  return day ? std::optional(std::string(text)) : std::nullopt;
}

api::Contractor::Texts read_texts(Wanted wanted, TomlFields& fields,
                                  const std::vector<std::string>& languages, FaultSink& sink) {
  api::Contractor::Texts texts;
  const auto* table = fields.table(wanted);
  if (table == nullptr) return texts;
  TomlFields rows(*table, fields.key_name(wanted.key), sink);
  for (const auto& language : languages) {
    texts[language] = rows.text({language, wanted.example});
  }
  rows.finish();
  return texts;
}

api::Contractor read_contractor(TomlFields& fields, const std::vector<std::string>& languages,
                                FaultSink& sink) {
  const auto texts = [&](Wanted wanted) { return read_texts(wanted, fields, languages, sink); };
  api::Contractor contractor;
  contractor.id = fields.text({"id", "id = \"telephone_operator\""});
  contractor.name = texts({"name", "name = { ru = \"...\", en = \"...\" }"});
  contractor.duty = texts({"duty", "duty = { ru = \"...\", en = \"...\" }"});
  contractor.data = texts({"data", "data = { ru = \"...\", en = \"...\" }"});
  contractor.basis = texts({"basis", "basis = { ru = \"...\", en = \"...\" }"});
  contractor.since = fields.parsed<std::string>({"since", "since = \"2026-11-01\""},
                                                "a day, YYYY-MM-DD", parse_day);
  fields.finish();
  return contractor;
}

}  // namespace

Checked<std::vector<api::Contractor>> read_contractors(const std::string& path,
                                                       const std::vector<std::string>& languages) {
  std::vector<api::Contractor> contractors;
  if (!std::filesystem::exists(path)) return contractors;
  FaultSink sink{.path = path, .problems = {}};
  const auto table = parse_toml_file(path);
  if (!table) return tl::unexpected(table.error());
  TomlFields root(*table, "", sink);
  std::set<std::string> seen;
  constexpr Wanted kContractors{"contractors", "[[contractors]]"};
  for (const auto* row : root.tables(kContractors)) {
    TomlFields fields(*row, fmt::format("contractors[{}]", contractors.size() + 1), sink);
    contractors.push_back(read_contractor(fields, languages, sink));
    if (!seen.insert(contractors.back().id).second) {
      root.refuse(kContractors, contractors.back().id + " stands twice", "each contractor once");
    }
  }
  root.finish();
  if (!sink.problems.empty()) return tl::unexpected(std::move(sink.problems));
  return contractors;
}

}  // namespace app
