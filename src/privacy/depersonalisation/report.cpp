#include "privacy/depersonalisation/report.h"

#include <fmt/format.h>

#include <array>

namespace privacy {
namespace {

using codec::JsonArray;
using codec::JsonObject;

/// A word of a report and what it is called in Russian and English.
struct Words {
  std::string_view word, ru, en;
};
constexpr std::array<Words, 7> kColumnWords{{
    {"sex", "пол", "sex"},
    {"birth_year", "год рождения", "year of birth"},
    {"region", "регион", "region"},
    {"assurance_level", "подтверждена ли личность", "level of assurance"},
    {"registered_year", "год регистрации", "year of registration"},
    {"documents", "карточки документов", "document cards"},
    {"consents", "согласия", "consents"},
}};
constexpr std::array<Words, 7> kStepWords{{
    {"as it is", "как есть", "as it is"},
    {"year", "год", "the year itself"},
    {"region", "регион", "the region itself"},
    {"district", "вместо региона округ", "the district instead of the region"},
    {"which", "какие именно", "which ones"},
    {"how many", "только сколько", "only how many"},
    {"any", "не показан", "not told"},
}};

class Teller {
 public:
  Teller(const DatasetReport& report, const Dataset& dataset, bool russian)
      : report_(report), data_(dataset), russian_(russian) {}

  std::string tell() {
    tell_k();
    tell_people();
    for (const auto& column : data_.columns) {
      if (column.sensitive) {
        tell_sensitive(column);
      } else {
        tell_step(column);
      }
    }
    line("Имён, номеров, адресов и точных дат в файле нет.",
         "There are no names, numbers, addresses or exact dates in the file.");
    line("Не соединяйте его с другими сведениями о людях: так кого-то можно узнать.",
         "Do not join it with other facts about people: that may show who somebody is.");
    return std::move(text_);
  }

 private:
  void line(std::string_view russian, std::string_view english) {
    text_.append(russian_ ? russian : english).append("\n");
  }
  template <std::size_t N>
  [[nodiscard]] std::string words(const std::array<Words, N>& table, std::string_view word) const {
    for (const auto& one : table) {
      if (one.word == word) return std::string(russian_ ? one.ru : one.en);
    }
    return std::string(word);
  }
  [[nodiscard]] std::string column_words(const DatasetColumn& column) const {
    return words(kColumnWords, column.name);
  }
  [[nodiscard]] std::string step_words(const std::string& step) const {
    const auto years = step.find(" years");
    if (years == std::string::npos) return words(kStepWords, step);
    const auto width = step.substr(0, years);
    return russian_ ? fmt::format("отрезками лет по {}", width)
                    : fmt::format("in spans of {} years", width);
  }
  static int percent(std::int64_t part, std::int64_t of) {
    return of == 0 ? 0 : static_cast<int>((part * 100 + of / 2) / of);
  }

  void tell_k() {
    std::vector<std::string> names;
    for (const auto& column : data_.columns) {
      if (!column.sensitive) names.push_back(column_words(column));
    }
    line(fmt::format("Каждое сочетание ({}) стоит не меньше чем за {} чел. (просили: {}).",
                     fmt::join(names, ", "), data_.smallest_class, report_.wish.rule.k),
         fmt::format("Each combination of {} stands for at least {} people (asked for: {}).",
                     fmt::join(names, ", "), data_.smallest_class, report_.wish.rule.k));
  }

  void tell_people() {
    line(fmt::format("В файле {} чел. из {}; {} не вошли, потому что похожих на них слишком мало.",
                     data_.kept, data_.people, data_.suppressed),
         fmt::format("{} of {} people are in the file; {} are not, because too few are like them.",
                     data_.kept, data_.people, data_.suppressed));
    line(fmt::format("Не читали данные {} чел.: они заблокированы, человек возразил или уходит.",
                     report_.left_out),
         fmt::format("{} people were not read: they blocked their data, objected or are leaving.",
                     report_.left_out));
  }

