#include "app/adapters/farewell_delivery.h"

#include <fmt/format.h>

#include "identity/account/farewell.h"

namespace app {
namespace {

using store::OutboxOutcome;

std::string sms_text(const identity::Farewell& farewell, const std::string& name) {
  const auto& receipt = farewell.receipt.reveal();
  if (farewell.language == "en") {
    return fmt::format("{}: your account is erased. Receipt {}.", name, receipt);
  }
  return fmt::format("{}: ваш кабинет удалён. Квитанция {}.", name, receipt);
}

}  // namespace

core::Result<OutboxOutcome> FarewellDelivery::deliver(const store::OutboxDelivery& delivery) {
  const auto opened =
      vault_.open_transient(identity::farewell_place(delivery.dedup_key), delivery.payload);
  if (!opened) return OutboxOutcome(store::GiveUp{opened.error().reason});
  const auto farewell = identity::decode_farewell(*opened);
  if (!farewell) return OutboxOutcome(store::GiveUp{farewell.error().reason});
  const auto outcome =
      operators_.send(identity::Channel::kSms,
                      {.id = delivery.dedup_key.substr(0, 32),
                       .to = farewell->to,
                       .text = core::Secret<std::string>(sms_text(*farewell, installation_name_)),
                       .code = {}},
                      {});
  if (outcome.handover) return OutboxOutcome(store::Delivered{});
  const auto& error = outcome.handover.error();
  if (error.code == core::ErrorCode::kUnavailable) {
    return OutboxOutcome(store::RetryAfter{error.reason});
  }
  return OutboxOutcome(store::GiveUp{error.reason});
}

}  // namespace app
