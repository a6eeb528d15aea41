#include "identity/authenticator/account_notice.h"

#include <array>

#include "codec/json.h"
#include "store/outbox.h"

namespace identity {
namespace {

using NoticeId = core::StrongId<struct NoticeIdTag>;

constexpr std::array<std::string_view, 22> kNames{"new_device",
                                                  "password_changed",
                                                  "account_recovered",
                                                  "passkey_added",
                                                  "passkey_removed",
                                                  "passkey_copied",
                                                  "totp_on",
                                                  "totp_off",
                                                  "second_factor_guessed",
                                                  "recovery_codes_made",
                                                  "recovery_code_used",
                                                  "number_added",
                                                  "number_removed",
                                                  "number_replaced",
                                                  "number_primary",
                                                  "number_change_asked",
                                                  "email_changed",
                                                  "email_removed",
                                                  "closing",
                                                  "inactive",
                                                  "request_answered",
                                                  "dispute_answered"};
constexpr std::size_t kDeviceBytesMax = 120;

core::Result<AccountNotice> decoded(std::string_view text) {
  TRY(const auto json, codec::parse_json(text));
  TRY(auto fields, codec::JsonFields::of(json));
  TRY(const auto citizen, fields.string("citizen_id", 36));
  TRY(const auto kind, fields.string("kind", 32));
  TRY(const auto device, fields.string("device", kDeviceBytesMax));
  TRY(const auto at, fields.string("at", 32));
  AccountNotice notice;
  TRY(notice.citizen_id, CitizenId::parse(citizen));
  TRY(notice.at, core::from_rfc3339(at));
  notice.device = device;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames.at(i) != kind) continue;
    notice.kind = static_cast<NoticeKind>(i);
    return notice;
  }
  return core::fail(core::ErrorCode::kInternal, "account_notice.malformed");
}

}  // namespace

std::string_view name_of(NoticeKind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

core::Status enqueue_notice(store::UnitOfWork& unit, const AccountNotice& notice, core::Rng& rng) {
  const auto text =
      codec::to_text(codec::JsonObject{{"citizen_id", notice.citizen_id.to_string()},
                                       {"kind", name_of(notice.kind)},
                                       {"device", notice.device.substr(0, kDeviceBytesMax)},
                                       {"at", core::to_rfc3339(notice.at)}});
  store::OutboxMessage message;
  message.dedup_key = NoticeId::make(notice.at, rng).to_string();
  message.payload = core::to_bytes(core::as_bytes(text));
  message.kind = kAccountNoticeKind;
  TRY_VOID(store::enqueue(unit, message, notice.at, rng));
  // What became of an address is told to that address by a letter of its own.
  if (notice.kind == NoticeKind::kEmailChanged || notice.kind == NoticeKind::kEmailRemoved) {
    return {};
  }
  message.kind = kAccountNoticeMailKind;
  TRY_VOID(store::enqueue(unit, message, notice.at, rng));
  return {};
}

std::string notice_day(core::Instant at) {
  const auto text = core::to_rfc3339(at);  // 2026-11-26T...
  return text.substr(8, 2) + "." + text.substr(5, 2) + "." + text.substr(0, 4);
}

core::Result<AccountNotice> decode_notice(core::ByteView payload) {
  auto notice = decoded(core::as_text(payload));
  if (notice) return notice;
  return core::fail(core::ErrorCode::kInternal, "account_notice.malformed", notice.error().reason);
}

}  // namespace identity
