#include "privacy/request/letter_sheet.h"

namespace privacy {
namespace {

using codec::JsonObject;
using codec::PdfContent;
using codec::PdfLook;

std::string text_of(const JsonObject& json, std::string_view name) {
  const auto* value = json.if_contains(name);
  if (value == nullptr || !value->is_string()) return "";
  return std::string(value->as_string());
}

const JsonObject& object_of(const JsonObject& json, std::string_view name) {
  static const JsonObject kNone;
  const auto* value = json.if_contains(name);
  return value == nullptr || !value->is_object() ? kNone : value->as_object();
}

/// The objects of a list, in order.
std::vector<const JsonObject*> list_of(const JsonObject& json, std::string_view name) {
  std::vector<const JsonObject*> items;
  const auto* list = json.if_contains(name);
  if (list == nullptr || !list->is_array()) return items;
  for (const auto& item : list->as_array()) {
    if (item.is_object()) items.push_back(&item.as_object());
  }
  return items;
}

/// A text that is there in several languages: {"ru": ..., "en": ...}.
std::string local_text(const JsonObject& json, std::string_view name, const LetterWords& words) {
  return text_of(object_of(json, name), words.language());
}

std::string norm_of(const JsonObject& json, std::string_view name, const LetterWords& words) {
  auto own = local_text(json, std::string(name) + "_in", words);
  return own.empty() ? text_of(json, name) : own;
}

/// A document is kept as JSON: its members become lines, what is no JSON stands as it is.
std::string value_of(const JsonObject& record, const LetterWords& words) {
  if (record.contains("encoding")) {
    return std::string(
        words.pick("картинка: она есть в файле JSON", "a picture: see the JSON file"));
  }
  const auto text = text_of(record, "value");
  const auto parsed = codec::parse_json(text);
  if (!parsed || !parsed->is_object()) return words.value(text);
  const auto& document = parsed->as_object();
  std::string lines;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    if (!lines.empty()) lines += "\n";
    const bool is_sign = name == "status" || name == "sex";
    lines += words.record(name) + ": " + (is_sign ? words.value(value) : value);
  };
  for (const std::string_view name : {"number", "status", "valid_until"}) {
    add(name, text_of(document, name));
  }
  const auto* fields = document.if_contains("fields");
  if (fields == nullptr || !fields->is_array()) return lines.empty() ? text : lines;
  for (const auto& field : fields->as_array()) {
    if (!field.is_object()) continue;
    add(text_of(field.as_object(), "name"), text_of(field.as_object(), "value"));
  }
  return lines;
}

void add_record(PdfBlocks& blocks, const JsonObject& json, const LetterWords& words) {
  const auto name =
      words.record(text_of(json, "name")) + " · " + words.source(text_of(json, "source")) + ", " +
      words.time().moment(text_of(json, "since")) + " · " + words.level(text_of(json, "level"));
  add_fact(blocks, name, value_of(json, words));
}

/// "вы сами; государственные реестры, с вашего разрешения".
std::string titles_of(const JsonObject& category, std::string_view list, const LetterWords& words) {
  std::string text;
  for (const auto* item : list_of(category, list)) {
    text += (text.empty() ? "" : "; ") + local_text(*item, "title", words);
  }
  return text;
}

/// Each purpose with what allows it, a line each.
std::string purposes_of(const JsonObject& category, const LetterWords& words) {
  std::string text;
  for (const auto* purpose : list_of(category, "purposes")) {
    if (!text.empty()) text += "\n";
    text += local_text(*purpose, "title", words);
    std::string norms;
    for (const auto* basis : list_of(*purpose, "bases")) {
      norms += (norms.empty() ? "" : "; ") + norm_of(*basis, "norm", words);
    }
    if (!norms.empty()) text += ": " + norms;
  }
  return text;
}

std::string term_of(const JsonObject& category, const LetterWords& words) {
  const auto& term = object_of(category, "until");
  auto text = local_text(term, "text", words);
  if (const auto* days = term.if_contains("days"); days != nullptr && days->is_int64()) {
    text += std::string(words.pick("; срок: ", "; term: ")) + words.days(days->as_int64());
    const auto basis = norm_of(term, "basis", words);
    if (!basis.empty()) text += " (" + basis + ")";
  }
  return text;
}

std::int64_t lines_of(const JsonObject& category) {
  const auto* lines = category.if_contains("lines");
  return lines == nullptr || !lines->is_int64() ? 0 : lines->as_int64();
}

/// One kind of data: the values, then where from, what for, for whom and until when.
void add_category(PdfBlocks& blocks, const JsonObject& category, const JsonObject& copy,
                  const LetterWords& words) {
  std::vector<const JsonObject*> records;
  for (const auto* record : list_of(copy, "records")) {
    if (text_of(*record, "category") == text_of(category, "name")) records.push_back(record);
  }
  // What somebody does not have needs no page of law.
  const auto others = list_of(category, "records").size();
  if (records.empty() && others == 0 && lines_of(category) == 0) return;
  add_heading(blocks, local_text(category, "title", words));
  blocks.push_back({PdfLook::kText, local_text(category, "data", words)});
  for (const auto* record : records) add_record(blocks, *record, words);
  if (records.empty()) {
    const auto count = lines_of(category) + static_cast<std::int64_t>(others);
    add_fact(blocks, words.pick("Записей", "Records"), std::to_string(count));
  }
  add_fact(blocks, words.pick("Откуда", "From"), titles_of(category, "origins", words));
  add_fact(blocks, words.pick("Зачем и на каком основании", "What for, and on what basis"),
           purposes_of(category, words));
  add_fact(blocks, words.pick("Кто может получить", "Who may get it"),
           titles_of(category, "recipients", words));
  add_fact(blocks, words.pick("Сколько хранится", "How long it is kept"), term_of(category, words));
}

void add_consent(PdfBlocks& blocks, const JsonObject& json, const LetterWords& words) {
  auto line =
      std::string(words.pick("дано ", "given ")) + words.time().moment(text_of(json, "granted_at"));
  const auto add = [&](std::string_view name, std::string_view said) {
    const auto at = text_of(json, name);
    if (!at.empty()) line += std::string(said) + words.time().moment(at);
  };
  add("narrowed_at", words.pick(", сужено ", ", narrowed "));
  add("expires_at", words.pick(", действует до ", ", good until "));
  add("withdrawn_at", words.pick(", отозвано ", ", withdrawn "));
  add_fact(blocks, words.consent(text_of(json, "purpose")), std::move(line));
}

void add_access(PdfBlocks& blocks, const JsonObject& json, const LetterWords& words) {
  const auto data = words.category(text_of(json, "category"));
  add_fact(blocks,
           words.time().moment(text_of(json, "at")) + " · " + words.actor(text_of(json, "actor")),
           words.look(text_of(json, "purpose")) + (data.empty() ? "" : ": " + data));
}

}  // namespace

