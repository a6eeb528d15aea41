// Notices to an account's owner that something about how one gets in has changed. Decided in the
// transaction that changed it, put into the outbox without any personal data: whoever delivers it
// looks the address up. Pure functions over an open unit of work.
#pragma once

#include <string>
#include <string_view>

#include "core/rng.h"
#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity {

/// The outbox kind of these notices.
inline constexpr std::string_view kAccountNoticeKind = "account.notice";
/// The same notice by e-mail, for accounts that have a confirmed one.
inline constexpr std::string_view kAccountNoticeMailKind = "account.notice_mail";
/// Not worth sending after this.
inline constexpr core::Duration kNoticeLife = std::chrono::hours(24);

enum class NoticeKind {
  kNewDevice,
  kPasswordChanged,
  kAccountRecovered,
  kPasskeyAdded,
  kPasskeyRemoved,
  kPasskeyCopied,
  kTotpOn,
  kTotpOff,
  kSecondFactorGuessed,
  kRecoveryCodesMade,
  kRecoveryCodeUsed,
  kNumberAdded,
  kNumberRemoved,
  kNumberReplaced,
  kNumberPrimary,
  kNumberChangeAsked,
  kEmailChanged,
  kEmailRemoved,
  kClosing,
  kInactive,
  kRequestAnswered,
  kDisputeAnswered,
};
[[nodiscard]] std::string_view name_of(NoticeKind kind);

struct AccountNotice {
  CitizenId citizen_id;
  NoticeKind kind = NoticeKind::kNewDevice;
  std::string device;  ///< "Chrome, Android", where the kind is about one; or a day
  core::Instant at;
};

/// The day of a moment as notices name it, in UTC: "26.11.2026".
[[nodiscard]] std::string notice_day(core::Instant at);

/// By SMS and by e-mail, each on its own. Errors: those of store::enqueue.
[[nodiscard]] core::Status enqueue_notice(store::UnitOfWork& unit, const AccountNotice& notice,
                                          core::Rng& rng);
/// Errors: kInternal "account_notice.malformed".
[[nodiscard]] core::Result<AccountNotice> decode_notice(core::ByteView payload);

}  // namespace identity
