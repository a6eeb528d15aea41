// WaysIn: by what the owner of an account can still come in. Whatever takes one away asks here
// first. Functions over an open unit of work; errors are those of store::UnitOfWork::run.
#pragma once

#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace identity {

struct WaysIn {
  bool password = false;
  bool passkey = false;
  bool provider = false;  ///< at least one identity provider is linked

  /// Whether the owner can come in without any provider.
  [[nodiscard]] bool own() const { return password || passkey; }
  [[nodiscard]] bool any() const { return own() || provider; }
};

[[nodiscard]] core::Result<WaysIn> find_ways_in(store::UnitOfWork& unit,
                                                const core::CitizenId& citizen_id);

}  // namespace identity
