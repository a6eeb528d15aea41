#include "api/identity/export_html.h"

#include <string_view>

#include "api/identity/export_words.h"

namespace api {
namespace {

using codec::Json;

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

void write_value(std::string& page, const Json& value);

void write_object(std::string& page, const codec::JsonObject& object) {
  page += "<dl>";
  for (const auto& [name, value] : object) {
    page += "<dt>" + escaped(name) + "</dt><dd>";
    write_value(page, value);
    page += "</dd>";
  }
  page += "</dl>";
}

void write_value(std::string& page, const Json& value) {
  if (const auto* object = value.if_object()) return write_object(page, *object);
  if (const auto* array = value.if_array()) {
    page += "<ol>";
    for (const auto& item : *array) {
      page += "<li>";
      write_value(page, item);
      page += "</li>";
    }
    page += "</ol>";
    return;
  }
  if (const auto* text = value.if_string()) {
    page +=
        text->size() > kExportTextShownMax ? std::string("…") : escaped(std::string_view(*text));
    return;
  }
  page += escaped(codec::to_text(value));
}

}  // namespace

std::string export_html(const codec::JsonObject& all, http::Language language) {
  const bool english = language == http::Language::kEn;
  const auto title = export_title(language);
  std::string page = "<!doctype html>\n<html lang=\"";
  page.append(english ? "en" : "ru")
      .append("\"><meta charset=\"utf-8\">")
      .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
      .append(title)
      .append("</title>\n<h1>")
      .append(title)
      .append("</h1>\n");
  if (const auto* made_at = all.if_contains("made_at")) {
    page.append("<p>");
    write_value(page, *made_at);
    page.append("</p>\n");
  }
  for (const auto& section : export_sections()) {
    const auto* found = all.if_contains(section.name);
    if (found == nullptr) continue;
    page.append("<h2>").append(section.heading(language)).append("</h2>\n");
    write_value(page, *found);
    page.append("\n");
  }
  return page;
}

}  // namespace api