PdfContent copy_letter(const LetterParts& parts, const JsonObject& copy) {
  const LetterWords words(parts.language, parts.utc_offset_minutes, parts.providers);
  auto content = make_sheet(parts, words);
  auto& blocks = content.blocks;
  add_fact(blocks, words.pick("Собрано", "Made"), words.time().moment(text_of(copy, "made_at")));
  for (const auto* category : list_of(copy, "categories")) {
    add_category(blocks, *category, copy, words);
  }
  const auto consents = list_of(copy, "consents");
  if (!consents.empty()) add_heading(blocks, words.pick("Согласия", "Consents"));
  for (const auto* consent : consents) add_consent(blocks, *consent, words);
  add_heading(blocks, words.pick("Кто смотрел", "Who looked"));
  const auto accesses = list_of(copy, "accesses");
  if (accesses.empty()) {
    blocks.push_back(
        {PdfLook::kText, std::string(words.pick("Кроме вас, никто.", "Nobody but you."))});
  }
  for (const auto* access : accesses) add_access(blocks, *access, words);
  add_proof(blocks,
            words.pick("Подписанный файл о самом обращении и о том, когда на него ответили, лежит "
                       "на его странице в кабинете.",
                       "A signed file about the request itself, and when it was answered, lies on "
                       "its page in the account."),
            parts, words);
  return content;
}

}  // namespace privacy
