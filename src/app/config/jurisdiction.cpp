#include "app/config/jurisdiction.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/config/calendar_config.h"
#include "app/config/consent_config.h"
#include "app/config/function_config.h"
#include "app/config/norm_config.h"
#include "app/config/toml_fields.h"
#include "core/assert.h"

namespace app {
namespace {

// The parsers of codec/identifiers.h a person or an organisation can be known by.
constexpr std::array<std::string_view, 7> kIdentifierKinds{"snils",      "inn12",  "inn10", "ogrn",
                                                           "oms_policy", "kz_iin", "kg_pin"};

// What the terms of people's requests are read from (privacy/request).
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNeededDeadlines{{
    {"subject_request", "working_days = 10"},
    {"correction", "working_days = 7"},
    {"stop_processing_on_demand", "working_days = 10"},
    {"destruction_after_withdrawal", "calendar_days = 30"},
    {"claim", "calendar_days = 30"},
}};

bool is_service_path(std::string_view text) {
  return !text.empty() && text.size() <= 200 && text.front() != '/' && text.back() != '/' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '/' || c == '-' || c == '_' || c == '.';
         });
}

std::optional<std::string> parse_service(std::string_view text) {
  return is_service_path(text) ? std::optional(std::string(text)) : std::nullopt;
}

