#include "app/cli/verdict_words.h"

#include <fmt/format.h>

#include "app/cli/commands.h"

namespace app {
namespace {

using wallet::Question;
using wallet::Verdict;

/// A text in both languages.
struct Words {
  std::string_view ru;
  std::string_view en;

  [[nodiscard]] std::string_view in(SpokenLanguage language) const {
    return language == SpokenLanguage::kRussian ? ru : en;
  }
};

Words question_words(Question question) {
  switch (question) {
    case Question::kAgeOver18:
      return {"18 лет или больше", "18 or older"};
    case Question::kPensioner:
      return {"пенсионер", "a pensioner"};
    case Question::kIdentity:
      return {"кто это", "who this is"};
    case Question::kStudent:
      return {"учащийся", "a student"};
    case Question::kLargeFamily:
      return {"из многодетной семьи", "from a large family"};
    case Question::kDisability:
      break;
  }
  return {"есть инвалидность", "has a recorded disability"};
}

Words refusal_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::kExpired:
      return {"Код устарел. Попросите показать новый: он меняется каждые 30 секунд.",
              "The code has expired. Ask for a new one: it changes every 30 seconds."};
    case Verdict::kNotYetValid:
      return {"Код из будущего: проверьте часы на обоих устройствах.",
              "The code is from the future: check the clocks of both devices."};
    case Verdict::kForged:
      return {"Код подделан: подпись не сходится.",
              "The code is forged: a signature does not hold."};
    case Verdict::kUnknownIssuer:
      return {"Неизвестно, кто выдал этот код. Обновите список доверия.",
              "Nobody knows who issued this code. Renew the trust list."};
    case Verdict::kRevoked:
      return {"Код отозван.", "The code has been revoked."};
    default:
      break;
  }
  return {"Это не код цифрового ID.", "This is not a Digital ID code."};
}

std::string answer_words(const wallet::CheckResult& result, SpokenLanguage language) {
  const bool yes = result.verdict == Verdict::kYes;
  if (yes && result.identity) {
    return fmt::format(
        fmt::runtime(Words{"Да. {}, документ {}.", "Yes. {}, document {}."}.in(language)),
        result.identity->full_name, result.identity->document);
  }
  const Words answer =
      yes ? Words{"Да: {}.", "Yes: {}."}
          : Words{"Нет. Ответ на вопрос «{}»: нет.", "No. The answer to \"{}\" is no."};
  return fmt::format(fmt::runtime(answer.in(language)),
                     question_words(*result.question).in(language));
}

}  // namespace

SpokenLanguage spoken_language(std::string_view asked, std::string_view locale) {
  const std::string_view decisive = asked.empty() ? locale : asked;
  return decisive.starts_with("ru") ? SpokenLanguage::kRussian : SpokenLanguage::kEnglish;
}

std::string say(const wallet::CheckResult& result, SpokenLanguage language) {
  if (result.verdict != Verdict::kYes && result.verdict != Verdict::kNo) {
    return std::string(refusal_words(result.verdict).in(language));
  }
  return fmt::format("{} {} {}.", answer_words(result, language),
                     Words{"Выдал:", "Issued by"}.in(language), result.issuer_name);
}

codec::Json to_json(const wallet::CheckResult& result) {
  codec::JsonObject json;
  json["verdict"] = std::string(wallet::name_of(result.verdict));
  if (result.question) {
    json["question"] = std::string(wallet::name_of(*result.question));
    json["issuer_name"] = result.issuer_name;
    json["slot_age_s"] = result.slot_age_s;
  }
  if (result.identity) {
    json["full_name"] = result.identity->full_name;
    json["document"] = result.identity->document;
  }
  if (result.portrait_digest) json["portrait_sha256"] = core::to_hex(*result.portrait_digest);
  return json;
}

int exit_code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kYes:
      return kExitGood;
    case Verdict::kNo:
      return kExitFailed;
    case Verdict::kExpired:
      return kExitExpired;
    case Verdict::kNotYetValid:
      return kExitNotYetValid;
    case Verdict::kForged:
      return kExitForged;
    case Verdict::kUnknownIssuer:
      return kExitUnknownIssuer;
    case Verdict::kRevoked:
      return kExitRevoked;
    case Verdict::kMalformed:
      break;
  }
  return kExitMalformed;
}

}  // namespace app
