#include "app/adapters/notice_delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "identity/account/letter.h"

namespace app {
namespace {

using identity::NoticeKind;
using store::OutboxOutcome;

struct Words {
  std::string_view ru;
  std::string_view en;
};

/// By NoticeKind. One SMS of 70 characters is not always enough; two are. What to do is in the
/// cabinet and not behind a link: people are taught not to follow links in messages.
constexpr std::array<Words, 22> kWords{{
    {"новый вход в кабинет", "a new sign-in to your account"},
    {"пароль изменён", "your password was changed"},
    {"доступ к кабинету восстановлен с новым паролем",
     "your account was recovered with a new password"},
    {"добавлен ключ входа", "a passkey was added"},
    {"ключ входа удалён", "a passkey was removed"},
    {"ключ входа отклонён: похоже, с него сняли копию",
     "a passkey was refused: it looks like a copy"},
    {"включены коды из приложения", "codes from an app were turned on"},
    {"коды из приложения выключены", "codes from an app were turned off"},
    {"кто-то знает ваш пароль и подбирает второй код. Смените пароль",
     "somebody knows your password and is guessing the second code. Change your password"},
    {"созданы новые запасные коды", "new recovery codes were made"},
    {"использован запасной код", "a recovery code was used"},
    {"в кабинет добавлен ещё один номер", "one more number was added to your account"},
    {"номер убран из кабинета", "a number was removed from your account"},
    {"номер в кабинете заменён другим", "a number of your account was replaced by another"},
    {"основной номер теперь другой", "another number is the primary one now"},
    {"ваш номер назвали потерянным, его заменят другим",
     "your number was called lost, another will take its place"},
    {"почта кабинета изменена", "the e-mail of your account was changed"},
    {"почта убрана из кабинета", "the e-mail of your account was removed"},
    {"кабинет закрывается, {} данные будут удалены. Чтобы остаться, войдите и нажмите «Остаться».",
     "your account is closing, on {} the data will be erased. To stay, sign in and press “Stay”."},
    {"вы давно не входили. {} кабинет начнёт закрываться. Войдите один раз, и всё останется.",
     "you have not signed in for long. On {} the account begins to close. Sign in once and it "
     "stays."},
    {"на ваше обращение о данных есть ответ. Войдите и откройте «Мои обращения».",
     "your request about your data was answered. Sign in and open “My requests”."},
    {"на ваше возражение есть ответ. Войдите и откройте «Кто смотрел».",
     "your objection was answered. Sign in and open “Who looked”."},
}};

/// What a number that left is told: nobody can sign in by it to look.
struct FormerWords {
  std::string_view topic;
  Words words;
};
constexpr std::array<FormerWords, 4> kFormerWords{{
    {"number_replaced",
     {"этот номер заменён другим и больше не открывает ваш кабинет",
      "this number was replaced by another and no longer opens your account"}},
    {"number_removed",
     {"этот номер убран и больше не открывает ваш кабинет",
      "this number was removed and no longer opens your account"}},
    {"number_primary",
     {"основным стал другой номер, сообщения придут на него",
      "another number is the primary one now, messages go there"}},
    {"number_losing",
     {"этот номер назвали потерянным, его заменят другим. Если он у вас, войдите по нему и "
      "отмените "
      "замену: «Мои номера»",
      "this number was called lost, another will take its place. If you hold it, sign in by it and "
      "cancel: “My numbers”"}},
}};

}  // namespace

std::string notice_text(const identity::AccountNotice& notice, std::string_view installation_name,
                        std::string_view language) {
  const auto& words = kWords.at(static_cast<std::size_t>(notice.kind));
  const bool english = language == "en";
  // These say themselves what to do; some name a day.
  if (notice.kind >= NoticeKind::kClosing) {
    return fmt::format("{}: {}", installation_name,
                       fmt::format(fmt::runtime(english ? words.en : words.ru), notice.device));
  }
  const auto device = notice.device.empty() ? std::string() : " (" + notice.device + ")";
  if (english) {
    return fmt::format("{}: {}{}. If this was not you, sign in and open Security.",
                       installation_name, words.en, device);
  }
  return fmt::format("{}: {}{}. Если это не вы, войдите и откройте «Безопасность».",
                     installation_name, words.ru, device);
}

core::Result<OutboxOutcome> NoticeDelivery::deliver(const store::OutboxDelivery& delivery,
                                                    core::Instant now) {
  const auto notice = identity::decode_notice(delivery.payload);
  if (!notice) return OutboxOutcome(store::GiveUp{notice.error().reason});
  if (notice->at + identity::kNoticeLife <= now) {
    return OutboxOutcome(store::GiveUp{"account_notice.late"});
  }
  if (!configured()) return OutboxOutcome(store::GiveUp{"operator.none"});
  TRY(const auto number, number_of(notice->citizen_id, now));
  // The account may have been deleted since.
  if (number.reveal().empty()) return OutboxOutcome(store::GiveUp{"citizen.unknown"});
  return send(delivery.dedup_key, number,
              notice_text(*notice, installation_name_, language_of(notice->citizen_id)));
}

core::Result<OutboxOutcome> NoticeDelivery::deliver_former(const store::OutboxDelivery& delivery) {
  const auto letter = identity::open_letter(vault_, {delivery.dedup_key, delivery.payload});
  if (!letter) return OutboxOutcome(store::GiveUp{letter.error().reason});
  if (!configured()) return OutboxOutcome(store::GiveUp{"operator.none"});
  const auto found = std::find_if(kFormerWords.begin(), kFormerWords.end(),
                                  [&](const auto& one) { return one.topic == letter->topic; });
  const auto citizen_id = core::CitizenId::parse(letter->detail.reveal());
  if (found == kFormerWords.end() || !citizen_id) {
    return OutboxOutcome(store::GiveUp{"letter.malformed"});
  }
  const bool english = language_of(*citizen_id) == "en";
  auto text = english ? fmt::format(
                            "{}: {}. If this was not you, read “No access to the number” "
                            "on the sign-in page.",
                            installation_name_, found->words.en)
                      : fmt::format(
                            "{}: {}. Если это не вы, откройте «Нет доступа к номеру» на "
                            "странице входа.",
                            installation_name_, found->words.ru);
  return send(delivery.dedup_key, letter->to, std::move(text));
}

OutboxOutcome NoticeDelivery::send(const std::string& id, const core::Secret<std::string>& to,
                                   std::string text) {
  const auto routing = router_.send(
      identity::Channel::kSms,
      {.id = id, .to = to, .text = core::Secret<std::string>(std::move(text)), .code = {}}, {});
  if (routing.handover) return store::Delivered{};
  const auto& error = routing.handover.error();
  if (error.code == core::ErrorCode::kUnavailable) return store::RetryAfter{error.reason};
  return store::GiveUp{error.reason};
}

core::Result<core::Secret<std::string>> NoticeDelivery::number_of(const core::CitizenId& citizen_id,
                                                                  core::Instant now) {
  TRY(const auto profile, vault_.open({.citizen_id = citizen_id,
                                       .category = vault::Category::kProfile,
                                       .purpose = vault::Purpose::kNotifyCitizen,
                                       .actor = vault::Actor::platform("notices"),
                                       .now = now}));
  const auto* phone = vault::find_record(profile, "phone");
  return phone == nullptr ? core::Secret<std::string>() : phone->value;
}

std::string NoticeDelivery::language_of(const core::CitizenId& citizen_id) {
  const auto overview = privacy_.overview(citizen_id);
  if (!overview || overview->acceptances.empty()) return "ru";
  return overview->acceptances.front().seen.language;
}

store::OutboxPolicy NoticeDelivery::policy() {
  return {.attempts_max = 20,
          .backoff_first = std::chrono::seconds(2),
          .backoff_max = std::chrono::minutes(10),
          .lease = std::chrono::seconds(30)};
}

}  // namespace app