  void tell_step(const DatasetColumn& column) {
    const auto lost = percent(column.loss, Lattice::kWhole);
    line(fmt::format("{}: {} (ступень {} из {}), потеряно около {} % подробностей.",
                     column_words(column), step_words(column.steps[column.step]), column.step + 1,
                     column.steps.size(), lost),
         fmt::format("{}: {} (step {} of {}), about {} % of the detail is lost.",
                     column_words(column), step_words(column.steps[column.step]), column.step + 1,
                     column.steps.size(), lost));
  }

  void tell_sensitive(const DatasetColumn& column) {
    line(fmt::format("{}: в каждой группе похожих людей разных значений не меньше {}.",
                     column_words(column), column.diversity),
         fmt::format("{}: each group of people alike has at least {} different values.",
                     column_words(column), column.diversity));
    if (column.alike == 0) return;
    line(fmt::format("Внимание: {} чел. стоят в группах, где это значение у всех одно: кто знает, "
                     "что человек в такой группе, узнает и его. Поможет --diversity 2.",
                     column.alike),
         fmt::format("Mind: {} people stand in groups where everybody has the same value: whoever "
                     "knows that somebody is in such a group learns it. --diversity 2 helps.",
                     column.alike));
  }

  const DatasetReport& report_;
  const Dataset& data_;
  bool russian_;
  std::string text_;
};

JsonObject column_json(const DatasetColumn& column) {
  JsonObject json{{"name", column.name}, {"kind", column.sensitive ? "sensitive" : "quasi"}};
  if (column.sensitive) {
    json["diversity_reached"] = column.diversity;
    json["people_in_groups_alike"] = column.alike;
    return json;
  }
  JsonArray steps;
  for (const auto& step : column.steps) steps.emplace_back(step);
  json["steps"] = std::move(steps);
  json["step"] = column.steps[column.step];
  json["loss_per_million"] = column.loss;
  return json;
}

}  // namespace

codec::Json report_json(const DatasetReport& report, const Dataset& dataset) {
  JsonArray norms;
  for (const auto& norm : report.norms) norms.emplace_back(norm);
  JsonArray columns;
  for (const auto& column : dataset.columns) columns.emplace_back(column_json(column));
  return JsonObject{
      {"format", kDatasetFormat},
      {"dataset_id", report.dataset_id},
      {"made_at", core::to_rfc3339(report.made_at)},
      {"made_by", report.made_by},
      {"system_account", report.system_account},
      {"purpose", "make_statistics"},
      {"operation", "depersonalise"},
      {"norms", std::move(norms)},
      {"rules_sha256", report.rules_sha256},
      {"file", JsonObject{{"name", report.file_name}, {"sha256", report.file_sha256}}},
      {"log_subject", public_subject(report, dataset)},
      {"k", JsonObject{{"asked", report.wish.rule.k}, {"reached", dataset.smallest_class}}},
      {"diversity_asked", report.wish.rule.diversity},
      {"suppressed_percent_max", report.wish.suppressed_percent_max},
      {"people", JsonObject{{"counted", dataset.people},
                            {"kept", dataset.kept},
                            {"suppressed", dataset.suppressed},
                            {"left_out", report.left_out}}},
      {"classes", JsonObject{{"number", dataset.classes},
                             {"smallest", dataset.smallest_class},
                             {"largest", dataset.largest_class}}},
      {"choices_of_steps", dataset.choices},
      {"columns", std::move(columns)},
      {"in_words", JsonObject{{"ru", in_plain_words(report, dataset, "ru")},
                              {"en", in_plain_words(report, dataset, "en")}}}};
}

std::string in_plain_words(const DatasetReport& report, const Dataset& dataset,
                           std::string_view language) {
  return Teller(report, dataset, language == "ru").tell();
}

std::string public_subject(const DatasetReport& report, const Dataset& dataset) {
  return fmt::format("depersonalised/{}/k{}/{}/{}", report.dataset_id, dataset.smallest_class,
                     dataset.kept, report.file_sha256);
}

}  // namespace privacy
