#include "api/identity/export_html.h"

#include <array>
#include <string_view>

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

/// A member that gives the name of the member it is called after, by language.
constexpr std::string_view kNameOf = "_name";

/// What a reader sees for a member: its name in their language where there is one.
const Json& shown(const codec::JsonObject& object, std::string_view member, const Json& value,
                  std::string_view language) {
  const auto* names = object.if_contains(std::string(member).append(kNameOf));
  if (names == nullptr || !names->is_object()) return value;
  const auto* name = names->as_object().if_contains(language);
  return name == nullptr ? value : *name;
}

/// Whether a member only names another one.
bool is_name_of_another(const codec::JsonObject& object, std::string_view member) {
  return member.ends_with(kNameOf) && object.at(member).is_object() &&
         object.contains(member.substr(0, member.size() - kNameOf.size()));
}

void write_value(std::string& page, const Json& value, std::string_view language);

void write_object(std::string& page, const codec::JsonObject& object, std::string_view language) {
  page += "<dl>";
  for (const auto& [name, value] : object) {
    if (is_name_of_another(object, name)) continue;
    page += "<dt>" + escaped(name) + "</dt><dd>";
    write_value(page, shown(object, name, value, language), language);
    page += "</dd>";
  }
  page += "</dl>";
}

void write_value(std::string& page, const Json& value, std::string_view language) {
  if (const auto* object = value.if_object()) return write_object(page, *object, language);
  if (const auto* array = value.if_array()) {
    page += "<ol>";
    for (const auto& item : *array) {
      page += "<li>";
      write_value(page, item, language);
      page += "</li>";
    }
    page += "</ol>";
    return;
  }
  if (const auto* text = value.if_string()) {
    page += text->size() > kTextShownMax ? std::string("…") : escaped(std::string_view(*text));
    return;
  }
  page += escaped(codec::to_text(value));
}

}  // namespace

std::string export_html(const codec::JsonObject& all, http::Language language) {
  const bool english = language == http::Language::kEn;
  const std::string_view title = english ? "Your account" : "Ваш кабинет";
  const std::string_view tag = english ? "en" : "ru";
  std::string page = "<!doctype html>\n<html lang=\"";
  page.append(tag)
      .append("\"><meta charset=\"utf-8\">")
      .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
      .append(title)
      .append("</title>\n<h1>")
      .append(title)
      .append("</h1>\n");
  if (const auto* made_at = all.if_contains("made_at")) {
    page.append("<p>");
    write_value(page, *made_at, tag);
    page.append("</p>\n");
  }
  for (const auto& heading : kHeadings) {
    const auto* section = all.if_contains(heading.section);
    if (section == nullptr) continue;
    page.append("<h2>").append(english ? heading.en : heading.ru).append("</h2>\n");
    write_value(page, *section, tag);
    page.append("\n");
  }
  return page;
}

}  // namespace api
