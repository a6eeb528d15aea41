#include "identity/abuse/sign_in_guard.h"

#include "crypto/digest.h"
#include "identity/abuse/counter_store.h"

namespace identity {
namespace {

constexpr std::string_view kDeviceKind = "password_device";
constexpr std::string_view kStrangersKind = "password_strangers";
constexpr core::Duration kDay = std::chrono::hours(24);

core::Bytes key_of(const SignInAttempt& attempt) {
  if (!attempt.device) return attempt.login_index;
  return core::to_bytes(crypto::sha256({attempt.login_index, *attempt.device}));
}

}  // namespace

core::Status SignInGuard::charge(const SignInAttempt& attempt, core::Instant now) {
  const auto key = key_of(attempt);
  const sql::CounterId counter{attempt.device ? kDeviceKind : kStrangersKind, key,
                               attempt.device ? policy_.device_window : kDay};
  const auto max = attempt.device ? policy_.device_failures_max : policy_.strangers_failures_max;
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto spent, sql::find_spent(unit, counter, now));
    if (spent < max) {
      TRY_VOID(sql::spend(unit, counter, 1, now));
      return {};
    }
    if (!attempt.device) return core::fail(core::ErrorCode::kForbidden, "sign_in.code_needed");
    core::Error error{core::ErrorCode::kLimited, "sign_in.too_many", {}};
    error.retry_after_s = static_cast<int>(counter.window.count() / 1'000'000);
    return core::fail(std::move(error));
  });
}

core::Status SignInGuard::forgive(store::UnitOfWork& unit, const SignInAttempt& attempt,
                                  core::Instant now) {
  const auto key = key_of(attempt);
  if (attempt.device) return sql::forget_spent(unit, {kDeviceKind, key, policy_.device_window});
  // A stranger who knows one password must not reset the count for the next guess of another.
  TRY_VOID(sql::spend(unit, {kStrangersKind, key, kDay}, -1, now));
  return {};
}

}  // namespace identity
