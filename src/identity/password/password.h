// Passwords: the rules of NIST SP 800-63B (length and a list of common ones, no composition rules),
// and a bound on how many are hashed at once, since each takes 19 MiB. Safe from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <semaphore>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/rng.h"
#include "core/secret.h"
#include "crypto/password_memory.h"

namespace identity {

using Password = core::Secret<std::string>;

inline constexpr std::size_t kPasswordCharactersMin = 8;
inline constexpr std::size_t kPasswordBytesMax = 256;

/// Whether a new password may be used.
/// @param own_number  the account's number in digits: not to be its password.
/// Errors (kInvalidInput): "password.too_short", "password.too_long", "password.common" in the list
///   of common ones, one repeated or running sequence, or the person's own number.
[[nodiscard]] core::Status check_new_password(const Password& password,
                                              std::string_view own_number);

/// Runs Argon2id, at most `parallel_max` at once.
class PasswordHasher {
 public:
  /// A caller waits this long for its turn before it is told to come back.
  static constexpr std::chrono::milliseconds kWaitMax{5000};

  PasswordHasher(std::ptrdiff_t parallel_max, core::Rng& rng) : turns_(parallel_max), rng_(rng) {}

  /// Errors: kUnavailable "password.busy" no turn within kWaitMax; those of crypto::hash_password.
  [[nodiscard]] core::Result<std::string> hash(const Password& password);
  /// @param phc  the stored string; empty = nobody's: the same time is spent and the answer is no.
  /// Errors: as hash; those of crypto::verify_password.
  [[nodiscard]] core::Result<bool> verify(const Password& password, std::string_view phc);
  /// Gives back the memory of hashes that do not run now; for times when nobody signs in.
  void trim_memory() { memory_.trim(); }

 private:
  std::counting_semaphore<1024> turns_;
  crypto::PasswordMemory memory_;
  core::Rng& rng_;
};

}  // namespace identity
