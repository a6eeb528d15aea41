#include "api/identity/export_words.h"

#include <array>

namespace api {
namespace {

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

constexpr std::array<ExportSection, 22> kWords{{
    {"accepted_at", "принято", "accepted"},
    {"actor", "кто", "who"},
    {"at", "когда", "when"},
    {"category", "какие данные", "which data"},
    {"citizen_id", "номер кабинета", "number of the account"},
    {"claims", "что видит", "what it sees"},
    {"confirmed_at", "подтверждён", "confirmed"},
    {"edition_number", "редакция", "edition"},
    {"edition_sha256", "отпечаток редакции", "digest of the edition"},
    {"expires_at", "действует до", "ends"},
    {"granted_at", "дано", "given"},
    {"kind", "что", "what"},
    {"last_used_at", "в последний раз", "last used"},
    {"level", "уровень", "level"},
    {"made_at", "создано", "made"},
    {"passkeys", "ключи доступа", "passkeys"},
    {"phone_masked", "номер", "number"},
    {"primary", "основной", "primary"},
    {"purpose", "зачем", "what for"},
    {"registered_at", "открыт", "opened"},
    {"subject", "к чему относится", "about"},
    {"withdrawn_at", "отозвано", "withdrawn"},
}};

}  // namespace

std::span<const ExportSection> export_sections() { return kSections; }

std::string_view export_title(http::Language language) {
  return language == http::Language::kEn ? "Your account" : "Ваш кабинет";
}

std::string_view export_word(std::string_view name, http::Language language) {
  for (const auto& word : kWords) {
    if (word.name == name) return word.heading(language);
  }
  return name;
}

}  // namespace api