bool is_dialling_prefix(std::string_view text) {
  return text.size() >= 2 && text.size() <= 15 && text[0] == '+' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string> parse_letters(std::string_view text, std::size_t size, char first,
                                         char last) {
  const bool good = text.size() == size && std::all_of(text.begin(), text.end(), [&](char c) {
                      return c >= first && c <= last;
                    });
  return good ? std::optional(std::string(text)) : std::nullopt;
}

// "+03:00" -> 180
std::optional<int> parse_offset(std::string_view text) {
  if (text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  int digits = 0;
  for (const std::size_t i : {1U, 2U, 4U, 5U}) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    digits = digits * 10 + (text[i] - '0');
  }
  const int minutes = digits / 100 * 60 + digits % 100;
  if (digits % 100 > 59 || minutes > 840) return std::nullopt;
  return text[0] == '-' ? -minutes : minutes;
}

class JurisdictionReader {
 public:
  JurisdictionReader(const toml::table& root, FaultSink& sink)
      : root_(root, "", sink), sink_(sink) {}

  Jurisdiction read() {
    result_.code = root_.text({"code", "code = \"ru\""});
    result_.names = local_text({"names", "names = { ru = \"Россия\", en = \"Russia\" }"}, root_);
    section("locale", &JurisdictionReader::read_locale);
    section("phone", &JurisdictionReader::read_phone);
    section("person", &JurisdictionReader::read_person);
    read_identifiers();
    read_documents();
    section("statuses", &JurisdictionReader::read_statuses);
    result_.functions = read_functions(root_, sink_);
    result_.freshness = read_freshness(root_, sink_);
    section("deadlines", &JurisdictionReader::read_deadlines);
    section("supervisory_authority", &JurisdictionReader::read_authority);
    read_refusal_reasons();
    section("legal_bases", &JurisdictionReader::read_legal_bases);
    section("consents", &JurisdictionReader::read_consents);
    read_norms(root_, sink_, result_);
    result_.consents.norms = result_.norms;
    section("calendar", &JurisdictionReader::read_calendar);
    root_.finish();
    return std::move(result_);
  }

 private:
  void section(std::string_view name, void (JurisdictionReader::*reader)(TomlFields&)) {
    const auto* table = root_.table({name, ""});
    if (table == nullptr) return;
    TomlFields fields(*table, std::string(name), sink_);
    (this->*reader)(fields);
    fields.finish();
  }

  // A table {language = text} with at least one row.
  LocalText local_text(Wanted wanted, TomlFields& fields) {
    LocalText texts;
    const auto* table = fields.table(wanted);
    if (table == nullptr) return texts;
    TomlFields rows(*table, fields.key_name(wanted.key), sink_);
    for (const auto& language : rows.all_keys()) {
      texts.emplace(language, rows.text({language, wanted.example}));
    }
    if (texts.empty())
      fields.refuse(wanted, fields.key_name(wanted.key) + " is empty", "a text by language");
    return texts;
  }

  void read_locale(TomlFields& fields) {
    constexpr Wanted kLanguages{"languages", "languages = [\"ru\", \"en\"]"};
    result_.languages = fields.text_list(kLanguages);
    if (result_.languages.empty()) {
      fields.refuse(kLanguages, "locale.languages names none", "at least one language");
    }
    result_.utc_offset_minutes = fields.parsed<int>(
        {"utc_offset", "utc_offset = \"+03:00\""}, "+hh:mm or -hh:mm up to 14 hours", parse_offset);
    constexpr Wanted kCurrency{"currency", "currency = { code = \"RUB\", minor_digits = 2 }"};
    if (const auto* table = fields.table(kCurrency)) {
      TomlFields currency(*table, "locale.currency", sink_);
      result_.currency.code = currency.parsed<std::string>(
          {"code", "code = \"RUB\""}, "three capital letters of ISO 4217",
          [](std::string_view text) { return parse_letters(text, 3, 'A', 'Z'); });
      result_.currency.minor_digits =
          static_cast<int>(currency.integer({"minor_digits", "minor_digits = 2"}, 0, 4));
      currency.finish();
    }
    if (const auto* table = fields.table({"fine_unit", ""}, false)) read_fine_unit(*table);
  }

  void read_fine_unit(const toml::table& table) {
    TomlFields fields(table, "locale.fine_unit", sink_);
    FineUnit unit{.code = fields.text({"code", "code = \"MRP\""}), .values_minor = {}};
    constexpr Wanted kValues{"values_minor", "values_minor = { 2026 = 432500 }"};
    if (const auto* values = fields.table(kValues)) {
      TomlFields years(*values, "locale.fine_unit.values_minor", sink_);
      for (const auto& year : years.all_keys()) {
        const auto number = parse_letters(year, 4, '0', '9');
        if (!number) {
          fields.refuse(kValues, fmt::format("{} is not a year", year), "years of four digits");
          continue;
        }
        unit.values_minor[std::stoi(*number)] =
            years.integer({year, kValues.example}, 1, 1'000'000'000'000);
      }
    }
    fields.finish();
    result_.fine_unit = std::move(unit);
  }

  void read_phone(TomlFields& fields) {
    constexpr Wanted kRefused{"refused_prefixes", "refused_prefixes = [\"+881\", \"+979\"]"};
    const auto region = [](std::string_view text) { return parse_letters(text, 2, 'A', 'Z'); };
    constexpr std::string_view kRegion = "two capital letters of ISO 3166-1";
    auto& phone = result_.phone;
    phone.policy.default_region =
        fields.parsed<std::string>({"region", "region = \"RU\""}, kRegion, region);
    constexpr Wanted kRegions{"regions", "regions = [\"RU\"]"};
    phone.policy.served_regions = fields.text_list(kRegions);
    for (const auto& served : phone.policy.served_regions) {
      if (!region(served)) fields.refuse(kRegions, "phone.regions holds " + served, kRegion);
    }
    phone.policy.refused_prefixes = fields.text_list(kRefused);
    for (const auto& prefix : phone.policy.refused_prefixes) {
      if (!is_dialling_prefix(prefix)) {
        fields.refuse(kRefused, "phone.refused_prefixes holds " + prefix, "+ and 1 to 14 digits");
      }
    }
    phone.call_code_digits =
        static_cast<int>(fields.integer({"call_code_digits", "call_code_digits = 5"}, 4, 8));
    phone.sms_code_digits =
        static_cast<int>(fields.integer({"sms_code_digits", "sms_code_digits = 6"}, 4, 10));
    phone.example = fields.text({"example", "example = \"+7 917 555-01-42\""});
  }

  void read_person(TomlFields& fields) {
    result_.age_of_majority =
        static_cast<int>(fields.integer({"age_of_majority", "age_of_majority = 18"}, 1, 30));
    result_.digital_id_age =
        static_cast<int>(fields.integer({"digital_id_age", "digital_id_age = 18"}, 1, 30));
  }

  void read_identifiers() {
    constexpr Wanted kIdentifiers{"identifiers", "[[identifiers]]"};
    for (const auto* table : root_.tables(kIdentifiers)) {
      TomlFields fields(*table, fmt::format("identifiers[{}]", result_.identifiers.size() + 1),
                        sink_);
      IdentifierScheme scheme;
      scheme.kind = fields.parsed<std::string>(
          {"kind", "kind = \"snils\""}, fmt::format("one of {}", fmt::join(kIdentifierKinds, ", ")),
          [](std::string_view text) {
            const bool known = std::find(kIdentifierKinds.begin(), kIdentifierKinds.end(), text) !=
                               kIdentifierKinds.end();
            return known ? std::optional(std::string(text)) : std::nullopt;
          });
      scheme.scheme = fields.text({"scheme", "scheme = \"СНИЛС\""});
      scheme.person = fields.optional_boolean({"person", "person = true"});
      scheme.primary = fields.optional_boolean({"primary", "primary = true"});
      fields.finish();
      result_.identifiers.push_back(std::move(scheme));
    }
    const auto primaries = std::count_if(result_.identifiers.begin(), result_.identifiers.end(),
                                         [](const auto& scheme) { return scheme.primary; });
    if (primaries != 1) {
      root_.refuse(kIdentifiers, fmt::format("{} identifiers are primary", primaries),
                   "exactly one: registries are asked with it");
    }
  }

  std::string identifier_kind(TomlFields& fields) {
    return fields.parsed<std::string>(
        {"identifier", "identifier = \"snils\""}, "the kind of one of [[identifiers]]",
        [this](std::string_view text) {
          const bool known = std::any_of(result_.identifiers.begin(), result_.identifiers.end(),
                                         [&](const auto& scheme) { return scheme.kind == text; });
          return known ? std::optional(std::string(text)) : std::nullopt;
        });
  }

  static std::string service_of(TomlFields& fields) {
    return fields.parsed<std::string>({"service", "service = \"DEMO/GOV/2001/mvd/passport\""},
                                      "a path of the exchange without a slash at either end",
                                      parse_service);
  }

  void read_documents() {
    constexpr Wanted kDocuments{"documents", "[[documents]]"};
    for (const auto* table : root_.tables(kDocuments)) {
      TomlFields fields(*table, fmt::format("documents[{}]", result_.documents.size() + 1), sink_);
      constexpr Wanted kKind{"kind", "kind = \"passport\""};
      DocumentService document;
      document.kind = fields.parsed<wallet::DocumentKind>(
          kKind, "passport, driving_licence, snils, oms or inn", wallet::find_card);
      document.service = service_of(fields);
      document.identifier = identifier_kind(fields);
      document.identity_document =
          fields.optional_boolean({"identity_document", "identity_document = true"});
      if (result_.find_document(document.kind) != nullptr) {
        fields.refuse(kKind, fmt::format("{} stands twice", wallet::name_of(document.kind)),
                      "each kind once");
      }
      fields.finish();
      result_.documents.push_back(std::move(document));
    }
    const auto identity =
        std::count_if(result_.documents.begin(), result_.documents.end(),
                      [](const auto& document) { return document.identity_document; });
    if (identity != 1) {
      root_.refuse(kDocuments, fmt::format("{} documents are the identity document", identity),
                   "exactly one: it names the person in the Digital ID");
    }
  }

  void read_statuses(TomlFields& fields) {
    constexpr Wanted kKnown{"known", "known = [\"pensioner\"]"};
    result_.statuses.service = service_of(fields);
    result_.statuses.identifier = identifier_kind(fields);
    for (const auto& name : fields.text_list(kKnown)) {
      const auto question = wallet::find_question(name);
      if (question && *question != wallet::Question::kIdentity &&
          *question != wallet::Question::kAgeOver18) {
        result_.statuses.known.push_back(*question);
      } else {
        fields.refuse(kKnown, "statuses.known holds " + name,
                      "pensioner, student, large_family, disability");
      }
    }
  }

  void read_deadlines(TomlFields& fields) {
    for (const auto& name : fields.all_keys()) {
      const auto* table = fields.table({name, ""});
      if (table == nullptr) continue;
      TomlFields row(*table, "deadlines." + name, sink_);
      result_.deadlines.emplace(name, read_deadline(name, fields, row));
      row.finish();
    }
    for (const auto& [name, example] : kNeededDeadlines) {
      const auto found = result_.deadlines.find(name);
      const bool in_days =
          found != result_.deadlines.end() && (found->second.unit == DeadlineUnit::kWorkingDays ||
                                               found->second.unit == DeadlineUnit::kCalendarDays);
      if (in_days) continue;
      fields.refuse({name, example}, fmt::format("deadlines.{} gives no term in days", name),
                    "working_days or calendar_days: requests of people are answered by it");
    }
  }

  static Deadline read_deadline(const std::string& name, TomlFields& fields, TomlFields& row) {
    Deadline deadline;
    int units = 0;
    const auto take = [&](std::string_view key, DeadlineUnit unit) {
      const auto count = row.optional_integer({key, "working_days = 10"}, 1, 10'000);
      if (!count) return;
      deadline.unit = unit;
      deadline.count = static_cast<int>(*count);
      ++units;
    };
    take("working_days", DeadlineUnit::kWorkingDays);
    take("calendar_days", DeadlineUnit::kCalendarDays);
    take("hours", DeadlineUnit::kHours);
    if (units > 1) {
      fields.refuse({name, "working_days = 10"},
                    fmt::format("deadlines.{} has {} terms", name, units),
                    "at most one of working_days, calendar_days, hours");
    }
    deadline.extension_working_days = static_cast<int>(
        row.optional_integer({"extension_working_days", "extension_working_days = 5"}, 1, 1000)
            .value_or(0));
    deadline.basis = row.text({"basis", "basis = \"152-ФЗ, ст. 20\""});
    return deadline;
  }

  void read_authority(TomlFields& fields) {
    result_.supervisory_authority =
        local_text({"name", "name = { ru = \"Роскомнадзор\", en = \"Roskomnadzor\" }"}, fields);
    result_.supervisory_authority_address =
        fields.optional_text({"address", "address = \"https://pd.rkn.gov.ru/\""});
  }

  void read_legal_bases(TomlFields& fields) {
    for (const auto& name : fields.all_keys()) {
      result_.legal_bases.emplace(name, fields.text({name, "\"account.consent\" = \"...\""}));
    }
  }

  void read_consents(TomlFields& fields) { result_.consents = read_consent_rules(fields, sink_); }

  void read_calendar(TomlFields& fields) {
    result_.calendar = app::read_calendar(fields, result_.utc_offset_minutes);
  }

  void read_refusal_reasons() {
    for (const auto* table : root_.tables({"refusal_reasons", "[[refusal_reasons]]"})) {
      TomlFields fields(
          *table, fmt::format("refusal_reasons[{}]", result_.refusal_reasons.size() + 1), sink_);
      RefusalReason reason;
      reason.name = fields.text({"name", "name = \"others_rights\""});
      reason.norm = fields.text({"norm", "norm = \"152-ФЗ, ст. 14\""});
      reason.text = local_text({"text", "text = { ru = \"...\", en = \"...\" }"}, fields);
      fields.finish();
      result_.refusal_reasons.push_back(std::move(reason));
    }
  }

  TomlFields root_;
  FaultSink& sink_;
  Jurisdiction result_;
};

}  // namespace

const IdentifierScheme& Jurisdiction::primary_identifier() const {
  const auto found = std::find_if(identifiers.begin(), identifiers.end(),
                                  [](const auto& scheme) { return scheme.primary; });
  CORE_ASSERT(found != identifiers.end());
  return *found;
}

const DocumentService* Jurisdiction::find_document(wallet::DocumentKind kind) const {
  const auto found = std::find_if(documents.begin(), documents.end(),
                                  [&](const auto& document) { return document.kind == kind; });
  return found == documents.end() ? nullptr : &*found;
}

Checked<Jurisdiction> read_jurisdiction(const std::string& folder, std::string_view code) {
  if (!parse_letters(code, 2, 'a', 'z')) {
    return tl::unexpected(
        ConfigProblems{{"installation.jurisdiction", fmt::format("\"{}\" is no country code", code),
                        "two lower-case letters", "jurisdiction = \"ru\""}});
  }
  FaultSink sink{.path = jurisdiction_path(folder, code), .problems = {}};
  const auto table = parse_toml_file(sink.path);
  if (!table) return tl::unexpected(table.error());
  auto jurisdiction = JurisdictionReader(*table, sink).read();
  if (jurisdiction.code != code && !jurisdiction.code.empty()) {
    sink.problems.push_back({sink.path, fmt::format("code is \"{}\"", jurisdiction.code),
                             "the name of the file", fmt::format("code = \"{}\"", code)});
  }
  if (!sink.problems.empty()) return tl::unexpected(std::move(sink.problems));
  return jurisdiction;
}

}  // namespace app
