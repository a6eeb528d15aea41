// AnswerNotice: a person hears that an answer about their data has come, in this room's words; app/
// plugs the account's notices in. Implementations must be safe from any thread.
#pragma once

#include "core/instant.h"
#include "core/result.h"
#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace privacy {

enum class AnsweredThing { kRequest, kDispute };

class AnswerNotice {
 public:
  virtual ~AnswerNotice() = default;
  /// In the transaction of the answer. Errors: those of store::enqueue.
  [[nodiscard]] virtual core::Status tell(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id, AnsweredThing what,
                                          core::Instant now) = 0;
};

}  // namespace privacy
