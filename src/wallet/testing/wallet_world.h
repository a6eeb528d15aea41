// The wallet's services on real databases, with registries, rights and a device that a test
// scripts. For tests only.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "vault/testing/vault_world.h"
#include "wallet/digital_id_service.h"
#include "wallet/verification_service.h"

namespace world {

inline constexpr std::string_view kPassportAnswer =
    R"({"series":"9212","number":"345678","full_name":{"family_name":"Сафиуллина",)"
    R"("given_name":"Алсу","middle_name":"Ринатовна"},"birth_date":"1990-05-17",)"
    R"("birth_place":"Казань","sex":"female","issue_date":"2010-06-01","issued_by":"УФМС",)"
    R"("issue_id":"160-001","valid_until":null,"status":"valid",)"
    R"("portrait":{"media_type":"image/png","data":"iVBORw0KGgoAAAAA"}})";
inline constexpr std::string_view kStatusesAnswer = R"({"pensioner":true,"as_of":"2026-09-01"})";
inline constexpr std::string_view kSnilsAnswer =
    R"({"snils":"11223344595","full_name":{"family_name":"Сафиуллина","given_name":"Алсу"},)"
    R"("birth_date":"1990-05-17","status":"valid"})";

/// Registries by hand: an answer for each kind, or an error for all.
class HandSource final : public wallet::DocumentSource {
 public:
  [[nodiscard]] core::Result<std::string> fetch(wallet::DocumentKind kind,
                                                const core::Secret<std::string>& snils) override {
    asked.emplace_back(kind, snils.reveal());
    if (meanwhile) meanwhile();
    if (refusal) return core::fail(*refusal);
    const auto found = answers.find(kind);
    if (found == answers.end()) {
      return core::fail(core::ErrorCode::kNotFound, "registry.not_found");
    }
    return found->second;
  }

  std::map<wallet::DocumentKind, std::string> answers{
      {wallet::DocumentKind::kPassport, std::string(kPassportAnswer)},
      {wallet::DocumentKind::kSnils, std::string(kSnilsAnswer)},
      {wallet::DocumentKind::kStatuses, std::string(kStatusesAnswer)}};
  std::optional<core::Error> refusal;
  std::function<void()> meanwhile;  ///< happens while the registry thinks
  std::vector<std::pair<wallet::DocumentKind, std::string>> asked;
};

/// Rights by hand. The permission also is the vault's consent.
class HandRights final : public wallet::HolderRights {
 public:
  explicit HandRights(HandConsents& consents) : consents_(consents) {}

  [[nodiscard]] core::Status require_documents(const core::CitizenId& /*id*/) override {
    if (verified) return {};
    return core::fail(core::ErrorCode::kForbidden, "assurance.verified_required");
  }
  [[nodiscard]] core::Status require_digital_id(const core::CitizenId& id) override {
    return require_documents(id);
  }
  [[nodiscard]] core::Result<bool> may_ask_registries(store::UnitOfWork& unit,
                                                      const core::CitizenId& id) override {
    return consents_.hold_live(unit, {id, "registry_documents", {}, kNow});
  }

  bool verified = true;

 private:
  HandConsents& consents_;
};

/// A phone: its own key, and a key for every attestation.
struct HandDevice {
  [[nodiscard]] core::Bytes prove(std::string_view context, core::ByteView challenge,
                                  core::ByteView bound) const {
    core::Bytes message = core::to_bytes(core::as_bytes(context));
    message.insert(message.end(), challenge.begin(), challenge.end());
    message.insert(message.end(), bound.begin(), bound.end());
    const auto signature = key.sign(message);
    return {signature.begin(), signature.end()};
  }
  [[nodiscard]] wallet::DeviceApplication application(
      const wallet::DeviceChallenge& challenge) const {
    return {.name = "Телефон",
            .public_key = core::to_bytes(key.public_key().uncompressed()),
            .challenge = challenge.bytes,
            .proof = prove(wallet::DeviceProof::kRegisterContext, challenge.bytes, {})};
  }

