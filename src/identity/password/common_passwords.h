// The passwords people choose most, of eight characters and more: sorted, case folded, NFKC. Read
// from common_passwords.txt when the program is built. Constant; safe from any thread.
#pragma once

#include <string_view>

namespace identity {

/// Whether this is one of them.
/// @param folded  NFKC with case folded; see folded_password.
[[nodiscard]] bool is_common_password(std::string_view folded);

/// The list itself, a line each; the build makes this function from common_passwords.txt.
[[nodiscard]] std::string_view common_passwords_text();

}  // namespace identity
