// Walks over everybody who agreed to a topic and puts one message for each into the outbox, or only
// counts whom it would go to. People are looked up in small batches by key; each message is written
// in a transaction of one person that holds their consent. Broken off and begun again, it goes on
// where it was. Used on one thread.
#pragma once

#include <functional>
#include <vector>

#include "core/rng.h"
#include "privacy/informing/report.h"
#include "store/database.h"

namespace app {

/// What is to be told, and how.
struct InformingOrder {
  privacy::ConsentPurpose topic = privacy::ConsentPurpose::kInformingDebts;
  std::vector<privacy::InformingText> texts;  ///< one for each language; the first for any other
  std::vector<privacy::InformingChannel> channels;
  bool dry_run = false;
};

/// What a walk leans on; all must outlive it.
struct InformingPorts {
  store::Database& data;
  core::Rng& rng;
  std::function<core::Instant()> clock;
  std::function<void(std::int64_t)> progress;  ///< told the people gone over, after each batch
};

/// Errors: those of store::Database. Whoever was reached by then gets the message, and a walk with
/// the same texts does not write to them again.
[[nodiscard]] core::Result<privacy::InformingReport> walk_informing(const InformingPorts& ports,
                                                                    const InformingOrder& order);

}  // namespace app
