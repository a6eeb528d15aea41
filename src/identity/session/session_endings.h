// SessionEndings: who must know that a session ended, in this room's words. Interface; safe from
// any thread.
#pragma once

#include <optional>

#include "core/instant.h"
#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity {

/// Who must know that a session ended; app/ plugs the OpenID Provider in.
class SessionEndings {
 public:
  virtual ~SessionEndings() = default;
  /// Called in the transaction that ends them.
  /// @param ended  one session; absent = all of the citizen's but `kept`.
  [[nodiscard]] virtual core::Status sessions_ended(store::UnitOfWork& unit,
                                                    const CitizenId& citizen_id,
                                                    const std::optional<SessionId>& ended,
                                                    const std::optional<SessionId>& kept,
                                                    core::Instant now) = 0;
};

}  // namespace identity
