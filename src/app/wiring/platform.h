// Platform: every part of the server, made once, in the order of their needs, and plugged into each
// other. Nothing here listens or works yet: serve.cpp starts listeners and workers around it.
#pragma once

#include <memory>
#include <optional>

#include "api/identity/challenge_api.h"
#include "api/identity/identity_api.h"
#include "api/privacy/consents_api.h"
#include "api/privacy/contractors.h"
#include "api/privacy/privacy_api.h"
#include "api/wallet/wallet_api.h"
#include "app/adapters/function_explainer.h"
#include "app/adapters/informing_delivery.h"
#include "app/adapters/notice_delivery.h"
#include "app/adapters/operator_delivery.h"
#include "app/adapters/registry_source.h"
#include "app/adapters/room_bridges.h"
#include "app/adapters/session_authenticator.h"
#include "app/adapters/vault_consents.h"
#include "app/config/config.h"
#include "app/config/jurisdiction.h"
#include "app/observe/metrics.h"
#include "app/system_clock.h"
#include "app/wiring/abuse_parts.h"
#include "app/wiring/account_parts.h"
#include "app/wiring/attribute_parts.h"
#include "app/wiring/authenticator_parts.h"
#include "app/wiring/edition_parts.h"
#include "app/wiring/esia_parts.h"
#include "app/wiring/log_parts.h"
#include "app/wiring/openid_parts.h"
#include "app/wiring/operator_parts.h"
#include "app/wiring/processing_parts.h"
#include "app/wiring/provider_parts.h"
#include "app/wiring/request_parts.h"
#include "crypto/key_provider.h"
#include "crypto/system_rng.h"
#include "http/client.h"

namespace app {

/// What is read from disk before anything is built.
struct Foundation {
  std::unique_ptr<store::Database> data;
  std::unique_ptr<store::Database> keys;
  std::unique_ptr<crypto::KeyProvider> root;
  privacy::EditionLibrary editions;
  std::vector<wallet::SigningKey> issuer_keys;
  crypto::P256PrivateKey trust_root;
  std::unique_ptr<OpenidKeys> openid_keys = {};
  std::unique_ptr<LogKeyFiles> log_keys = {};
  privacy::ProcessingRegister processing = {};
  std::vector<std::string> tagged = {};  ///< databases that got their country just now
};

/// Calls to the outside; each is absent when it is not configured.
struct Outside {
  std::vector<std::unique_ptr<http::Client>> clients;
  std::unique_ptr<EsiaParts> esia;
  std::unique_ptr<edges::registry::RegistryClient> registries;
  std::unique_ptr<OperatorParts> operators;
};

class Platform {
 public:
  /// Opens databases and keys and builds everything.
  /// Errors: whatever opening them says; kUnavailable "store.schema_old" when `beresta migrate` has
  /// not
  ///   been run.
  [[nodiscard]] static core::Result<std::unique_ptr<Platform>> make(
      const Config& config, const Jurisdiction& jurisdiction, const SystemClock& clock,
      crypto::SystemRng& rng, Metrics* metrics);

  /// The public route table.
  [[nodiscard]] std::vector<http::Route> routes();
  [[nodiscard]] http::Authenticator& authenticator() { return authenticator_; }
  [[nodiscard]] http::RefusalExplainer& explainer() { return explainer_; }
  /// Before the first request.
  void watch_esia_refusals(std::function<void(const core::Error&)> watcher) {
    if (outside_.esia) outside_.esia->provider().watch_refusals(std::move(watcher));
  }
  [[nodiscard]] store::Database& data() { return *ground_.data; }
  [[nodiscard]] store::Database& keys() { return *ground_.keys; }
  [[nodiscard]] wallet::DocumentService& documents() { return documents_; }
  [[nodiscard]] wallet::Revocations& revocations() { return revocations_; }
  [[nodiscard]] privacy::RequestService& requests() { return requests_.requests(); }
  [[nodiscard]] openid::LogoutService& logouts() { return openid_.logouts(); }
  [[nodiscard]] OperatorDelivery& operator_delivery() { return operator_delivery_; }
  [[nodiscard]] AccountParts& account() { return account_; }
  /// What is not counted but looked up whenever the metrics are read.
  void tell_metrics(Metrics& metrics) const { outside_.operators->tell_health(metrics); }
  [[nodiscard]] LogParts& transparency() { return transparency_; }
  [[nodiscard]] AbuseParts& abuse() { return abuse_; }
  [[nodiscard]] ProcessingParts& processing() { return *processing_; }
  [[nodiscard]] NoticeDelivery& notice_delivery() { return notice_delivery_; }
  [[nodiscard]] InformingDelivery& informing_delivery() { return *informing_; }
  /// Databases that were of no country until this start.
  [[nodiscard]] const std::vector<std::string>& tagged_stores() const { return ground_.tagged; }
  /// Removes what has ended: challenges, sessions, attestations, finished outbox rows.
  [[nodiscard]] core::Status purge(core::Instant now);

 private:
  Platform(const Config& config, const Jurisdiction& jurisdiction, Foundation ground,
           Outside outside, const SystemClock& clock, crypto::SystemRng& rng);
  /// Errors: kInvalidInput "editions.consent_incomplete".
  [[nodiscard]] core::Status plug_consent_rules(const privacy::ConsentRules& rules,
                                                core::Instant now);

  const Config& config_;
  const Jurisdiction& jurisdiction_;
  Foundation ground_;
  Outside outside_;
  VaultConsents vault_consents_;
  vault::Vault vault_;
  identity::PasswordHasher hasher_;
  AbuseParts abuse_;
  AuthenticatorBase authenticator_base_;
  identity::ChallengeService challenges_;
  identity::SessionService sessions_;
  ProviderParts providers_;
  identity::AssuranceService assurance_;
  AttributeParts attributes_;
  WalletRights rights_;
  RegistrySource registry_source_;
  wallet::DocumentService documents_;
  EndedConsents ended_;
  privacy::PrivacyService privacy_;
  EditionParts editions_;
  identity::RegistrationService registrations_;
  wallet::TrustAuthority trust_;
  wallet::Revocations revocations_;
  wallet::DeviceProof proofs_;
  wallet::DigitalIdService digital_id_;
  wallet::VerificationService verification_;
  audit::History history_;
  OperatorDelivery operator_delivery_;
  NoticeDelivery notice_delivery_;
  AccountParts account_;
  SessionAuthenticator authenticator_;
  FunctionExplainer explainer_;
  api::ChallengeApi challenge_api_;
  api::IdentityApi identity_api_;
  api::PrivacyApi privacy_api_{privacy_};
  api::WalletApi wallet_api_;
  AuthenticatorParts authenticators_;
  OpenidParts openid_;
  std::vector<api::Contractor> contractors_;
  api::ConsentsApi consents_api_;
  RequestParts requests_;
  LogParts transparency_;
  std::unique_ptr<ProcessingParts> processing_;   ///< there once made
  std::unique_ptr<InformingDelivery> informing_;  ///< the same
};

}  // namespace app
