#include "api/identity/export_html.h"

#include <array>
#include <string_view>

#include "api/identity/export_words.h"

namespace api {
namespace {

using codec::Json;

/// A picture or a key in base64 is of no use to a reader.
constexpr std::size_t kTextShownMax = 400;

struct Heading {
  std::string_view section;
  std::string_view ru;
  std::string_view en;
};
constexpr std::array<Heading, 11> kHeadings{{
    {"account", "Кабинет", "Account"},
    {"numbers", "Номера телефонов", "Phone numbers"},
    {"attributes", "Что о вас известно", "What is known about you"},
    {"documents", "Документы", "Documents"},
    {"digital_id", "Цифровой ID", "Digital ID"},
    {"consents", "Согласия и соглашения", "Consents and agreements"},
    {"connections", "Сервисы, куда вы входите", "Services you sign in to"},
    {"authenticators", "Способы входа", "Ways to sign in"},
    {"sessions", "Сеансы", "Sessions"},
    {"accesses", "Кто смотрел ваши данные", "Who looked at your data"},
    {"history", "История", "History"},
}};

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe.push_back(c);
    }
  }
  return safe;
}

/// Writes sections of the export in words.
class Page {
 public:
  explicit Page(const privacy::LetterWords& words) : words_(words) {}

  void add(std::string_view html) { text_ += html; }
  void add_section(std::string_view section, const Json& value) {
    section_ = section;
    add_value(section, value);
    text_ += "\n";
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void add_object(const codec::JsonObject& object) {
    text_ += "<dl>";
    // A record or a field of a document: its name is the label of its value.
    const auto* name = object.if_contains("name");
    const auto* held = object.if_contains("value");
    const bool is_record = name != nullptr && held != nullptr && name->is_string();
    if (is_record) {
      const std::string full(name->as_string());
      add_member(words_.record(full.substr(0, full.find(':'))), "value", *held);
    }
    for (const auto& [member, value] : object) {
      if (is_for_programs(member)) continue;
      if (is_record && (member == "name" || member == "value")) continue;
      add_member(member_words(member, words_), member, value);
    }
    text_ += "</dl>";
  }

  void add_member(std::string_view label, std::string_view member, const Json& value) {
    text_ += "<dt>" + escaped(label) + "</dt><dd>";
    add_value(member, value);
    text_ += "</dd>";
  }

  void add_value(std::string_view member, const Json& value) {
    if (const auto* object = value.if_object()) return add_object(*object);
    if (const auto* array = value.if_array()) {
      text_ += "<ul>";
      for (const auto& item : *array) {
        text_ += "<li>";
        add_value(member, item);
        text_ += "</li>";
      }
      text_ += "</ul>";
    } else if (const auto* text = value.if_string()) {
      text_ += text->size() > kTextShownMax
                   ? std::string("…")
                   : escaped(value_words(section_, member, std::string_view(*text), words_));
    } else if (const auto* said = value.if_bool()) {
      text_ += *said ? words_.pick("да", "yes") : words_.pick("нет", "no");
    } else {
      text_ += escaped(codec::to_text(value));
    }
  }

  const privacy::LetterWords& words_;
  std::string section_;
  std::string text_;
};

std::string text_of(const codec::JsonObject& json, std::string_view name) {
  const auto* value = json.if_contains(name);
  return value == nullptr || !value->is_string() ? "" : std::string(value->as_string());
}

/// The person's own numbers in full, which the vault's records hold: "phone" is the primary one.
Json with_full_numbers(const Json& numbers, const codec::JsonObject& all) {
  auto shown = numbers;
  const auto* records = all.if_contains("attributes");
  if (!shown.is_array() || records == nullptr || !records->is_array()) return shown;
  for (auto& number : shown.as_array()) {
    if (!number.is_object()) continue;
    auto& object = number.as_object();
    const auto* primary = object.if_contains("primary");
    const bool is_primary = primary != nullptr && primary->is_bool() && primary->as_bool();
    const auto wanted = is_primary ? "phone" : "phone:" + text_of(object, "number_id");
    for (const auto& record : records->as_array()) {
      if (!record.is_object() || text_of(record.as_object(), "name") != wanted) continue;
      object["phone"] = text_of(record.as_object(), "value");
    }
  }
  return shown;
}

}  // namespace

std::string export_html(const codec::JsonObject& all, const ExportView& view) {
  const bool english = view.language == http::Language::kEn;
  const privacy::LetterWords words(http::tag_of(view.language), view.utc_offset_minutes,
                                   view.providers);
  const std::string_view title = english ? "Your account" : "Ваш кабинет";
  Page page(words);
  page.add(english ? "<!doctype html>\n<html lang=\"en\">" : "<!doctype html>\n<html lang=\"ru\">");
  page.add(
      "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
  page.add(title);
  page.add("</title>\n<h1>");
  page.add(title);
  page.add("</h1>\n<p>");
  page.add(
      escaped(words.time().moment(text_of(all, "made_at")) + " (" + words.time().zone() + ")"));
  page.add("</p>\n");
  for (const auto& heading : kHeadings) {
    const auto* section = all.if_contains(heading.section);
    if (section == nullptr) continue;
    page.add("<h2>");
    page.add(english ? heading.en : heading.ru);
    page.add("</h2>\n");
    page.add_section(heading.section,
                     heading.section == "numbers" ? with_full_numbers(*section, all) : *section);
  }
  return page.take();
}

}  // namespace api
