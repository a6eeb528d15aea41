// Reading [consents] of a jurisdiction: what a consent's document has to tell, and for how long one
// may be given. Faults go where the reader notes them. Used on one thread.
#pragma once

#include "app/config/toml_fields.h"
#include "privacy/consent_rules.h"

namespace app {

/// Every purpose of privacy::ConsentPurpose and the consent to a party needs a rule, and every
/// field of privacy::ConsentField its headings.
[[nodiscard]] privacy::ConsentRules read_consent_rules(TomlFields& fields, FaultSink& sink);

}  // namespace app
