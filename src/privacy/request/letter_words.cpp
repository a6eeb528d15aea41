#include "privacy/request/letter_words.h"

#include <array>

namespace privacy {
namespace {

struct Words {
  std::string_view name, ru, en;
};

constexpr std::array<Words, 8> kKinds{{
    {"information", "Что вы знаете обо мне", "What do you hold about me"},
    {"copy", "Копия моих данных", "A copy of my data"},
    {"correction", "Исправить данные", "Correct my data"},
    {"blocking", "Заблокировать данные", "Block my data"},
    {"stop", "Прекратить обработку", "Stop using my data"},
    {"erasure", "Удалить данные", "Erase my data"},
    {"contest", "Не согласен с решением или просмотром", "I disagree with a decision or an access"},
    {"complaint", "Жалоба на работу сервиса", "A complaint about the service"},
}};

constexpr std::array<Words, 7> kActs{{
    {"received", "Обращение получено", "Request received"},
    {"taken", "Взято в работу", "Taken up"},
    {"extended", "Срок продлён", "Term extended"},
    {"answered", "Ответ", "Answer"},
    {"refused", "Отказ", "Refusal"},
    {"withdrawn", "Обращение отозвано", "Request withdrawn"},
    {"overdue", "Срок ответа прошёл", "The term for an answer passed"},
}};

constexpr std::array<Words, 7> kStates{{
    {"received", "получено", "received"},
    {"in_work", "в работе", "being worked on"},
    {"extended", "срок продлён", "term extended"},
    {"answered", "ответ дан", "answered"},
    {"refused", "отказано", "refused"},
    {"withdrawn", "отозвано", "withdrawn"},
    {"overdue", "срок прошёл", "overdue"},
}};

constexpr std::array<Words, 30> kRecords{{
    {"phone", "Телефон", "Phone"},
    {"family_name", "Фамилия", "Family name"},
    {"given_name", "Имя", "Given name"},
    {"middle_name", "Отчество", "Patronymic"},
    {"full_name", "Фамилия, имя, отчество", "Full name"},
    {"birth_date", "Дата рождения", "Date of birth"},
    {"birth_place", "Место рождения", "Place of birth"},
    {"sex", "Пол", "Sex"},
    {"snils", "СНИЛС", "SNILS"},
    {"inn", "ИНН", "INN"},
    {"mobile", "Телефон в службе входа", "Phone at the identity provider"},
    {"email", "Электронная почта", "E-mail"},
    {"email:confirmed", "Почта кабинета", "E-mail of the account"},
    {"id_document", "Паспорт", "Passport"},
    {"registration_address", "Адрес регистрации", "Registered address"},
    {"living_address", "Адрес проживания", "Living address"},
    {"preferred_name", "Как к вам обращаться", "How to address you"},
    {"passport", "Паспорт", "Passport"},
    {"driving_licence", "Водительское удостоверение", "Driving licence"},
    {"oms", "Полис ОМС", "Health insurance policy"},
    {"number", "Номер", "Number"},
    {"series", "Серия", "Series"},
    {"status", "Состояние", "State"},
    {"valid_until", "Действует до", "Valid until"},
    {"issue_date", "Дата выдачи", "Issued on"},
    {"issued_by", "Кем выдан", "Issued by"},
    {"issue_id", "Код подразделения", "Office code"},
    {"categories", "Категории", "Categories"},
    {"insurer", "Страховая организация", "Insurer"},
    {"passport_portrait", "Фотография из паспорта", "Portrait of the passport"},
}};

constexpr std::array<Words, 5> kValues{{
    {"valid", "действует", "valid"},
    {"expired", "срок истёк", "expired"},
    {"invalid", "недействителен", "not valid"},
    {"F", "женский", "female"},
    {"M", "мужской", "male"},
}};

constexpr std::array<Words, 5> kSources{{
    {"self", "от вас", "from you"},
    {"identity_provider", "служба входа", "identity provider"},
    {"registry", "государственный реестр", "state registry"},
    {"desk", "сотрудник", "a member of the staff"},
    {"e_passport", "чип паспорта", "passport chip"},
}};

constexpr std::array<Words, 10> kPurposes{{
    {"fetch_documents", "запрос документов из реестра", "asking a registry for documents"},
    {"issue_digital_id", "выпуск Цифрового ID", "issuing a Digital ID"},
    {"notify_citizen", "сообщение вам", "telling you what happened"},
    {"inform_citizen", "сообщение по теме, на которую вы согласились",
     "a message on a topic you agreed to"},
    {"release_to_party", "передача по вашему согласию", "giving data with your agreement"},
    {"answer_request", "работа с вашим обращением", "working on your request"},
    {"show_portrait", "показ портрета проверяющему", "showing the portrait to a checker"},
    {"make_statistics", "подсчёт в статистике без имён", "counting in statistics without names"},
    {"account", "Обработка данных кабинета", "Processing for the account"},
    {"registry_documents", "Запросы в государственные реестры", "Asking state registries"},
}};

template <std::size_t N>
std::string words_of(const std::array<Words, N>& table, std::string_view name, bool english) {
  for (const auto& one : table) {
    if (one.name == name) return std::string(english ? one.en : one.ru);
  }
  return std::string(name);
}

}  // namespace

std::string LetterWords::kind(std::string_view name) const {
  return words_of(kKinds, name, english_);
}
std::string LetterWords::act(std::string_view name) const {
  return words_of(kActs, name, english_);
}
std::string LetterWords::state(std::string_view name) const {
  return words_of(kStates, name, english_);
}
std::string LetterWords::record(std::string_view name) const {
  return words_of(kRecords, name, english_);
}
std::string LetterWords::value(std::string_view name) const {
  return words_of(kValues, name, english_);
}
std::string LetterWords::source(std::string_view name) const {
  const auto colon = name.find(':');
  auto words = words_of(kSources, name.substr(0, colon), english_);
  if (colon == std::string_view::npos) return words;
  const auto id = name.substr(colon + 1);
  if (providers_ != nullptr) {
    const auto found = providers_->find(id);
    if (found != providers_->end()) {
      const auto text = found->second.find(pick("ru", "en"));
      if (text != found->second.end()) return text->second;
    }
  }
  // Of one that is offered no more, its id.
  return words.append(" ").append(id);
}
std::string LetterWords::purpose(std::string_view name) const {
  return words_of(kPurposes, name, english_);
}

}  // namespace privacy
