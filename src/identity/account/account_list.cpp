#include "identity/account/account_list.h"

namespace identity::sql {
namespace {

constexpr store::Query kListAfter{
    "citizen.list_after",
    "SELECT citizen_id FROM citizen WHERE citizen_id > $1 ORDER BY citizen_id LIMIT $2"};

}  // namespace

core::Result<std::vector<CitizenId>> list_accounts_after(store::UnitOfWork& unit,
                                                         const CitizenId& after, int rows_max) {
  TRY(const auto rows, unit.run(kListAfter, {after, rows_max}));
  std::vector<CitizenId> accounts;
  accounts.reserve(rows.size());
  for (const auto& row : rows) accounts.push_back(row.id<CitizenId>(0));
  return accounts;
}

}  // namespace identity::sql