  crypto::P256PrivateKey key;
};

/// The room, with one verified adult who has given the permission.
class WalletWorld : public VaultWorld {
 public:
  WalletWorld() : id(person()) {
    permit(true);
    know("snils", "11223344595");
    know("birth_date", "1990-05-17");
  }

  void permit(bool allowed) {
    const std::pair<core::CitizenId, std::string> consent{id, "registry_documents"};
    if (allowed) consents.live.insert(consent);
    if (!allowed) consents.live.erase(consent);
  }
  void know(std::string_view name, std::string_view value) {
    CORE_ASSERT(put(id, vault::Category::kProfile, name, value).has_value());
  }
  [[nodiscard]] crypto::P256PrivateKey new_key() {
    return crypto::P256PrivateKey::generate(databases.rng());
  }

  /// What stands in the outbox, oldest first, as a worker would hand it over.
  [[nodiscard]] std::vector<store::OutboxDelivery> outbox() {
    std::vector<store::OutboxDelivery> deliveries;
    for (const auto& row :
         run(databases.data(),
             "SELECT outbox_id, kind, dedup_key, payload FROM outbox ORDER BY outbox_id")) {
      deliveries.push_back({.id = row.id<store::OutboxId>(0),
                            .kind = std::string(row.text(1)),
                            .dedup_key = std::string(row.text(2)),
                            .payload = core::to_bytes(row.blob(3)),
                            .attempt = 1,
                            .created_at = kNow});
    }
    return deliveries;
  }
  /// Asks for the documents and lets the registries answer all of it.
  void fetch(const std::vector<wallet::DocumentKind>& kinds, core::Instant now = kNow) {
    run(databases.data(), "DELETE FROM outbox");
    CORE_ASSERT(documents.request(id, kinds, now).has_value());
    for (const auto& delivery : outbox()) {
      CORE_ASSERT(documents.deliver(delivery, now).has_value());
    }
  }
  /// A Digital ID on this device.
  [[nodiscard]] wallet::Device made(const HandDevice& device, core::Instant now = kNow) {
    const auto challenge = digital_id.challenge(id, now).value();
    return digital_id.register_device(id, device.application(challenge), now).value();
  }
  /// An application for attestations on these keys.
  [[nodiscard]] wallet::BatchApplication batch(const HandDevice& device,
                                               const wallet::DeviceId& device_id,
                                               wallet::Question question,
                                               const std::vector<crypto::P256PrivateKey>& keys,
                                               core::Instant now = kNow) {
    wallet::BatchApplication application;
    application.device_id = device_id;
    application.question = question;
    core::Bytes all;
    for (const auto& key : keys) {
      application.public_keys.push_back(core::to_bytes(key.public_key().uncompressed()));
      all.insert(all.end(), application.public_keys.back().begin(),
                 application.public_keys.back().end());
    }
    application.challenge = digital_id.challenge(id, now).value().bytes;
    application.proof = device.prove(wallet::DeviceProof::kBatchContext, application.challenge,
                                     crypto::sha256(all));
    return application;
  }

  core::CitizenId id;
  HandSource source;
  HandRights rights{consents};
  wallet::DocumentService documents{{databases.data(), vault, source, rights, databases.rng()}};
  wallet::TrustAuthority trust{
      new_key(),
      {{new_key(), kNow - std::chrono::hours(24), kNow + std::chrono::hours(24 * 365)}},
      "Республика"};
  wallet::Revocations revocations{databases.data()};
  wallet::DeviceProof proofs{crypto::Key256::generate(databases.rng()), databases.rng()};
  wallet::DigitalIdService digital_id{
      {databases.data(), vault, rights, documents, trust, revocations, proofs, databases.rng()},
      {}};
  wallet::VerificationService verification{{databases.data(), vault, revocations},
                                           trust.list(kNow)};
};

}  // namespace world
