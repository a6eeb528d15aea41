// Holds a register of processing against what the code can do: each way. A server whose register
// and code differ does not start, so the published page cannot drift from what happens. Pure
// functions; safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "privacy/processing/types.h"

namespace privacy {

/// One disagreement, told so that whoever keeps the register can mend it.
struct RegisterFault {
  std::string entry;  ///< "purposes.show_to_citizen"; empty: the file as a whole
  std::string what;
  std::string expected;
};

/// Every disagreement; empty when register and code agree.
/// - each purpose and category of the code is in the register, and no other;
/// - a purpose of the vault names exactly the operations the vault lets it do;
/// - names of categories, sources, recipients and terms lead somewhere, none stands twice or is
///   never used;
/// - what the code erases by a term has one in days;
/// - every text is there in every language.
[[nodiscard]] std::vector<RegisterFault> faults_of(const ProcessingRegister& processing,
                                                   const std::vector<std::string>& languages);

}  // namespace privacy
