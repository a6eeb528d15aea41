// The tables of the privacy room that end by a term: consents withdrawn, acceptances of editions
// that were followed by a newer one, requests that are closed. Safe from any thread.
#pragma once

#include "privacy/processing/retention_service.h"
#include "vault/vault.h"

namespace privacy {

/// From the withdrawal on, or from the day it expired.
class WithdrawnConsents final : public RetentionStep {
 public:
  [[nodiscard]] std::string_view table() const override { return "consent"; }
  [[nodiscard]] std::string_view category() const override { return "agreements"; }
  [[nodiscard]] core::Result<std::int64_t> count(store::UnitOfWork& unit,
                                                 core::Instant cutoff) override;
  [[nodiscard]] core::Result<std::int64_t> erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) override;
};

/// From the acceptance of a newer edition on. The newest stays as long as the account.
class FollowedAcceptances final : public RetentionStep {
 public:
  [[nodiscard]] std::string_view table() const override { return "acceptance"; }
  [[nodiscard]] std::string_view category() const override { return "agreements"; }
  [[nodiscard]] core::Result<std::int64_t> count(store::UnitOfWork& unit,
                                                 core::Instant cutoff) override;
  [[nodiscard]] core::Result<std::int64_t> erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) override;
};

/// What is kept of people who have left, from the end of what they agreed to on.
class KeptConsents final : public RetentionStep {
 public:
  [[nodiscard]] std::string_view table() const override { return "kept_consent"; }
  [[nodiscard]] std::string_view category() const override { return "agreements"; }
  [[nodiscard]] core::Result<std::int64_t> count(store::UnitOfWork& unit,
                                                 core::Instant cutoff) override;
  [[nodiscard]] core::Result<std::int64_t> erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) override;
};

/// From the answer on, with every step and every text of the request.
class ClosedRequests final : public RetentionStep {
 public:
  explicit ClosedRequests(vault::Vault& vault) : vault_(vault) {}
  [[nodiscard]] std::string_view table() const override { return "subject_request"; }
  [[nodiscard]] std::string_view category() const override { return "requests"; }
  [[nodiscard]] core::Result<std::int64_t> count(store::UnitOfWork& unit,
                                                 core::Instant cutoff) override;
  [[nodiscard]] core::Result<std::int64_t> erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) override;

 private:
  vault::Vault& vault_;
};

}  // namespace privacy
