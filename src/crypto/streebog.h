// Streebog-256 (GOST R 34.11-2012): the digest of Russian certificates and signatures. Needs the
// GOST engine. Pure function, safe from any thread.
#pragma once

#include "core/bytes.h"
#include "core/result.h"
#include "crypto/digest.h"

namespace crypto {

/// Errors: kUnavailable "crypto.gost_missing" the engine is not installed.
[[nodiscard]] core::Result<Digest256> streebog256(core::ByteView bytes);

}  // namespace crypto
