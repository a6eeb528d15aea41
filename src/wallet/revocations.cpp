#include "wallet/revocations.h"

#include "wallet/sql_store.h"

namespace wallet {
namespace {

/// Another process's clock may lag, and its transaction commits after it took the time.
constexpr core::Duration kOverlap = std::chrono::minutes(2);

}  // namespace

core::Status Revocations::refresh(core::Instant now) {
  core::Instant since;
  {
    const std::shared_lock lock(mutex_);
    since = seen_until_ - kOverlap;
  }
  TRY(const auto rows, data_.read([&](store::UnitOfWork& unit) {
    return sql::list_revoked_since(unit, since, now);
  }));
  const std::unique_lock lock(mutex_);
  for (const auto& row : rows) {
    revoked_.insert(row.digest);
    seen_until_ = std::max(seen_until_, row.revoked_at);
  }
  return {};
}

bool Revocations::contains(const crypto::Digest256& digest) const {
  const std::shared_lock lock(mutex_);
  return revoked_.contains(digest);
}

}  // namespace wallet
