// What each room holds of a citizen, in the words of the identity room: freezing an account and
// erasing it reach every room through these. Safe from any thread.
#pragma once

#include "identity/account/account_holder.h"
#include "openid/logout/logout_service.h"

namespace app {

/// Documents and the Digital ID: codes stop working the moment the account is frozen.
class WalletHolder final : public identity::AccountHolder {
 public:
  [[nodiscard]] core::Status freeze(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                    core::Instant now) override;
  [[nodiscard]] core::Status erase(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                   identity::ErasureCounts& counts) override;
};

/// Consents, acceptances and requests: what was agreed to is kept for its term, without the person.
class PrivacyHolder final : public identity::AccountHolder {
 public:
  [[nodiscard]] core::Status freeze(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                    core::Instant now) override;
  [[nodiscard]] core::Status erase(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                   identity::ErasureCounts& counts) override;
};

/// Tokens and agreements with parties: they work no longer from the moment of freezing, and the
/// parties that want to know of a sign-out are told.
class OpenidHolder final : public identity::AccountHolder {
 public:
  /// Before the first request.
  void plug(openid::LogoutService& logouts) { logouts_ = &logouts; }
  [[nodiscard]] core::Status freeze(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                    core::Instant now) override;
  [[nodiscard]] core::Status erase(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                   identity::ErasureCounts& counts) override;

 private:
  openid::LogoutService* logouts_ = nullptr;
};

/// Personal records, who read them, and the history.
class RecordHolder final : public identity::AccountHolder {
 public:
  [[nodiscard]] core::Status freeze(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                    core::Instant now) override;
  [[nodiscard]] core::Status erase(store::UnitOfWork& unit, const identity::Erasure& erasure,
                                   identity::ErasureCounts& counts) override;
};

}  // namespace app
