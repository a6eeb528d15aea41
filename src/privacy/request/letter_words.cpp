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
    {"taken", "Взято в работу", "Taken into work"},
    {"extended", "Срок продлён", "Term extended"},
    {"answered", "Ответ", "Answer"},
    {"refused", "Отказ", "Refusal"},
    {"withdrawn", "Обращение отозвано", "Request withdrawn"},
    {"overdue", "Срок ответа прошёл", "The term for an answer passed"},
}};

constexpr std::array<Words, 7> kStates{{
    {"received", "получено", "received"},
    {"in_work", "в работе", "in work"},
    {"extended", "срок продлён", "term extended"},
    {"answered", "ответ дан", "answered"},
    {"refused", "отказано", "refused"},
    {"withdrawn", "отозвано", "withdrawn"},
    {"overdue", "срок прошёл", "term passed"},
}};

constexpr std::array<Words, 31> kRecords{{
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
    {"organizations", "Организации", "Organisations"},
    {"preferred_name", "Как к вам обращаться", "How to address you"},
    {"passport", "Паспорт РФ", "Russian passport"},
    {"driving_licence", "Водительское удостоверение", "Driving licence"},
    {"oms", "Полис ОМС", "OMS policy"},
    {"number", "Номер", "Number"},
    {"series", "Серия", "Series"},
    {"status", "Состояние", "State"},
    {"valid_until", "Действует до", "Valid until"},
    {"issue_date", "Дата выдачи", "Issued on"},
    {"issued_by", "Кем выдан", "Issued by"},
    {"issue_id", "Код подразделения", "Office code"},
    {"categories", "Категории", "Categories"},
    {"insurer", "Страховая организация", "Insurer"},
    {"passport_portrait", "Портрет из записи о паспорте", "Portrait of the passport record"},
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

constexpr std::array<Words, 3> kLevels{{
    {"asserted", "с ваших слов", "as you say"},
    {"phone", "номер подтверждён", "the number is proven"},
    {"verified", "подтверждено", "proven"},
}};

constexpr std::array<Words, 6> kConsents{{
    {"account", "Обработка данных для кабинета", "Processing of data for the account"},
    {"registry_documents", "Запрос документов в реестрах", "Asking the registries for documents"},
    {"informing_debts", "Сообщения о долгах", "Messages about debts"},
    {"informing_health", "Сообщения о прививках и осмотрах",
     "Messages about vaccination and check-ups"},
    {"informing_projects", "Сообщения об общественных делах", "Messages about public matters"},
    {"informing_surveys", "Приглашения к опросам", "Invitations to surveys"},
}};

constexpr std::array<Words, 5> kActors{{
    {"citizen", "Вы", "You"},
    {"checker", "Проверяющий, которому вы показали код", "A checker to whom you showed a code"},
    {"platform:documents", "Сайт: запрос документов", "This site: asking for documents"},
    {"platform:attestations", "Сайт: Цифровой ID", "This site: Digital ID"},
    {"platform:notices", "Сайт: уведомления", "This site: notices"},
}};

constexpr std::array<Words, 8> kLooks{{
    {"fetch_documents", "Запросил ваши документы в реестре, как вы разрешили",
     "Asked a registry for your documents, as you allowed"},
    {"issue_digital_id", "Готовил ответы для вашего Цифрового ID",
     "Prepared answers for your Digital ID"},
    {"notify_citizen", "Сообщил вам о событии в кабинете",
     "Told you what happened in your account"},
    {"inform_citizen", "Сообщил вам по теме, на которую вы согласились",
     "Told you about a topic you agreed to"},
    {"release_to_party", "Получил сведения, которые вы разрешили передать",
     "Got the data you agreed to share"},
    {"show_portrait", "Увидел ваш портрет по показанному коду",
     "Saw your portrait by the code you showed"},
    {"answer_request", "Работал с вашим обращением или возражением",
     "Worked on your request or objection"},
    {"make_statistics", "Посчитал вас в статистике, где никто не назван",
     "Counted you in statistics that name nobody"},
}};

constexpr std::array<Words, 4> kCategories{{
    {"profile", "имя, телефон и другие сведения о вас",
     "your name, phone and other facts about you"},
    {"documents", "документы", "documents"},
    {"authenticators", "способы входа", "ways to sign in"},
    {"requests", "ваши обращения и возражения", "your requests and objections"},
}};

constexpr std::int64_t kYearDays = 365;

/// "1 день", "2 дня", "5 дней".
std::string_view russian_form(std::int64_t count, std::array<std::string_view, 3> forms) {
  const auto tens = count % 100;
  const auto ones = count % 10;
  if (tens >= 11 && tens <= 14) return forms[2];
  if (ones == 1) return forms[0];
  return ones >= 2 && ones <= 4 ? forms[1] : forms[2];
}

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
std::string LetterWords::level(std::string_view name) const {
  return words_of(kLevels, name, english_);
}
std::string LetterWords::consent(std::string_view name) const {
  return words_of(kConsents, name, english_);
}
std::string LetterWords::actor(std::string_view name) const {
  constexpr std::string_view kParty = "party:";
  if (name.starts_with("staff:")) {
    return std::string(pick("Сотрудник по защите данных", "The data protection officer"));
  }
  if (name.starts_with(kParty)) return std::string(name.substr(kParty.size()));
  auto words = words_of(kActors, name, english_);
  const bool unnamed = words == name && name.starts_with("platform");
  return unnamed ? std::string(pick("Сам сайт", "The site itself")) : words;
}
std::string LetterWords::look(std::string_view purpose) const {
  return words_of(kLooks, purpose, english_);
}
std::string LetterWords::category(std::string_view name) const {
  return words_of(kCategories, name, english_);
}
std::string LetterWords::days(std::int64_t count) const {
  const bool years = count > 0 && count % kYearDays == 0;
  const auto shown = years ? count / kYearDays : count;
  const auto russian = years ? russian_form(shown, {"год", "года", "лет"})
                             : russian_form(shown, {"день", "дня", "дней"});
  const std::string_view one = years ? "year" : "day";
  const std::string_view many = years ? "years" : "days";
  const auto word = english_ ? (shown == 1 ? one : many) : russian;
  return std::to_string(shown) + " " + std::string(word);
}

}  // namespace privacy
