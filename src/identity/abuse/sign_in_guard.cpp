#include "identity/abuse/sign_in_guard.h"

#include "crypto/digest.h"
#include "identity/abuse/counter_store.h"

namespace identity {
namespace {

constexpr std::string_view kDeviceKind = "password_device";
constexpr std::string_view kStrangersKind = "password_strangers";
constexpr std::string_view kNetworkKind = "password_network";
constexpr core::Duration kDay = std::chrono::hours(24);
constexpr core::Duration kHour = std::chrono::hours(1);

sql::CounterId strangers_of(const SignInAttempt& attempt) {
  return {kStrangersKind, attempt.login_index, kDay};
}

sql::CounterId network_of(const SignInAttempt& attempt) {
  return {kNetworkKind, attempt.network_index, kHour};
}

core::Bytes device_key(const SignInAttempt& attempt) {
  return core::to_bytes(crypto::sha256({attempt.login_index, *attempt.device}));
}

}  // namespace

core::Status SignInGuard::charge(const SignInAttempt& attempt, core::Instant now) {
  const int bits = attempt.work ? work_.bits_of(*attempt.work, attempt.login_index, now) : 0;
  return data_.write([&](store::UnitOfWork& unit) {
    return attempt.device ? charge_device(unit, attempt, now)
                          : charge_stranger(unit, attempt, bits, now);
  });
}

core::Status SignInGuard::charge_device(store::UnitOfWork& unit, const SignInAttempt& attempt,
                                        core::Instant now) const {
  const auto key = device_key(attempt);
  const sql::CounterId counter{kDeviceKind, key, policy_.device_window};
  TRY(const auto spent, sql::find_spent(unit, counter, now));
  if (spent >= policy_.device_failures_max) {
    core::Error error{core::ErrorCode::kLimited, "sign_in.too_many", {}};
    error.retry_after_s = static_cast<int>(counter.window.count() / 1'000'000);
    return core::fail(std::move(error));
  }
  TRY_VOID(sql::spend(unit, counter, 1, now));
  return {};
}

core::Status SignInGuard::charge_stranger(store::UnitOfWork& unit, const SignInAttempt& attempt,
                                          int work_bits, core::Instant now) const {
  TRY(const auto spent, sql::find_spent(unit, strangers_of(attempt), now));
  if (spent >= policy_.strangers_failures_max) {
    return core::fail(core::ErrorCode::kForbidden, "sign_in.code_needed");
  }
  TRY(const auto from_network, sql::find_spent(unit, network_of(attempt), now));
  if (from_network >= policy_.network_failures_free) {
    bool worked = work_bits >= policy_.work_bits;
    if (worked) {
      TRY(worked, use_up_work(unit, *attempt.work, now));
    }
    if (!worked) return core::fail(core::ErrorCode::kForbidden, "sign_in.work_needed");
  }
  TRY_VOID(sql::spend(unit, strangers_of(attempt), 1, now));
  TRY_VOID(sql::spend(unit, network_of(attempt), 1, now));
  return {};
}

core::Status SignInGuard::forgive(store::UnitOfWork& unit, const SignInAttempt& attempt,
                                  core::Instant now) {
  if (attempt.device) {
    const auto key = device_key(attempt);
    return sql::forget_spent(unit, {kDeviceKind, key, policy_.device_window});
  }
  // A stranger who knows one password must not reset the count for the next guess of another.
  TRY_VOID(sql::spend(unit, strangers_of(attempt), -1, now));
  TRY_VOID(sql::spend(unit, network_of(attempt), -1, now));
  return {};
}

}  // namespace identity
