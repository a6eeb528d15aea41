// RequestService: a person asks about their own data, sees the clock of the law run, reads the
// answer, takes the request back. What can be done at once is done at once. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "privacy/request/answer_notice.h"
#include "privacy/request/request_rules.h"
#include "privacy/request/types.h"
#include "privacy/service.h"
#include "store/database.h"
#include "vault/vault.h"

namespace privacy {

/// What somebody asks for.
struct NewRequest {
  RequestKind kind = RequestKind::kInformation;
  std::string language;                   ///< they read: "ru", "en"
  std::optional<ConsentPurpose> consent;  ///< withdrawn in the same transaction
  core::Secret<std::string> text;         ///< may be empty where needs_text says so
};

struct RequestPorts {
  store::Database& data;
  vault::Vault& vault;
  PrivacyService& privacy;
  core::Rng& rng;
  AnswerNotice* notice = nullptr;  ///< nullptr tells nobody
};

class RequestService {
 public:
  static constexpr std::size_t kTextBytesMax = 8000;
  /// Of one person: a desk that many letters choke serves nobody.
  static constexpr int kOpenMax = 20;
  static constexpr int kPerDayMax = 40;

  RequestService(RequestPorts ports, const RequestRules& rules) : ports_(ports), rules_(rules) {}

  [[nodiscard]] const RequestRules& rules() const { return rules_; }

  /// Takes a request in: its term is computed now and stored with the norm.
  /// Errors: kInvalidInput "request.text_required", "request.text_too_long",
  ///           "request.consent_not_with" the kind withdraws none;
  ///         kLimited "request.too_many"; those of PrivacyService::withdraw_within.
  [[nodiscard]] core::Result<RequestFile> receive(const core::CitizenId& citizen_id,
                                                  const NewRequest& wanted, core::Instant now);
  /// Newest first.
  [[nodiscard]] core::Result<std::vector<SubjectRequest>> list(const core::CitizenId& citizen_id);
  /// Errors: kNotFound "request.unknown", also for somebody else's.
  [[nodiscard]] core::Result<RequestFile> get(const core::CitizenId& citizen_id,
                                              const RequestId& id, core::Instant now);
  /// Takes it back. @param revision  as the person saw it.
  /// Errors: kNotFound "request.unknown"; kConflict "request.not_now", "http.precondition_failed".
  [[nodiscard]] core::Result<SubjectRequest> withdraw(const core::CitizenId& citizen_id,
                                                      const RequestId& id, std::int64_t revision,
                                                      core::Instant now);
  /// Notes what has become late, one person a transaction. @return how many.
  [[nodiscard]] core::Result<int> note_overdue(core::Instant now);

 private:
  [[nodiscard]] core::Status check(const NewRequest& wanted) const;

  RequestPorts ports_;
  const RequestRules& rules_;
};

}  // namespace privacy
