// FrozenAccounts: which accounts are being closed, in memory, so that asking costs a request
// nothing. Refreshed by app/ every second or two and at once by whoever freezes or frees one; the
// sessions of a frozen account are closed in the database itself. Safe from any thread.
#pragma once

#include <mutex>
#include <set>
#include <shared_mutex>

#include "core/result.h"
#include "core/strong_id.h"
#include "store/database.h"

namespace identity {

class FrozenAccounts {
 public:
  explicit FrozenAccounts(store::Database& data) : data_(data) {}

  /// Loads the accounts that are frozen now, by whichever process. Errors: the store's.
  [[nodiscard]] core::Status refresh();
  [[nodiscard]] bool contains(const core::CitizenId& citizen_id) const;

 private:
  store::Database& data_;
  mutable std::shared_mutex mutex_;
  std::set<core::CitizenId> frozen_;
};

}  // namespace identity
