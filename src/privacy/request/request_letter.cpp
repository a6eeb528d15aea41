#include "privacy/request/request_letter.h"

#include "privacy/request/letter_words.h"

namespace privacy {
namespace {

using codec::JsonObject;
using codec::PdfBlock;
using codec::PdfContent;
using codec::PdfLook;

using Blocks = std::vector<PdfBlock>;

void fact(Blocks& blocks, std::string_view name, std::string text) {
  blocks.push_back({PdfLook::kFact, std::move(text), std::string(name)});
}

std::string text_of(const JsonObject& json, std::string_view name) {
  const auto* value = json.if_contains(name);
  if (value == nullptr || !value->is_string()) return "";
  return std::string(value->as_string());
}

PdfContent sheet(const LetterParts& parts, const LetterWords& words, std::string title) {
  PdfContent content;
  content.author = std::string(parts.installation);
  content.made_at = parts.now;
  content.footer = std::string(parts.installation) + " · " +
                   parts.rules.number_of(parts.file.request).text() + " · " +
                   std::string(words.pick("страница {page} из {pages}", "page {page} of {pages}"));
  content.blocks.push_back({PdfLook::kTitle, title});
  content.blocks.push_back(
      {PdfLook::kSmall,
       std::string(words.pick("Время на этих страницах местное: ", "Times are local: ")) +
           words.time().zone()});
  content.title = std::move(title);
  return content;
}

void add_evidence(Blocks& blocks, const LetterParts& parts, const LetterWords& words) {
  blocks.push_back({PdfLook::kHeading, std::string(words.pick("Чем это доказать", "Proof"))});
  blocks.push_back(
      {PdfLook::kText,
       std::string(words.pick(
           "Эту страницу легко подделать. Файл с теми же сведениями и с подписью платформы лежит "
           "на странице обращения в кабинете: его подпись может проверить кто угодно.",
           "A page like this is easily forged. A file with the same facts, signed by the platform, "
           "lies on the page of the request in the account: anybody can check its signature."))});
  blocks.push_back({PdfLook::kLink, parts.page_url, {}, parts.page_url});
}

void add_request(Blocks& blocks, const LetterParts& parts, const LetterWords& words) {
  const auto& request = parts.file.request;
  fact(blocks, words.pick("Номер обращения", "Number of the request"),
       parts.rules.number_of(request).text());
  fact(blocks, words.pick("Получено", "Received"), words.time().moment(request.received_at));
  fact(blocks, words.pick("Состояние", "State"),
       words.state(request.shown_state(parts.now)) +
           (request.closed_at ? ", " + words.time().moment(*request.closed_at) : ""));
  fact(blocks, words.pick("Последний день ответа", "Last day for an answer"),
       words.time().day(request.due_day) + " (" +
           parts.rules.norms().in(parts.language, request.basis) + ")");
}

void add_step(Blocks& blocks, const RequestEvent& event, const LetterParts& parts,
              const LetterWords& words) {
  blocks.push_back({PdfLook::kHeading, words.act(name_of(event.act))});
  std::string line = words.time().moment(event.at);
  if (event.act == RequestAct::kExtend) {
    line += std::string(words.pick(", новый срок: до ", ", new term: by ")) +
            words.time().day(event.due_day);
  }
  blocks.push_back({PdfLook::kSmall, std::move(line)});
  if (const auto* ground = parts.rules.find_ground(event.reason)) {
    const auto found = ground->text.find(parts.language);
    const auto& text = found == ground->text.end() ? ground->text.begin()->second : found->second;
    fact(blocks, words.pick("Основание", "Ground"),
         text + " (" + parts.rules.norms().in(parts.language, event.norm) + ")");
  }
  const auto* text = find_text(parts.file.texts, event.text_id);
  if (text != nullptr) blocks.push_back({PdfLook::kText, text->text.reveal()});
}

void add_authority(Blocks& blocks, const LetterParts& parts, const LetterWords& words) {
  const auto& authority = parts.rules.authority();
  const auto found = authority.name.find(parts.language);
  if (authority.name.empty()) return;
  auto name = found == authority.name.end() ? authority.name.begin()->second : found->second;
  if (!authority.address.empty()) name += ", " + authority.address;
  fact(blocks, words.pick("Если вы не согласны, жалобу принимает", "If you disagree, complain to"),
       std::move(name));
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

using Item = void (*)(Blocks&, const JsonObject&, const LetterWords&);

void add_record(Blocks& blocks, const JsonObject& json, const LetterWords& words) {
  const auto name = words.record(text_of(json, "name")) + " · " +
                    words.source(text_of(json, "source")) + ", " +
                    words.time().moment(text_of(json, "since"));
  fact(blocks, name, value_of(json, words));
}

void add_consent(Blocks& blocks, const JsonObject& json, const LetterWords& words) {
  auto line =
      std::string(words.pick("дано ", "given ")) + words.time().moment(text_of(json, "granted_at"));
  const auto withdrawn = text_of(json, "withdrawn_at");
  if (!withdrawn.empty()) {
    line += std::string(words.pick(", отозвано ", ", withdrawn ")) + words.time().moment(withdrawn);
  }
  fact(blocks, words.consent(text_of(json, "purpose")), std::move(line));
}

void add_access(Blocks& blocks, const JsonObject& json, const LetterWords& words) {
  const auto data = words.category(text_of(json, "category"));
  fact(blocks,
       words.time().moment(text_of(json, "at")) + " · " + words.actor(text_of(json, "actor")),
       words.look(text_of(json, "purpose")) + (data.empty() ? "" : ": " + data));
}

void add_list(PdfContent& content, const JsonObject& copy, std::string_view name,
              std::string_view heading, const LetterWords& words, Item add) {
  const auto* list = copy.if_contains(name);
  if (list == nullptr || !list->is_array() || list->as_array().empty()) return;
  content.blocks.push_back({PdfLook::kHeading, std::string(heading)});
  for (const auto& item : list->as_array()) {
    if (item.is_object()) add(content.blocks, item.as_object(), words);
  }
}

}  // namespace

PdfContent request_letter(const LetterParts& parts) {
  const LetterWords words(parts.language, parts.utc_offset_minutes, parts.providers);
  auto content = sheet(parts, words, words.kind(name_of(parts.file.request.kind)));
  add_request(content.blocks, parts, words);
  for (const auto& event : parts.file.events) add_step(content.blocks, event, parts, words);
  add_authority(content.blocks, parts, words);
  add_evidence(content.blocks, parts, words);
  return content;
}

PdfContent copy_letter(const LetterParts& parts, const JsonObject& copy) {
  const LetterWords words(parts.language, parts.utc_offset_minutes, parts.providers);
  auto content = sheet(parts, words, words.kind(name_of(parts.file.request.kind)));
  fact(content.blocks, words.pick("Собрано", "Made"),
       words.time().moment(text_of(copy, "made_at")));
  add_list(content, copy, "records", words.pick("Данные", "Data"), words, &add_record);
  add_list(content, copy, "consents", words.pick("Согласия", "Consents"), words, &add_consent);
  add_list(content, copy, "accesses", words.pick("Кто смотрел", "Who looked"), words, &add_access);
  add_evidence(content.blocks, parts, words);
  return content;
}

}  // namespace privacy
