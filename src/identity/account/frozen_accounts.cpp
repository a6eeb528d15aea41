#include "identity/account/frozen_accounts.h"

namespace identity {
namespace {

constexpr store::Query kList{"account_deletion.list_frozen",
                             "SELECT citizen_id FROM account_deletion WHERE state <> 'asked'"};

}  // namespace

core::Status FrozenAccounts::refresh() {
  TRY(const auto rows, data_.read([&](store::UnitOfWork& unit) { return unit.run(kList); }));
  std::set<core::CitizenId> frozen;
  for (const auto& row : rows) frozen.insert(row.id<core::CitizenId>(0));
  const std::unique_lock lock(mutex_);
  frozen_ = std::move(frozen);
  return {};
}

bool FrozenAccounts::contains(const core::CitizenId& citizen_id) const {
  const std::shared_lock lock(mutex_);
  return frozen_.contains(citizen_id);
}

}  // namespace identity
