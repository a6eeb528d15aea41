// What the provider holds of a citizen who leaves: tokens stop when the account is frozen, every
// row goes when it is erased. Called inside the caller's transaction.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace openid {

/// A table and how many of its rows went.
using ErasedRows = std::vector<std::pair<std::string_view, std::int64_t>>;

/// Revokes every token of every party and whatever would become one. Errors: the store's.
[[nodiscard]] core::Status revoke_everything(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id, core::Instant now);
/// Removes agreements, sign-ins, codes and tokens. Errors: the store's.
[[nodiscard]] core::Result<ErasedRows> erase_holder(store::UnitOfWork& unit,
                                                    const core::CitizenId& citizen_id);

}  // namespace openid
