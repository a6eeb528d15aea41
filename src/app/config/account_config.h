// Settings of accounts' life: terms of deletion. In seconds, so that a test need not wait for days.
// Plain data.
#pragma once

#include <chrono>
#include <vector>

namespace app {

struct Setting;

struct AccountSettings {
  std::size_t numbers_max = 5;  ///< of one account
  /// For whoever holds a number called lost to object before another takes its place.
  std::chrono::seconds lost_number_wait{72 * 3600};
  /// To change one's mind after confirming a deletion; the law's 30 days hold it and the erasing.
  std::chrono::seconds deletion_term{14 * 24 * 3600};
  /// Without a visit for so long an account closes; 0 = never, negative = as the jurisdiction says.
  std::chrono::seconds inactive_after{-1};
  /// How long before it the first warning goes out.
  std::chrono::seconds inactive_warning{30 * 24 * 3600};
};

[[nodiscard]] std::vector<Setting> account_settings();

}  // namespace app
