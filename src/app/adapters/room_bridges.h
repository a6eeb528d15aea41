// Where rooms that never include each other meet: each small interface a room declares in its own
// words, answered by another room. Safe from any thread; what they refer to must outlive them.
#pragma once

#include <functional>

#include "identity/assurance/function_gate.h"
#include "identity/assurance/link_service.h"
#include "identity/registration/registration_service.h"
#include "privacy/service.h"
#include "wallet/digital_id_service.h"
#include "wallet/document_service.h"

namespace app {

/// The wallet asks what a citizen may use.
class WalletRights final : public wallet::HolderRights {
 public:
  /// The rows of the web client hold: the installed app is the same pages in the same session.
  WalletRights(identity::FunctionGate& gate, std::function<core::Instant()> now)
      : gate_(gate), now_(std::move(now)) {}

  [[nodiscard]] core::Status require_documents(const core::CitizenId& id) override;
  [[nodiscard]] core::Status require_digital_id(const core::CitizenId& id) override;
  [[nodiscard]] core::Result<bool> may_ask_registries(store::UnitOfWork& unit,
                                                      const core::CitizenId& id) override;

 private:
  identity::FunctionGate& gate_;
  std::function<core::Instant()> now_;
};

/// With the proof of who the person is, what rests on it ends: documents and the Digital ID.
class WalletEnds final : public identity::LevelFallen {
 public:
  WalletEnds(wallet::DocumentService& documents, wallet::DigitalIdService& digital_id)
      : documents_(documents), digital_id_(digital_id) {}

  [[nodiscard]] core::Status level_fell(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                        core::Instant now) override;

 private:
  wallet::DocumentService& documents_;
  wallet::DigitalIdService& digital_id_;
};

/// A withdrawn permission takes its documents with it.
class EndedConsents final : public privacy::ConsentEnded {
 public:
  explicit EndedConsents(wallet::DocumentService& documents) : documents_(documents) {}

  [[nodiscard]] core::Status consent_ended(store::UnitOfWork& unit,
                                           const core::CitizenId& citizen_id,
                                           privacy::ConsentPurpose purpose) override;

 private:
  wallet::DocumentService& documents_;
};

/// Registration has its papers judged and recorded.
class PrivacyPapers final : public identity::RegistrationPapers {
 public:
  explicit PrivacyPapers(privacy::PrivacyService& privacy) : privacy_(privacy) {}

  [[nodiscard]] core::Status check_agreement(const identity::SeenEdition& seen,
                                             core::Instant now) override;
  [[nodiscard]] core::Status check_consent(const identity::SeenEdition& seen,
                                           core::Instant now) override;
  [[nodiscard]] core::Status record(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                    const identity::EditionAct& agreement,
                                    const identity::EditionAct& consent) override;

 private:
  privacy::PrivacyService& privacy_;
};

}  // namespace app
