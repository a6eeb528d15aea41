// DisputeService: the data-protection officer answers what people dispute in the log, and people
// read the answer. What an entry says is shown to an officer only together with an access record
// under the officer's account. Who is an officer is the caller's to check. Safe from any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/dispute.h"
#include "audit/log_service.h"
#include "core/secret.h"
#include "privacy/request/answer_notice.h"
#include "vault/vault.h"

namespace privacy {

/// A dispute as an officer sees it.
struct DisputeFile {
  audit::Dispute dispute;
  std::optional<audit::OpenedEntry> entry;  ///< absent when its key is gone
  std::optional<core::Secret<std::string>> answer;
};

/// Under which name the vault keeps the answer, among the person's requests.
[[nodiscard]] std::string dispute_answer_name(const audit::EntryId& entry_id);

/// What an officer found.
struct DisputeAnswer {
  core::CitizenId officer_id;
  audit::EntryId entry_id;
  std::string outcome;  ///< rightful or wrongful
  core::Secret<std::string> text;
};

/// All must outlive it.
struct DisputePorts {
  store::Database& data;
  vault::Vault& vault;
  audit::LogService& log;
  AnswerNotice& notice;
  core::Rng& rng;
};

class DisputeService {
 public:
  static constexpr std::size_t kTextBytesMax = 16'000;
  static constexpr int kPageMax = 50;

  explicit DisputeService(DisputePorts ports) : ports_(ports) {}

  /// Without a word of anybody: open ones, the oldest first; or answered ones, the newest first.
  [[nodiscard]] core::Result<std::vector<audit::Dispute>> page(
      bool open, const std::optional<audit::sql::DisputeCursor>& after, int rows_max);
  /// One of them with what the entry says. Errors: kNotFound "dispute.unknown".
  [[nodiscard]] core::Result<DisputeFile> get(const core::CitizenId& officer_id,
                                              const audit::EntryId& entry_id, core::Instant now);
  /// Once; the person is told that there is an answer.
  /// Errors: kNotFound "dispute.unknown"; kForbidden "dispute.own" the officer disputes it
  ///         themselves; kConflict "dispute.answered_already"; kInvalidInput
  ///         "dispute.outcome_unknown", "dispute.text_required", "dispute.text_too_long".
  [[nodiscard]] core::Result<audit::Dispute> answer(const DisputeAnswer& answer, core::Instant now);
  /// The words of every answer to this person, for themselves.
  [[nodiscard]] core::Result<std::map<audit::EntryId, core::Secret<std::string>>> answers_to(
      const core::CitizenId& citizen_id, core::Instant now);

 private:
  [[nodiscard]] core::Result<audit::Dispute> find(const audit::EntryId& entry_id);

  DisputePorts ports_;
};

}  // namespace privacy
