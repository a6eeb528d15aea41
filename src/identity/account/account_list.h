// Every account, page by page, for whoever walks over all of them (a data set without names). A
// function over an open unit of work; errors are those of store::UnitOfWork::run.
#pragma once

#include <vector>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity::sql {

/// The next `rows_max` accounts after this one, in the order of their ids; from the first after
/// CitizenId().
[[nodiscard]] core::Result<std::vector<CitizenId>> list_accounts_after(store::UnitOfWork& unit,
                                                                       const CitizenId& after,
                                                                       int rows_max);

}  // namespace identity::sql
