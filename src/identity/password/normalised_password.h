// One spelling for one password: the same letters come composed or decomposed, wide or narrow,
// depending on the keyboard (NIST SP 800-63B asks for NFKC or NFKD before hashing).
// Pure functions; safe from any thread.
#pragma once

#include <string>

#include "core/secret.h"

namespace identity {

/// NFKC: what is hashed.
[[nodiscard]] core::Secret<std::string> normalised_password(
    const core::Secret<std::string>& password);
/// NFKC with case folded: what is compared with words that must not be a password.
[[nodiscard]] std::string folded_password(const core::Secret<std::string>& password);

}  // namespace identity
