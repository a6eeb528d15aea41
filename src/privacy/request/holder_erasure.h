// How a person's requests go with their account: the words are in the vault and go with its keys,
// the rows go here. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run. Safe from any thread.
#pragma once

#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace privacy {

/// How many rows went.
struct ErasedRequests {
  std::int64_t requests = 0;
  std::int64_t events = 0;
};
[[nodiscard]] core::Result<ErasedRequests> erase_requests(store::UnitOfWork& unit,
                                                          const core::CitizenId& citizen_id);

}  // namespace privacy
