// InactivityService: an account that nobody opens is not kept for ever. Its owner is warned twice,
// by every channel the account has; whoever signs in once stays as before. Then the account goes
// the way of a deletion, with its term to change one's mind. May run in several processes; one
// object belongs to one thread.
#pragma once

#include "core/result.h"
#include "core/rng.h"
#include "identity/account/deletion_service.h"
#include "identity/account/inactivity_store.h"
#include "store/database.h"

namespace identity {

struct InactivityPolicy {
  /// Without a visit for so long an account closes; zero = never.
  core::Duration after{0};
  /// How long before it the first warning goes out; never less than this passes after it.
  core::Duration first_warning = std::chrono::hours(24 * 30);
  core::Duration second_warning = std::chrono::hours(24 * 7);
};

/// What a run did, or would do.
struct InactivityOutcome {
  std::int64_t warned = 0;
  std::int64_t warned_again = 0;
  std::int64_t came_back = 0;
  std::int64_t closed = 0;
};

/// What would happen now, over all accounts, without doing it; nobody's number is read.
/// Errors: the store's.
[[nodiscard]] core::Result<InactivityOutcome> foresee_inactivity(store::Database& data,
                                                                 const InactivityPolicy& policy,
                                                                 core::Instant now);

class InactivityService {
 public:
  /// Accounts that are acted upon in one step.
  static constexpr int kBatchMax = 50;

  InactivityService(store::Database& data, DeletionService& deletions, core::Rng& rng,
                    InactivityPolicy policy)
      : data_(data), deletions_(deletions), rng_(rng), policy_(policy) {}

  [[nodiscard]] const InactivityPolicy& policy() const { return policy_; }
  /// Does what is due, and looks at the next page of all accounts; between two walks it rests for a
  /// hundredth of the term, an hour at most. Errors: the store's; nothing is done twice.
  [[nodiscard]] core::Result<InactivityOutcome> step(core::Instant now);

 private:
  [[nodiscard]] core::Result<bool> warn(const sql::Seen& seen, core::Instant now);
  [[nodiscard]] core::Status follow_up(const sql::InactivityRow& row, core::Instant now,
                                       InactivityOutcome& outcome);
  [[nodiscard]] core::Result<bool> has_come_back(const sql::InactivityRow& row);

  store::Database& data_;
  DeletionService& deletions_;
  core::Rng& rng_;
  InactivityPolicy policy_;
  CitizenId cursor_;
  core::Instant rests_until_;
};

}  // namespace identity
