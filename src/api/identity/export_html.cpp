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
      text_ += text->size() > kExportTextShownMax
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

}  // namespace

std::string export_html(const codec::JsonObject& all, const ExportView& view) {
  const auto shown = for_reader(all, view.language);
  const privacy::LetterWords words(http::tag_of(view.language), view.utc_offset_minutes);
  const auto title = export_title(view.language);
  Page page(words);
  page.add("<!doctype html>\n<html lang=\"");
  page.add(http::tag_of(view.language));
  page.add(
      "\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
  page.add(title);
  page.add("</title>\n<h1>");
  page.add(title);
  page.add("</h1>\n<p>");
  if (const auto* made_at = shown.if_contains("made_at"); made_at && made_at->is_string()) {
    page.add(escaped(words.time().moment(std::string_view(made_at->as_string())) + " (" +
                     words.time().zone() + ")"));
  }
  page.add("</p>\n");
  for (const auto& section : export_sections()) {
    const auto* found = shown.if_contains(section.name);
    if (found == nullptr) continue;
    page.add("<h2>");
    page.add(section.heading(view.language));
    page.add("</h2>\n");
    page.add_section(section.name, *found);
  }
  return page.take();
}

}  // namespace api
