// The two OpenSSL engines that Beresta can load: GOST, and keys behind PKCS#11. The only user of
// the ENGINE interface, which OpenSSL 3 calls deprecated and for which GOST signatures have no
// replacement yet (docs/adr/0023). Only for the .cpp files of this room. Safe from any thread.
#pragma once

#include <openssl/types.h>

#include <string>

#include "core/result.h"
#include "core/secret.h"
#include "crypto/openssl_handle.h"

namespace crypto {

/// Makes GOST known to OpenSSL: loaded on the first call and kept for the life of the process.
/// Errors: kUnavailable "crypto.gost_missing" the engine is not installed.
[[nodiscard]] core::Status load_gost();

/// Streebog-256 as OpenSSL wants it. Errors: those of load_gost.
[[nodiscard]] core::Result<const EVP_MD*> streebog256_method();

/// A private key that stays in a token.
/// @param module_path  the vendor's PKCS#11 library; one for the whole process.
/// @param uri          "pkcs11:token=...;object=...;type=private" (RFC 7512), without a PIN.
/// Errors: kUnavailable "key.token_engine_missing" the engine is not installed;
///         kUnavailable "key.token_failed" no such library, token or key, or a wrong PIN.
[[nodiscard]] core::Result<PkeyHandle> load_token_key(const std::string& module_path,
                                                      const std::string& uri,
                                                      const core::Secret<std::string>& pin);

}  // namespace crypto
