// The tables of history that end by a term: what was done in the account, who looked, and the
// readable side of the transparency log. Safe from any thread.
#pragma once

#include "privacy/processing/retention_service.h"
#include "vault/vault.h"

namespace privacy {

/// From the moment of the line on.
class PastOperations final : public RetentionStep {
 public:
  /// @param sign_ins_longer  how much longer sign-ins are kept than other lines: where accounts
  ///                         close after a longer silence, their last visit is read from them.
  explicit PastOperations(core::Duration sign_ins_longer) : sign_ins_longer_(sign_ins_longer) {}
  [[nodiscard]] std::string_view table() const override { return "operation"; }
  [[nodiscard]] std::string_view category() const override { return "history"; }
  [[nodiscard]] core::Result<std::int64_t> count(store::UnitOfWork& unit,
                                                 core::Instant cutoff) override;
  [[nodiscard]] core::Result<std::int64_t> erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) override;

 private:
  core::Duration sign_ins_longer_;
};

/// From the moment somebody looked on.
class PastAccesses final : public RetentionStep {
 public:
  [[nodiscard]] std::string_view table() const override { return "access_record"; }
  [[nodiscard]] std::string_view category() const override { return "history"; }
  [[nodiscard]] core::Result<std::int64_t> count(store::UnitOfWork& unit,
                                                 core::Instant cutoff) override;
  [[nodiscard]] core::Result<std::int64_t> erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) override;
};

/// From the moment of the entry on, or from the answer to its dispute; with the answer's text. What
/// the tree holds stays.
class PastEntries final : public RetentionStep {
 public:
  explicit PastEntries(vault::Vault& vault) : vault_(vault) {}
  [[nodiscard]] std::string_view table() const override { return "log_entry"; }
  [[nodiscard]] std::string_view category() const override { return "history"; }
  [[nodiscard]] core::Result<std::int64_t> count(store::UnitOfWork& unit,
                                                 core::Instant cutoff) override;
  [[nodiscard]] core::Result<std::int64_t> erase(store::UnitOfWork& unit, core::Instant cutoff,
                                                 int rows_max) override;

 private:
  vault::Vault& vault_;
};

}  // namespace privacy
