#include "api/identity/export_words.h"

#include <algorithm>
#include <array>

namespace api {
namespace {

using codec::Json;
using codec::JsonObject;

constexpr std::array<ExportSection, 11> kSections{{
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

struct Words {
  std::string_view name, ru, en;
};

constexpr std::array<std::string_view, 9> kForPrograms{
    "citizen_id",     "number_id", "session_id", "device_id", "phone_masked",
    "edition_sha256", "aal",       "encoding",   "format"};

constexpr std::array<Words, 46> kMembers{{
    {"level", "Уровень", "Level"},
    {"level_source", "Кто подтвердил", "Proven by"},
    {"level_raised_at", "Личность подтверждена", "Identity proven"},
    {"registered_at", "Кабинет создан", "Account made"},
    {"phone", "Номер", "Number"},
    {"primary", "Основной", "Primary"},
    {"confirmed_at", "Подтверждён", "Confirmed"},
    {"name", "Название", "Name"},
    {"source", "Откуда", "From"},
    {"value", "Значение", "Value"},
    {"proven_at", "С какого дня", "Since"},
    {"purpose", "Зачем", "What for"},
    {"state", "Состояние", "State"},
    {"granted_at", "Дано", "Given"},
    {"withdrawn_at", "Отозвано", "Withdrawn"},
    {"expires_at", "Действует до", "Good until"},
    {"narrowed_at", "Сужено", "Narrowed"},
    {"scope", "Что разрешено сейчас", "What is allowed now"},
    {"granted_scope", "Что было разрешено", "What was allowed"},
    {"edition_kind", "Документ", "Document"},
    {"accepted", "Документ", "Document"},
    {"edition_number", "Редакция", "Edition"},
    {"edition_language", "Язык текста", "Language of the text"},
    {"accepted_at", "Принято", "Accepted"},
    {"passkeys", "Ключи входа", "Passkeys"},
    {"totp", "Коды из приложения", "Codes from an app"},
    {"made_at", "Сделано", "Made"},
    {"last_used_at", "Последний раз", "Last used"},
    {"client_id", "Сайт", "Site"},
    {"claims", "Что передаётся", "What is given"},
    {"device", "Устройство", "Device"},
    {"network", "Сеть", "Network"},
    {"signed_in_by", "Как вошли", "Signed in by"},
    {"opened_at", "Открыт", "Opened"},
    {"authenticated_at", "Личность проверена", "Proven at"},
    {"amr", "Чем подтверждён вход", "Proven by"},
    {"actor", "Кто", "Who"},
    {"category", "Какие данные", "Which data"},
    {"at", "Когда", "When"},
    {"kind", "Что произошло", "What happened"},
    {"subject", "О чём", "About"},
    {"number", "Номер", "Number"},
    {"status", "Состояние", "State"},
    {"valid_until", "Действует до", "Valid until"},
    {"fields", "Поля", "Fields"},
    {"history_cut", "Показана не вся история", "Not all of the history is shown"},
}};

constexpr std::array<Words, 45> kSigns{{
    {"granted", "дано", "given"},
    {"withdrawn", "отозвано", "withdrawn"},
    {"expired", "срок истёк", "expired"},
    {"absent", "не давалось", "not given"},
    {"password", "пароль", "password"},
    {"registration", "регистрация", "registration"},
    {"recovery", "новый пароль по телефону", "a new password by phone"},
    {"identity_provider", "служба входа", "identity provider"},
    {"passkey", "ключ входа", "passkey"},
    {"pwd", "пароль", "password"},
    {"sms", "код по SMS", "code by SMS"},
    {"tel", "код звонком", "code by a call"},
    {"otp", "код из приложения", "code from an app"},
    {"hwk", "ключ входа", "passkey"},
    {"swk", "ключ входа", "passkey"},
    {"user", "подтверждение на устройстве", "confirmed on the device"},
    {"mfa", "два способа сразу", "two factors"},
    {"kba", "запасной код", "recovery code"},
    {"agreement", "Пользовательское соглашение", "User agreement"},
    {"consent", "Согласие на обработку данных", "Consent to data processing"},
    {"policy", "Политика обработки данных", "Data processing policy"},
    {"registry-permission", "Разрешение на запросы в реестры", "Permission to ask the registries"},
    {"informing-debts", "Согласие на сообщения о долгах", "Consent to messages about debts"},
    {"informing-health", "Согласие на сообщения о прививках и осмотрах",
     "Consent to messages about vaccination and check-ups"},
    {"informing-projects", "Согласие на сообщения об общественных делах",
     "Consent to messages about public matters"},
    {"informing-surveys", "Согласие на приглашения к опросам", "Consent to invitations to surveys"},
    {"ru", "русский", "Russian"},
    {"en", "английский", "English"},
    {"phone", "номер подтверждён", "number proven"},
    {"verified", "личность подтверждена", "identity proven"},
    {"asserted", "с ваших слов", "as you say"},
    {"valid", "действует", "valid"},
    {"invalid", "недействителен", "not valid"},
    {"correction", "исправить данные", "correct my data"},
    {"information", "что вы знаете обо мне", "what do you hold about me"},
    {"copy", "копия моих данных", "a copy of my data"},
    {"blocking", "заблокировать данные", "block my data"},
    {"stop", "прекратить обработку", "stop using my data"},
    {"erasure", "удалить данные", "erase my data"},
    {"contest", "не согласен с решением или просмотром", "I disagree with a decision or an access"},
    {"complaint", "жалоба на работу сервиса", "a complaint about the service"},
    {"profile", "сведения о вас", "facts about you"},
    {"documents", "документы", "documents"},
    {"yes", "да", "yes"},
    {"no", "нет", "no"},
}};

/// As the page of the history says.
constexpr std::array<Words, 65> kKinds{{
    {"account.closed_inactive", "Кабинет закрыт: его давно не открывали",
     "Account closed: it was not opened for long"},
    {"account.data_blocked", "Ваши данные заблокированы: хранятся, но не используются",
     "Your data blocked: kept and not used"},
    {"account.data_unblocked", "Ваши данные снова можно использовать",
     "Your data may be used again"},
    {"account.deletion_cancelled", "Удаление отменено", "Deletion undone"},
    {"account.deletion_confirmed", "Удаление кабинета подтверждено",
     "Deletion of the account confirmed"},
    {"account.exported", "Данные кабинета сохранены в файл", "The account's data saved to a file"},
    {"account.inactivity_warned", "Напомнили, что кабинет давно не открывали",
     "Reminded that the account was not opened for long"},
    {"account.recovered", "Пароль восстановлен по телефону", "Password recovered by phone"},
    {"account.registered", "Кабинет создан", "Account made"},
    {"agreement.accepted", "Соглашение принято", "Agreement accepted"},
    {"assurance.lowered", "Личность больше не подтверждена", "Identity no longer proven"},
    {"assurance.raised", "Личность подтверждена", "Identity proven"},
    {"assurance.refused", "Личность не подтвердилась", "Identity not proven"},
    {"attestations.issued", "Приготовлены коды Цифрового ID", "Digital ID codes prepared"},
    {"attribute.changed", "Вы изменили сведения о себе", "You changed something about yourself"},
    {"attribute.removed", "Вы удалили сведения о себе", "You deleted something about yourself"},
    {"consent.expired", "Согласие закончилось по сроку", "Consent ended by its term"},
    {"consent.granted", "Согласие дано", "Consent given"},
    {"consent.narrowed", "Согласие сужено", "Consent narrowed"},
    {"consent.source_withdrawn",
     "Данные службы отозваны здесь; в самой службе их отзывают у её оператора",
     "Data of a service withdrawn here; at the service itself its operator withdraws them"},
    {"consent.withdrawn", "Согласие отозвано", "Consent withdrawn"},
    {"digital_id.created", "Цифровой ID сделан", "Digital ID made"},
    {"digital_id.removed", "Цифровой ID убран", "Digital ID removed"},
    {"document.not_found", "Документа нет в реестре", "Document not in the registry"},
    {"document.received", "Документ получен", "Document received"},
    {"document.removed", "Карточка убрана", "Card removed"},
    {"document.unavailable", "Реестр не ответил", "Registry did not answer"},
    {"documents.requested", "Запрос документов", "Documents asked for"},
    {"email.confirmed", "Почта подтверждена", "E-mail confirmed"},
    {"email.removed", "Почта убрана", "E-mail removed"},
    {"entry.answered", "На возражение ответили", "Your objection was answered"},
    {"entry.disputed", "Возражение против записи в журнале", "Objection to a log entry"},
    {"number.added", "Добавлен номер", "Number added"},
    {"number.change_asked", "Запрошена замена потерянного номера",
     "Replacement of a lost number asked for"},
    {"number.change_cancelled", "Замена номера отменена", "Replacement of a number cancelled"},
    {"number.change_failed", "Замена номера не состоялась: номер уже занят",
     "Number not replaced: it is taken by now"},
    {"number.primary", "Выбран основной номер", "Primary number chosen"},
    {"number.removed", "Номер убран", "Number removed"},
    {"number.replaced", "Номер заменён", "Number replaced"},
    {"party.agreed", "Вы согласились передать сведения сайту", "You agreed to give data to a site"},
    {"party.disconnected", "Сайт отключён", "A site was disconnected"},
    {"party.narrowed", "Сайту разрешено меньше", "A site may get less"},
    {"party.signed_in", "Вход на сайт через Бересту", "Sign-in at a site with Beresta"},
    {"passkey.added", "Добавлен ключ входа", "Passkey added"},
    {"passkey.copied", "Отклонён ключ с признаками копии",
     "Passkey refused: it looked like a copy"},
    {"passkey.removed", "Удалён ключ входа", "Passkey removed"},
    {"password.changed", "Пароль изменён", "Password changed"},
    {"portrait.shown", "Проверяющий увидел вашу фотографию", "A checker saw your photograph"},
    {"provider.unlinked", "Служба отвязана", "Service unlinked"},
    {"recovery_code.used", "Использован запасной код", "Recovery code used"},
    {"recovery_codes.made", "Созданы запасные коды", "Recovery codes made"},
    {"request.answered", "На обращение ответили", "A request was answered"},
    {"request.extended", "Срок ответа на обращение продлён", "The term of a request was extended"},
    {"request.overdue", "Срок ответа на обращение прошёл", "The term of a request passed"},
    {"request.received", "Обращение о данных получено", "A request about data was received"},
    {"request.refused", "В обращении отказано", "A request was refused"},
    {"request.taken", "Обращение взято в работу", "A request was taken into work"},
    {"request.withdrawn", "Обращение отозвано", "A request was taken back"},
    {"session.closed", "Выход", "Signed out"},
    {"session.closed_by_failures", "Сеанс закрыт: пароль несколько раз ввели неверно",
     "Session closed after several wrong passwords"},
    {"session.closed_elsewhere", "Сеанс закрыт с другого устройства",
     "Session closed from another device"},
    {"session.opened", "Вход", "Signed in"},
    {"session.refused", "Неудачная попытка входа", "Failed attempt to sign in"},
    {"totp.off", "Отключены коды из приложения", "Codes from an app turned off"},
    {"totp.on", "Включены коды из приложения", "Codes from an app turned on"},
}};

template <std::size_t N>
std::string words_of(const std::array<Words, N>& table, std::string_view name,
                     const privacy::LetterWords& words) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Words& one) { return one.name == name; });
  return std::string(found == table.end() ? name : words.pick(found->ru, found->en));
}

bool is_for_programs(std::string_view member) {
  return std::find(kForPrograms.begin(), kForPrograms.end(), member) != kForPrograms.end();
}

/// A member that gives the name of the member it is called after, by language.
constexpr std::string_view kNameOf = "_name";

JsonObject trimmed(const JsonObject& object, std::string_view language);

Json trimmed(const Json& value, std::string_view language) {
  if (const auto* object = value.if_object()) return trimmed(*object, language);
  const auto* array = value.if_array();
  if (array == nullptr) return value;
  codec::JsonArray items;
  for (const auto& item : *array) items.push_back(trimmed(item, language));
  return items;
}

JsonObject trimmed(const JsonObject& object, std::string_view language) {
  JsonObject kept;
  for (const auto& [key, value] : object) {
    const std::string_view member = key;
    if (is_for_programs(member)) continue;
    const auto* of = value.if_object();
    if (of != nullptr && member.ends_with(kNameOf) &&
        object.contains(member.substr(0, member.size() - kNameOf.size()))) {
      continue;
    }
    const auto* names = object.if_contains(std::string(member).append(kNameOf));
    const auto* named = names == nullptr ? nullptr : names->if_object();
    const auto* name = named == nullptr ? nullptr : named->if_contains(language);
    kept[member] = name == nullptr ? trimmed(value, language) : *name;
  }
  return kept;
}

std::string text_of(const JsonObject& json, std::string_view name) {
  const auto* value = json.if_contains(name);
  return value == nullptr || !value->is_string() ? "" : std::string(value->as_string());
}

/// The name of the record that holds a number: "phone" is the primary one.
std::string record_of(const JsonObject& number) {
  const auto* primary = number.if_contains("primary");
  const bool is_primary = primary != nullptr && primary->is_bool() && primary->as_bool();
  return is_primary ? "phone" : "phone:" + text_of(number, "number_id");
}

/// The person's own numbers in full, which the vault's records hold.
void show_full_numbers(JsonObject& all) {
  auto* numbers = all.if_contains("numbers");
  const auto* records = all.if_contains("attributes");
  if (numbers == nullptr || !numbers->is_array() || records == nullptr || !records->is_array()) {
    return;
  }
  for (auto& number : numbers->as_array()) {
    if (!number.is_object()) continue;
    const auto wanted = record_of(number.as_object());
    for (const auto& record : records->as_array()) {
      if (!record.is_object() || text_of(record.as_object(), "name") != wanted) continue;
      number.as_object()["phone"] = text_of(record.as_object(), "value");
    }
  }
}

}  // namespace

