// CountablePeople: who may be counted in a data set without names, and what stands about them
// beside the vault. Asked inside the transaction that records the reading. Not safe from several
// threads.
#pragma once

#include <map>

#include "privacy/depersonalisation/facts.h"
#include "store/unit_of_work.h"
#include "vault/types.h"

namespace app {

class CountablePeople {
 public:
  /// @param rules  must outlive it.
  CountablePeople(const privacy::DepersonalisationRules& rules, core::Instant now)
      : rules_(rules), now_(now) {}

  /// False for an account that is gone or on its way out, and for whoever has an open objection.
  /// Errors: the store's.
  [[nodiscard]] core::Result<bool> may_be_read(store::UnitOfWork& unit,
                                               const core::CitizenId& citizen_id);
  /// The words of somebody it said yes about, forgotten afterwards.
  [[nodiscard]] privacy::PersonFacts take(const core::CitizenId& citizen_id,
                                          const vault::PersonalRecords& records);
  /// Forgets whoever was not taken: blocked, after it had said yes.
  void forget_rest() { seen_.clear(); }

 private:
  [[nodiscard]] core::Result<privacy::PersonFacts> look(store::UnitOfWork& unit,
                                                        const core::CitizenId& citizen_id) const;

  const privacy::DepersonalisationRules& rules_;
  core::Instant now_;
  std::map<core::CitizenId, privacy::PersonFacts> seen_;
};

}  // namespace app
