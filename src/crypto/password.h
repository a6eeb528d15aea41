// Passwords at rest: Argon2id (RFC 9106) in the PHC string form. One call takes tens of
// milliseconds and 19 MiB, so it belongs on the worker pool, before any transaction opens, and the
// caller bounds how many run at once. Safe to call from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/rng.h"
#include "core/secret.h"
#include "crypto/password_memory.h"

namespace crypto {

/// Longest password accepted, in bytes of UTF-8: far above any person's, and bounds the work.
inline constexpr std::size_t kPasswordBytesMax = 1024;

/// The cost of one hash.
struct Argon2Cost {
  std::uint32_t memory_kib;
  std::uint32_t passes;
  std::uint32_t lanes;
};
/// The cost of new hashes.
inline constexpr Argon2Cost kPasswordCost{.memory_kib = 19456, .passes = 2, .lanes = 1};
/// The dearest stored hash that is still computed: a row altered in the database must not be able
/// to take the machine's memory.
inline constexpr Argon2Cost kPasswordCostMax{.memory_kib = 65536, .passes = 8, .lanes = 4};

/// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash" with a fresh 16-byte salt and a 32-byte hash.
/// @param memory  where to work; null = memory of its own for this call.
/// Errors: kInvalidInput "password.too_long"  over kPasswordBytesMax;
///         kUnavailable "password.no_memory"  the machine has not the memory now.
[[nodiscard]] core::Result<std::string> hash_password(const core::Secret<std::string>& password,
                                                      core::Rng& rng,
                                                      PasswordMemory* memory = nullptr);

/// True if the password belongs to the stored string. The comparison takes constant time.
/// Errors: kInvalidInput "password.too_long", kUnavailable "password.no_memory" as above;
///         kInternal "password.hash_malformed"   not an Argon2id string of version 19 with a salt
///                                               of 8..64 and a hash of 16..64 bytes;
///         kInternal "password.cost_too_high"    dearer than kPasswordCostMax.
[[nodiscard]] core::Result<bool> verify_password(const core::Secret<std::string>& password,
                                                 std::string_view phc,
                                                 PasswordMemory* memory = nullptr);

/// A string of the same cost that no known password fits: verified for unknown logins, so that the
/// time of the answer does not tell who has an account.
[[nodiscard]] std::string_view dummy_password_phc();

}  // namespace crypto
