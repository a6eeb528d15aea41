// The C library of a PKCS#11 token, as little of it as root keys need. Only for the .cpp files of
// this room. The functions are the library's own: safe from any thread, one operation a session at
// a time.
#pragma once

// The names of the GNU form: no macros for types.
#define CRYPTOKI_GNU
#include <p11-kit/pkcs11.h>

#include <string>

#include "core/result.h"

namespace crypto {

/// Loads the library and initialises it; it stays loaded as long as the process.
/// Errors: kUnavailable "key.token_failed".
[[nodiscard]] core::Result<ck_function_list*> load_pkcs11(const std::string& module_path);

/// The one token with this label. Errors: kUnavailable "key.token_failed".
[[nodiscard]] core::Result<ck_slot_id_t> find_token(ck_function_list& library,
                                                    const std::string& label);

/// Whether the token or the session is at fault, so that a new session may help.
[[nodiscard]] bool is_session_fault(ck_rv_t code);

/// "0x00000030", for the log.
[[nodiscard]] std::string to_text(ck_rv_t code);

}  // namespace crypto
