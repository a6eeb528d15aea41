#include "app/adapters/notice_delivery.h"

#include <fmt/format.h>

#include <array>

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
constexpr std::array<Words, 11> kWords{{
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
}};

}  // namespace

std::string notice_text(const identity::AccountNotice& notice, std::string_view installation_name,
                        std::string_view language) {
  const auto& words = kWords.at(static_cast<std::size_t>(notice.kind));
  const bool english = language == "en";
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
  if (!router_.has(identity::Channel::kSms)) return OutboxOutcome(store::GiveUp{"operator.none"});
  TRY(const auto number, number_of(notice->citizen_id, now));
  // The account may have been deleted since.
  if (number.reveal().empty()) return OutboxOutcome(store::GiveUp{"citizen.unknown"});
  const auto text = notice_text(*notice, installation_name_, language_of(notice->citizen_id));
  const auto routing = router_.send(
      identity::Channel::kSms,
      {.id = delivery.dedup_key, .to = number, .text = core::Secret<std::string>(text), .code = {}},
      {});
  if (routing.handover) return OutboxOutcome(store::Delivered{});
  const auto& error = routing.handover.error();
  if (error.code == core::ErrorCode::kUnavailable) {
    return OutboxOutcome(store::RetryAfter{error.reason});
  }
  return OutboxOutcome(store::GiveUp{error.reason});
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
