#include "app/config/register_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/config/toml_fields.h"
#include "privacy/processing/register_check.h"

namespace app {
namespace {

constexpr std::string_view kHome = "home";
constexpr std::string_view kTitles = "{ ru = \"...\", en = \"...\" }";

bool is_country(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

class RegisterReader {
 public:
  RegisterReader(const toml::table& root, const Jurisdiction& jurisdiction, FaultSink& sink)
      : root_(root, "", sink), jurisdiction_(jurisdiction), sink_(sink) {}

  privacy::ProcessingRegister read() {
    result_.country = jurisdiction_.code;
    each("sources", [&](TomlFields& fields) {
      result_.sources.push_back({name_of(fields), texts("title", fields)});
    });
    each("recipients", [&](TomlFields& fields) {
      result_.recipients.push_back(
          {name_of(fields), texts("title", fields),
           fields.optional_boolean({"relying_parties", "relying_parties = true"})});
    });
    each("terms", [&](TomlFields& fields) { result_.terms.push_back(read_term(fields)); });
    each("categories",
         [&](TomlFields& fields) { result_.categories.push_back(read_category(fields)); });
    each("purposes", [&](TomlFields& fields) { result_.purposes.push_back(read_purpose(fields)); });
    root_.finish();
    return std::move(result_);
  }

 private:
  template <typename Read>
  void each(std::string_view part, Read read) {
    int number = 0;
    for (const auto* table : root_.tables({part, fmt::format("[[{}]]", part)})) {
      TomlFields fields(*table, fmt::format("{}[{}]", part, ++number), sink_);
      read(fields);
      fields.finish();
    }
  }

  static std::string name_of(TomlFields& fields) {
    return fields.text({"name", "name = \"profile\""});
  }

  privacy::LocalTexts texts(std::string_view key, TomlFields& fields) {
    privacy::LocalTexts result;
    const Wanted wanted{key, kTitles};
    const auto* table = fields.table(wanted);
    if (table == nullptr) return result;
    TomlFields rows(*table, fields.key_name(key), sink_);
    for (const auto& language : rows.all_keys()) {
      result.emplace(language, rows.text({language, kTitles}));
    }
    return result;
  }

  privacy::RetentionTerm read_term(TomlFields& fields) {
    privacy::RetentionTerm term;
    term.name = name_of(fields);
    term.text = texts("text", fields);
    constexpr Wanted kDeadline{"deadline", "deadline = \"consent_record_retention\""};
    term.deadline = fields.optional_text(kDeadline);
    if (!term.deadline.empty()) read_deadline(kDeadline, fields, term);
    constexpr Wanted kAfter{"after", "after = \"destroy\""};
    const auto after = fields.text(kAfter);
    const auto known = privacy::find_after_term(after);
    if (!known && !after.empty()) {
      fields.refuse(kAfter, fmt::format("{} is \"{}\"", fields.key_name("after"), after),
                    "destroy or keep_without_person");
    }
    term.after = known.value_or(privacy::AfterTerm::kDestroy);
    return term;
  }

  void read_deadline(Wanted wanted, TomlFields& fields, privacy::RetentionTerm& term) {
    const auto found = jurisdiction_.deadlines.find(term.deadline);
    if (found == jurisdiction_.deadlines.end() ||
        found->second.unit != DeadlineUnit::kCalendarDays) {
      fields.refuse(wanted,
                    fmt::format("{} is \"{}\", and jurisdictions/{}.toml has no such term in days",
                                fields.key_name(wanted.key), term.deadline, jurisdiction_.code),
                    "a name of [deadlines] with calendar_days");
      return;
    }
    term.days = found->second.count;
    term.basis = found->second.basis;
    term.basis_in = jurisdiction_.norms.of(term.basis);
  }

  privacy::DataCategory read_category(TomlFields& fields) {
    privacy::DataCategory category;
    category.name = name_of(fields);
    category.title = texts("title", fields);
    category.data = texts("data", fields);
    category.sources = fields.text_list({"sources", "sources = [\"self\"]"});
    category.term = fields.text({"term", "term = \"account\""});
    return category;
  }

  privacy::ProcessingPurpose read_purpose(TomlFields& fields) {
    privacy::ProcessingPurpose purpose;
    purpose.name = name_of(fields);
    purpose.title = texts("title", fields);
    purpose.text = texts("text", fields);
    purpose.people = texts("people", fields);
    purpose.categories = fields.text_list({"categories", "categories = [\"profile\"]"});
    purpose.recipients = fields.text_list({"recipients", "recipients = [\"citizen\"]"});
    read_operations(fields, purpose);
    read_bases(fields, purpose);
    purpose.term = fields.text({"term", "term = \"account\""});
    constexpr Wanted kPlace{"place", "place = \"home\""};
    purpose.place = fields.text(kPlace);
    if (purpose.place == kHome) {
      purpose.place = jurisdiction_.code;
    } else if (!is_country(purpose.place) && !purpose.place.empty()) {
      fields.refuse(kPlace, fmt::format("{} is \"{}\"", fields.key_name("place"), purpose.place),
                    "home, or a country's two lower-case letters");
    }
    return purpose;
  }

  static void read_operations(TomlFields& fields, privacy::ProcessingPurpose& purpose) {
    constexpr Wanted kOperations{"operations", "operations = [\"store\", \"use\"]"};
    for (const auto& name : fields.text_list(kOperations)) {
      if (const auto operation = vault::find_operation(name)) {
        purpose.operations.push_back(*operation);
        continue;
      }
      fields.refuse(kOperations,
                    fmt::format("{} names \"{}\", no operation of the law",
                                fields.key_name("operations"), name),
                    "collect, record, systematise, accumulate, store, clarify, extract, use, "
                    "transfer, depersonalise, block, delete, destroy");
    }
  }

  void read_bases(TomlFields& fields, privacy::ProcessingPurpose& purpose) {
    constexpr Wanted kBases{"bases", "bases = [\"account.consent\"]"};
    for (const auto& name : fields.text_list(kBases)) {
      const auto found = jurisdiction_.legal_bases.find(name);
      if (found != jurisdiction_.legal_bases.end()) {
        purpose.bases.push_back({name, found->second, jurisdiction_.norms.of(found->second)});
        continue;
      }
      fields.refuse(kBases,
                    fmt::format("{} names \"{}\", which jurisdictions/{}.toml does not have",
                                fields.key_name("bases"), name, jurisdiction_.code),
                    "a name of [legal_bases] of the jurisdiction");
    }
  }

  TomlFields root_;
  const Jurisdiction& jurisdiction_;
  FaultSink& sink_;
  privacy::ProcessingRegister result_;
};

// "path:12:1" of the entry "purposes.show_to_citizen", or the path alone.
std::string place_of(const toml::table& root, const std::string& path, std::string_view entry) {
  const auto dot = entry.find('.');
  if (dot == std::string_view::npos) return path;
  const auto* list = root[entry.substr(0, dot)].as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const auto* table = list->get(i)->as_table();
    if (table != nullptr && (*table)["name"].value_or(std::string()) == entry.substr(dot + 1)) {
      return where_of(path, *table);
    }
  }
  return path;
}

Checked<privacy::ProcessingRegister> checked(const toml::table& root, const std::string& path,
                                             const Jurisdiction& jurisdiction,
                                             const std::vector<std::string>& languages) {
  FaultSink sink{.path = path, .problems = {}};
  auto result = RegisterReader(root, jurisdiction, sink).read();
  if (!sink.problems.empty()) return tl::unexpected(std::move(sink.problems));
  for (auto& fault : privacy::faults_of(result, languages)) {
    sink.problems.push_back(
        {place_of(root, path, fault.entry), std::move(fault.what), std::move(fault.expected), ""});
  }
  if (!sink.problems.empty()) return tl::unexpected(std::move(sink.problems));
  return result;
}

}  // namespace

std::string register_path(const InstallationSettings& settings) {
  if (!settings.processing_file.empty()) return settings.processing_file;
  auto folder = settings.jurisdictions_dir;
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  return (std::filesystem::path(folder).parent_path() / "processing/register.toml").string();
}

Checked<privacy::ProcessingRegister> read_register(const Config& config,
                                                   const Jurisdiction& jurisdiction) {
  const auto path = register_path(config.installation);
  const auto root = parse_toml_file(path);
  if (!root) return tl::unexpected(root.error());
  const auto& languages = config.installation.languages.empty() ? jurisdiction.languages
                                                                : config.installation.languages;
  return checked(*root, path, jurisdiction, languages);
}

Checked<privacy::ProcessingRegister> parse_register(std::string_view text, const std::string& path,
                                                    const Jurisdiction& jurisdiction,
                                                    const std::vector<std::string>& languages) {
  const auto root = parse_toml(text, path);
  if (!root) return tl::unexpected(root.error());
  return checked(*root, path, jurisdiction, languages);
}

int edition_notice_days(const Jurisdiction& jurisdiction) {
  const auto found = jurisdiction.deadlines.find("edition_notice");
  const bool in_days =
      found != jurisdiction.deadlines.end() && found->second.unit == DeadlineUnit::kCalendarDays;
  return in_days ? found->second.count : 0;
}

}  // namespace app
