#include "privacy/request/request_letter.h"

#include "privacy/request/letter_sheet.h"

namespace privacy {
namespace {

using codec::PdfContent;
using codec::PdfLook;

void add_request(PdfBlocks& blocks, const LetterParts& parts, const LetterWords& words) {
  const auto& request = parts.file.request;
  add_fact(blocks, words.pick("Номер обращения", "Number of the request"),
           parts.rules.number_of(request).text());
  add_fact(blocks, words.pick("Получено", "Received"), words.time().moment(request.received_at));
  add_fact(blocks, words.pick("Состояние", "State"),
           words.state(request.shown_state(parts.now)) +
               (request.closed_at ? ", " + words.time().moment(*request.closed_at) : ""));
  add_fact(blocks, words.pick("Последний день ответа", "Last day for an answer"),
           words.time().day(request.due_day) + " (" +
               parts.rules.norms().in(parts.language, request.basis) + ")");
}

void add_step(PdfBlocks& blocks, const RequestEvent& event, const LetterParts& parts,
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
    add_fact(blocks, words.pick("Основание", "Ground"),
             text + " (" + parts.rules.norms().in(parts.language, event.norm) + ")");
  }
  const auto* text = find_text(parts.file.texts, event.text_id);
  if (text != nullptr) blocks.push_back({PdfLook::kText, text->text.reveal()});
}

void add_authority(PdfBlocks& blocks, const LetterParts& parts, const LetterWords& words) {
  const auto& authority = parts.rules.authority();
  const auto found = authority.name.find(parts.language);
  if (authority.name.empty()) return;
  auto name = found == authority.name.end() ? authority.name.begin()->second : found->second;
  if (!authority.address.empty()) name += ", " + authority.address;
  add_fact(blocks,
           words.pick("Если вы не согласны, жалобу принимает", "If you disagree, complain to"),
           std::move(name));
}

}  // namespace

PdfContent request_letter(const LetterParts& parts) {
  const LetterWords words(parts.language, parts.utc_offset_minutes, parts.providers);
  auto content = make_sheet(parts, words);
  add_request(content.blocks, parts, words);
  for (const auto& event : parts.file.events) add_step(content.blocks, event, parts, words);
  add_authority(content.blocks, parts, words);
  add_proof(content.blocks,
            words.pick("Эту страницу легко подделать. Файл с теми же сведениями и с подписью "
                       "платформы лежит на странице обращения в кабинете: его подпись может "
                       "проверить кто угодно.",
                       "A page like this is easily forged. A file with the same facts, signed by "
                       "the platform, lies on the page of the request in the account: anybody can "
                       "check its signature."),
            parts, words);
  return content;
}

}  // namespace privacy