std::span<const ExportSection> export_sections() { return kSections; }

std::string_view export_title(http::Language language) {
  return language == http::Language::kEn ? "Your account" : "Ваш кабинет";
}

JsonObject for_reader(JsonObject all, http::Language language) {
  show_full_numbers(all);
  return trimmed(all, http::tag_of(language));
}

std::string member_words(std::string_view member, const privacy::LetterWords& words) {
  return words_of(kMembers, member, words);
}

std::string value_words(std::string_view section, std::string_view member, std::string_view value,
                        const privacy::LetterWords& words) {
  if (member == "at" || member.ends_with("_at")) return words.time().moment(value);
  if (member == "source" || member == "level_source") return words.source(value);
  if (member == "value") return words.value(value);
  if (member == "actor") return words.actor(value);
  if (member == "category") return words.category(value);
  if (member == "purpose") return section == "accesses" ? words.look(value) : words.consent(value);
  if (section == "history" && member == "kind") return words_of(kKinds, value, words);
  const bool is_record = section == "attributes" || section == "documents";
  if (is_record && member == "name") return words.record(value.substr(0, value.find(':')));
  constexpr std::array<std::string_view, 11> kOfSigns{
      "state",  "signed_in_by", "amr",  "level",  "edition_kind", "accepted", "edition_language",
      "status", "subject",      "totp", "primary"};
  const bool is_sign = std::find(kOfSigns.begin(), kOfSigns.end(), member) != kOfSigns.end();
  return is_sign ? words_of(kSigns, value, words) : std::string(value);
}

}  // namespace api
