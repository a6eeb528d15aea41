// DigitalIdService: makes the Digital ID on one device and issues its attestations in batches, one
// for each key the device made. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "store/database.h"
#include "vault/vault.h"
#include "wallet/device_proof.h"
#include "wallet/digital_id_code.h"
#include "wallet/document_service.h"
#include "wallet/revocations.h"
#include "wallet/trust_authority.h"
#include "wallet/types.h"

namespace wallet {

/// From the jurisdiction.
struct DigitalIdPolicy {
  int age_min = 18;  ///< full years
  int utc_offset_minutes = 180;
  core::Duration attestation_life = std::chrono::hours(24 * 6);
};

enum class Obstacle { kNotVerified, kUnderAge, kBirthDateUnknown };
/// "under_18"...: the name in the HTTP interface.
[[nodiscard]] std::string_view name_of(Obstacle obstacle);

enum class QuestionReadiness { kReady, kPending, kUnavailable };
[[nodiscard]] std::string_view name_of(QuestionReadiness readiness);

/// One question, and what a checker would be told.
struct QuestionState {
  Question question = Question::kAgeOver18;
  QuestionReadiness readiness = QuestionReadiness::kUnavailable;
  std::optional<Answer> answer;
  bool has_portrait = false;
};

struct DigitalIdOverview {
  std::vector<Obstacle> obstacles;
  std::optional<Device> device;
  std::vector<QuestionState> questions;
};

/// A device asks to hold the Digital ID.
struct DeviceApplication {
  std::string name;
  core::Bytes public_key;  ///< SEC1 uncompressed
  core::Bytes challenge;
  core::Bytes proof;
  bool replace = false;
};

/// A device asks for attestations.
struct BatchApplication {
  DeviceId device_id;
  Question question = Question::kAgeOver18;
  std::vector<core::Bytes> public_keys;  ///< SEC1 uncompressed, 1..kBatchMax
  core::Bytes challenge;
  core::Bytes proof;
};

struct AttestationBatch {
  std::vector<core::Bytes> attestations;  ///< in the order of the keys
  core::Instant expires_at;
};

struct DigitalIdPorts {
  store::Database& data;
  vault::Vault& vault;
  HolderRights& rights;
  DocumentService& documents;
  const TrustAuthority& trust;
  Revocations& revocations;
  DeviceProof& proofs;
  core::Rng& rng;
};

class DigitalIdService {
 public:
  static constexpr std::size_t kBatchMax = 16;
  static constexpr std::size_t kDeviceNameBytesMax = 64;

  DigitalIdService(DigitalIdPorts ports, DigitalIdPolicy policy) : ports_(ports), policy_(policy) {}

  [[nodiscard]] core::Result<DigitalIdOverview> overview(const CitizenId& id, core::Instant now);
  /// Errors: kForbidden "assurance.verified_required".
  [[nodiscard]] core::Result<DeviceChallenge> challenge(const CitizenId& id, core::Instant now);
  /// Errors: kForbidden "assurance.verified_required", "digital_id.under_18",
  ///   "digital_id.birth_date_unknown"; kConflict "wallet.device_exists"; kInvalidInput
  ///   "device.key_malformed", "device.name_malformed"; those of DeviceProof::check.
  [[nodiscard]] core::Result<Device> register_device(const CitizenId& id,
                                                     const DeviceApplication& application,
                                                     core::Instant now);
  /// Errors: kNotFound "device.unknown".
  [[nodiscard]] core::Status remove_device(const CitizenId& id, const DeviceId& device_id,
                                           core::Instant now);
  /// Errors: kNotFound "device.unknown"; kConflict "digital_id.answer_unknown" the registry has not
  ///   answered yet; kInvalidInput "digital_id.batch_size", "device.key_malformed"; and as
  ///   register_device.
  [[nodiscard]] core::Result<AttestationBatch> issue(const CitizenId& id,
                                                     const BatchApplication& application,
                                                     core::Instant now);

  /// Inside the transaction that ends the proof of who the person is: every device and attestation
  /// of theirs. Checkers learn of it with the next refresh of the revocations.
  [[nodiscard]] core::Status remove_all(store::UnitOfWork& unit, const CitizenId& id,
                                        core::Instant now);
  /// Removes what has expired. @return rows removed.
  [[nodiscard]] core::Result<std::int64_t> purge(core::Instant now);

 private:
  /// What is known of the holder, in clear.
  struct Holder {
    std::optional<core::Date> birth_date;
    std::optional<DocumentRecord> passport;
    std::optional<DocumentRecord> statuses;
    std::optional<crypto::Digest256> portrait_digest;
  };
  [[nodiscard]] core::Result<Holder> find_holder(const CitizenId& id, vault::Purpose purpose,
                                                 const vault::Actor& actor, core::Instant now);
  [[nodiscard]] std::vector<Obstacle> obstacles(const Holder& holder, core::Instant now) const;
  [[nodiscard]] std::optional<Answer> answer(Question question, const Holder& holder,
                                             core::Instant now) const;
  [[nodiscard]] core::Status require_eligible(const CitizenId& id, core::Instant now);

  DigitalIdPorts ports_;
  DigitalIdPolicy policy_;
};

}  // namespace wallet
