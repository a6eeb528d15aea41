// VerificationService: the checker of the online interface: a trust list that follows key rotation,
// what was revoked, and whether this very code was already checked here. Safe from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "core/result.h"
#include "store/database.h"
#include "vault/vault.h"
#include "wallet/digital_id_check.h"
#include "wallet/revocations.h"

namespace wallet {

struct OnlineResult {
  CheckResult check;
  bool shown_before = false;
};

struct VerificationPorts {
  store::Database& data;
  vault::Vault& vault;
  Revocations& revocations;
};

class VerificationService {
 public:
  static constexpr std::size_t kBatchMax = 100;
  /// Codes remembered for shown_before; each lives 90 s at most.
  static constexpr std::size_t kRememberedMax = 200'000;

  VerificationService(VerificationPorts ports, TrustList trust)
      : ports_(ports), checker_(std::move(trust)) {}

  /// Judges a code. Computes only; no database.
  [[nodiscard]] OnlineResult verify(std::string_view code_text, core::Instant now);

  /// The portrait that belongs to a valid, fresh identity code; leaves an access record.
  /// Errors: kForbidden "code.not_valid" any verdict but yes, or another question;
  ///         kNotFound "portrait.absent"; the vault's and the store's.
  [[nodiscard]] core::Result<core::Secret<std::string>> portrait(std::string_view code_text,
                                                                 core::Instant now);

 private:
  [[nodiscard]] bool note_shown(std::string_view code_text, core::Instant now);

  VerificationPorts ports_;
  DigitalIdChecker checker_;
  std::mutex shown_mutex_;
  std::unordered_map<std::string, core::Instant> shown_;
};

}  // namespace wallet
