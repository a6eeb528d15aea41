#include "app/adapters/notice_mail.h"

#include <fmt/format.h>

#include "app/adapters/notice_delivery.h"
#include "identity/account/email_store.h"

namespace app {
namespace {

using store::OutboxOutcome;

}  // namespace

core::Result<OutboxOutcome> NoticeMail::deliver(const store::OutboxDelivery& delivery,
                                                core::Instant now) {
  const auto notice = identity::decode_notice(delivery.payload);
  if (!notice) return OutboxOutcome(store::GiveUp{notice.error().reason});
  if (!letters_.configured()) return OutboxOutcome(store::Delivered{});
  if (notice->at + identity::kNoticeLife <= now) {
    return OutboxOutcome(store::GiveUp{"account_notice.late"});
  }
  TRY(const auto email, ports_.data.read([&](store::UnitOfWork& unit) {
    return identity::sql::find_email(unit, notice->citizen_id, identity::sql::kEmailConfirmed);
  }));
  if (!email) return OutboxOutcome(store::Delivered{});
  TRY(const auto profile, ports_.vault.open({.citizen_id = notice->citizen_id,
                                             .category = vault::Category::kProfile,
                                             .purpose = vault::Purpose::kNotifyCitizen,
                                             .actor = vault::Actor::platform("notices"),
                                             .now = now}));
  const auto* address = vault::find_record(profile, "email:confirmed");
  // Removed in this very moment.
  if (address == nullptr) return OutboxOutcome(store::Delivered{});
  const bool english = email->language == "en";
  return letters_.send(delivery.dedup_key, address->value,
                       {.subject = fmt::format("{}: {}", installation_name_,
                                               english ? "about your account" : "о вашем кабинете"),
                        .text = notice_text(*notice, installation_name_, email->language) + "\n"},
                       now);
}

}  // namespace app
