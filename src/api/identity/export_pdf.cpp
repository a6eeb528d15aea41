#include "api/identity/export_pdf.h"

#include <algorithm>

#include "api/identity/export_words.h"
#include "codec/pdf_document.h"
#include "privacy/request/letter_words.h"

namespace api {
namespace {

using codec::Json;
using codec::JsonObject;
using codec::PdfLook;

std::string text_of(const JsonObject& json, std::string_view name) {
  const auto* value = json.if_contains(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(std::string_view(*text));
}

/// {"name": ..., "value": ...}: an attribute, a document, a line of one.
bool is_record(const JsonObject& object) {
  return !text_of(object, "name").empty() && object.contains("value");
}

class Sheet {
 public:
  explicit Sheet(const ExportPaper& paper)
      : language_(paper.language), words_(http::tag_of(paper.language), paper.utc_offset_minutes) {
    const std::string installation(paper.installation);
    const std::string title(export_title(language_));
    content_.title = title;
    content_.author = installation;
    content_.made_at = paper.made_at;
    content_.footer =
        installation + " · " + title + " · " +
        std::string(words_.pick("страница {page} из {pages}", "page {page} of {pages}"));
    content_.blocks.push_back({PdfLook::kTitle, title});
    content_.blocks.push_back({PdfLook::kSmall, words_.time().moment(paper.made_at)});
  }

  void add_section(std::string_view name, std::string_view heading, const Json& section) {
    section_ = name;
    const auto* object = section.if_object();
    const auto* array = section.if_array();
    const bool empty =
        (object != nullptr && object->empty()) || (array != nullptr && array->empty());
    if (empty) return;
    content_.blocks.push_back({PdfLook::kHeading, std::string(heading)});
    if (object != nullptr) {
      for (const auto& [member, value] : *object) {
        add_fact(member_words(member, words_), lines_of(member, value));
      }
    }
    if (array == nullptr) return;
    for (const auto& item : *array) add_item(item);
  }

  [[nodiscard]] const codec::PdfContent& content() const { return content_; }

 private:
  void add_fact(std::string name, std::string text) {
    if (!text.empty())
      content_.blocks.push_back({PdfLook::kFact, std::move(text), std::move(name)});
  }

  /// An item is named by what it is and from where, or else by its first word.
  void add_item(const Json& item) {
    const auto* object = item.if_object();
    if (object == nullptr) return add_fact({}, lines_of({}, item));
    if (is_record(*object)) {
      auto name = record_words(text_of(*object, "name"));
      const auto source = text_of(*object, "source");
      if (!source.empty()) name += " · " + words_.source(source);
      const auto proven_at = text_of(*object, "proven_at");
      if (!proven_at.empty()) name += ", " + words_.time().moment(proven_at);
      return add_fact(std::move(name), lines_of("value", object->at("value")));
    }
    const auto first = std::find_if(object->begin(), object->end(), [](const auto& member) {
      return member.value().is_string() && !std::string_view(member.key()).ends_with("_id");
    });
    if (first == object->end()) return add_fact({}, lines_of({}, item));
    auto rest = *object;
    rest.erase(first->key());
    auto name = value_words(section_, first->key(), first->value().as_string(), words_);
    auto lines = lines_of({}, rest);
    add_fact(std::move(name), lines.empty() ? "—" : std::move(lines));
  }

  /// What a record is called: "phone:0192..." is one of several phones.
  [[nodiscard]] std::string record_words(std::string_view name) const {
    return words_.record(name.substr(0, name.find(':')));
  }

  [[nodiscard]] std::string lines_of(std::string_view member, const Json& value) const {
    std::string lines;
    add_lines(lines, {}, member, value);
    return lines;
  }

  void add_lines(std::string& lines, std::string_view name, std::string_view member,
                 const Json& value) const {
    if (const auto* object = value.if_object()) {
      if (is_record(*object)) {
        return add_lines(lines, record_words(text_of(*object, "name")), "value",
                         object->at("value"));
      }
      for (const auto& [inner, held] : *object) {
        add_lines(lines, member_words(words_.record(inner), words_), inner, held);
      }
      return;
    }
    if (const auto* array = value.if_array()) {
      for (const auto& item : *array) add_lines(lines, name, member, item);
      return;
    }
    const auto text = shown(member, value);
    if (text.empty()) return;
    if (!lines.empty()) lines += "\n";
    if (!name.empty()) lines.append(name).append(": ");
    lines += text;
  }

  [[nodiscard]] std::string shown(std::string_view member, const Json& value) const {
    if (value.is_bool()) {
      return std::string(value.as_bool() ? words_.pick("да", "yes") : words_.pick("нет", "no"));
    }
    const auto* text = value.if_string();
    if (text == nullptr) return value.is_null() ? std::string() : codec::to_text(value);
    if (text->size() > kExportTextShownMax) {
      return std::string(words_.pick("есть в файле JSON", "see the JSON file"));
    }
    return value_words(section_, member, *text, words_);
  }

  http::Language language_;
  privacy::LetterWords words_;
  std::string_view section_;
  codec::PdfContent content_;
};

}  // namespace

core::Result<std::string> export_pdf(const JsonObject& all, const ExportPaper& paper) {
  Sheet sheet(paper);
  const auto shown = for_reader(all, paper.language);
  for (const auto& section : export_sections()) {
    const auto* found = shown.if_contains(section.name);
    if (found == nullptr) continue;
    sheet.add_section(section.name, section.heading(paper.language), *found);
  }
  return codec::to_pdf(sheet.content());
}

}  // namespace api
