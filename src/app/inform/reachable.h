// Whom messages that are no duty may reach, beside their consent: asked in the transaction that
// writes or takes a message. A function over an open unit of work; errors are those of
// store::UnitOfWork::run. Safe from any thread.
#pragma once

#include <optional>

#include "privacy/informing/report.h"
#include "store/unit_of_work.h"

namespace app {

/// Why this person gets nothing, by whichever channel; nullopt = nothing speaks against it.
[[nodiscard]] core::Result<std::optional<privacy::InformingOutcome>> find_obstacle(
    store::UnitOfWork& unit, const core::CitizenId& citizen_id);
/// Whether there is a number, or a confirmed address. What it is stays sealed.
[[nodiscard]] core::Result<bool> has_contact(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id,
                                             privacy::InformingChannel channel);

}  // namespace app
