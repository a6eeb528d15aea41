// SHA-256 of a file of any size, read a piece at a time.
// Safe from any thread.
#pragma once

#include <string>

#include "core/result.h"
#include "crypto/digest.h"

namespace crypto {

/// Errors: kNotFound "file.missing" it cannot be opened; kUnavailable "file.unreadable" reading
///         failed on the way.
[[nodiscard]] core::Result<Digest256> sha256_of_file(const std::string& path);

}  // namespace crypto
