#include "openid/authorization/consent_document.h"

#include <array>

#include "crypto/digest.h"

namespace openid {
namespace {

constexpr store::Query kInsertDocument{
    "consent_document.insert",
    "INSERT INTO consent_document (sha256, language, body) VALUES ($1, $2, $3)"
    " ON CONFLICT (sha256) DO NOTHING"};
constexpr store::Query kFindDocument{
    "consent_document.find", "SELECT language, body FROM consent_document WHERE sha256 = $1"};

struct ClaimWords {
  std::string_view claim;
  std::string_view ru;
  std::string_view en;
};
constexpr std::array kClaimWords{
    ClaimWords{"family_name", "фамилия", "family name"},
    ClaimWords{"given_name", "имя", "given name"},
    ClaimWords{"middle_name", "отчество", "middle name"},
    ClaimWords{"birthdate", "дата рождения", "date of birth"},
    ClaimWords{"gender", "пол", "sex"},
    ClaimWords{"phone_number", "номер телефона", "phone number"},
    ClaimWords{"email", "адрес электронной почты", "e-mail address"},
    ClaimWords{"address", "адрес", "address"},
    ClaimWords{"snils", "СНИЛС", "SNILS (insurance number)"},
    ClaimWords{"inn", "ИНН", "INN (taxpayer number)"},
    ClaimWords{"id_doc", "документ, удостоверяющий личность: вид, номер, кем и когда выдан",
               "identity document: kind, number, who issued it and when"},
};

std::string_view words_of(std::string_view claim, bool english) {
  for (const auto& one : kClaimWords) {
    if (one.claim == claim) return english ? one.en : one.ru;
  }
  return claim;
}

std::string listed(const Texts& claims, bool english) {
  std::string list;
  for (const auto& claim : claims) {
    list.append("- ").append(words_of(claim, english)).append("\n");
  }
  if (claims.empty()) {
    list = english ? "None: only the fact that it is you.\n" : "Никаких: только то, что это вы.\n";
  }
  return list;
}

std::string russian(const ConsentSubject& subject, const ConsentTerms& terms) {
  const auto& to = subject.party.name.ru;
  const auto term = terms.days ? "Не дольше " + std::to_string(*terms.days) +
                                     " дней с того дня, когда вы согласились."
                               : "Пока вы его не отзовёте.";
  return "Это отдельное согласие на передачу ваших данных. Вы даёте его свободно, и одно не "
         "означает другого.\n\n# Кому\n\nДанные передаёт оператор портала «" +
         terms.operator_name + "». Получает их «" + to + "».\n\n# Зачем\n\nСловами получателя: «" +
         subject.party.purpose.ru + "».\n\n# Какие данные\n\n" + listed(subject.claims, false) +
         "\n# Что можно делать с данными\n\nПередавать получателю, когда он о них спросит" +
         (subject.offline_access ? ", и тогда, когда вас на его сайте нет" : "") +
         ". Каждая передача записывается, и вы её видите в разделе «Кто смотрел».\n\n"
         "# Кто ещё увидит данные\n\nНикто: в согласии назван один получатель.\n\n"
         "# На какой срок\n\n" +
         term + "\n\n# Как отозвать\n\nВ кабинете: «Мои согласия», «" + to +
         "», «Отозвать» или «Дать меньше». Действует сразу. Что получатель уже узнал, он хранит по "
         "своим правилам: об удалении просите его.\n\n# Основание\n\n" +
         terms.basis + "\n";
}

std::string english(const ConsentSubject& subject, const ConsentTerms& terms) {
  const auto& to = subject.party.name.en;
  const auto term =
      terms.days ? "At most " + std::to_string(*terms.days) + " days from the day you agreed."
                 : "Until you withdraw it.";
  return "This is a separate consent to pass your data on. You give it freely, and it stands for "
         "nothing else.\n\n# To whom\n\nThe operator of the portal “" +
         terms.operator_name + "” passes the data on. “" + to +
         "” gets them.\n\n# What for\n\nIn the recipient’s words: “" + subject.party.purpose.en +
         "”.\n\n# Which data\n\n" + listed(subject.claims, true) +
         "\n# What may be done with them\n\nPass them to the recipient when it asks for them" +
         (subject.offline_access ? ", also when you are not at its site" : "") +
         ". Every time is recorded, and you see it under “Who looked”.\n\n"
         "# Who else sees them\n\nNobody: the consent names one recipient.\n\n# For how long\n\n" +
         term + "\n\n# How to withdraw\n\nIn your account: “My consents”, “" + to +
         "”, “Withdraw” or “Give less”. It works at once. What the recipient has learnt already it "
         "keeps by its own rules: ask it to erase that.\n\n# Legal basis\n\n" +
         (terms.basis_en.empty() ? terms.basis : terms.basis_en) + "\n";
}

}  // namespace

ConsentDocument make_consent_document(const ConsentSubject& subject, const ConsentTerms& terms,
                                      std::string_view language) {
  ConsentDocument document;
  document.language = language == "en" ? "en" : "ru";
  document.text = language == "en" ? english(subject, terms) : russian(subject, terms);
  document.sha256 = core::to_hex(crypto::sha256(core::as_bytes(document.text)));
  return document;
}

core::Status keep_consent_document(store::UnitOfWork& unit, const ConsentDocument& document) {
  TRY_VOID(unit.run(kInsertDocument, {document.sha256, document.language, document.text}));
  return {};
}

core::Result<std::optional<ConsentDocument>> find_consent_document(store::UnitOfWork& unit,
                                                                   std::string_view sha256) {
  TRY(const auto rows, unit.run(kFindDocument, {sha256}));
  if (rows.empty()) return std::optional<ConsentDocument>();
  return std::optional(ConsentDocument{std::string(rows.front().text(0)),
                                       std::string(rows.front().text(1)), std::string(sha256)});
}

}  // namespace openid
