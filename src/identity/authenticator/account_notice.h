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
};
[[nodiscard]] std::string_view name_of(NoticeKind kind);

struct AccountNotice {
  CitizenId citizen_id;
  NoticeKind kind = NoticeKind::kNewDevice;
  std::string device;  ///< "Chrome, Android", where the kind is about one
  core::Instant at;
};

/// Errors: those of store::enqueue.
[[nodiscard]] core::Status enqueue_notice(store::UnitOfWork& unit, const AccountNotice& notice,
                                          core::Rng& rng);
/// Errors: kInternal "account_notice.malformed".
[[nodiscard]] core::Result<AccountNotice> decode_notice(core::ByteView payload);

}  // namespace identity
