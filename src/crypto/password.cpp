#include "crypto/password.h"

#include <argon2.h>

#include <array>
#include <charconv>

#include "core/assert.h"

namespace crypto {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kPhcBytesMax = 256;

core::Status check_length(const core::Secret<std::string>& password) {
  if (password.reveal().size() > kPasswordBytesMax) {
    return core::fail(core::ErrorCode::kInvalidInput, "password.too_long");
  }
  return {};
}

auto no_memory(int argon2_code) {
  return core::fail(core::ErrorCode::kUnavailable, "password.no_memory",
                    argon2_error_message(argon2_code));
}

bool take(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

bool take(std::string_view& rest, std::uint32_t& number) {
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc{}) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return true;
}

// Length of what unpadded base64 of this many characters encodes; its alphabet is checked by the
// library.
std::size_t decoded_bytes(std::size_t characters) { return characters * 3 / 4; }

core::Result<Argon2Cost> read_cost(std::string_view phc) {
  const auto malformed = core::fail(core::ErrorCode::kInternal, "password.hash_malformed");
  if (phc.size() > kPhcBytesMax || phc.find('\0') != std::string_view::npos) return malformed;
  Argon2Cost cost{};
  std::string_view rest = phc;
  if (!take(rest, "$argon2id$v=19$m=") || !take(rest, cost.memory_kib) || !take(rest, ",t=") ||
      !take(rest, cost.passes) || !take(rest, ",p=") || !take(rest, cost.lanes) ||
      !take(rest, "$")) {
    return malformed;
  }
  const std::size_t salt = rest.find('$');
  if (salt == std::string_view::npos) return malformed;
  const std::size_t salt_bytes = decoded_bytes(salt);
  const std::size_t hash_bytes = decoded_bytes(rest.size() - salt - 1);
  if (salt_bytes < 8 || salt_bytes > 64 || hash_bytes < 16 || hash_bytes > 64) return malformed;
  return cost;
}

}  // namespace

core::Result<std::string> hash_password(const core::Secret<std::string>& password, core::Rng& rng) {
  TRY_VOID(check_length(password));
  std::array<std::uint8_t, kSaltBytes> salt{};
  rng.fill(salt);
  std::array<char, kPhcBytesMax> phc{};
  const std::string& text = password.reveal();
  const int code = argon2id_hash_encoded(kPasswordCost.passes, kPasswordCost.memory_kib,
                                         kPasswordCost.lanes, text.data(), text.size(), salt.data(),
                                         salt.size(), kHashBytes, phc.data(), phc.size());
  if (code == ARGON2_MEMORY_ALLOCATION_ERROR || code == ARGON2_THREAD_FAIL) return no_memory(code);
  CORE_ASSERT(code == ARGON2_OK);
  return std::string(phc.data());
}

core::Result<bool> verify_password(const core::Secret<std::string>& password,
                                   std::string_view phc) {
  TRY_VOID(check_length(password));
  TRY(const Argon2Cost cost, read_cost(phc));
  if (cost.memory_kib > kPasswordCostMax.memory_kib || cost.passes > kPasswordCostMax.passes ||
      cost.lanes > kPasswordCostMax.lanes) {
    return core::fail(core::ErrorCode::kInternal, "password.cost_too_high");
  }
  const std::string& text = password.reveal();
  const int code = argon2id_verify(std::string(phc).c_str(), text.data(), text.size());
  switch (code) {
    case ARGON2_OK:
      return true;
    case ARGON2_VERIFY_MISMATCH:
      return false;
    case ARGON2_MEMORY_ALLOCATION_ERROR:
    case ARGON2_THREAD_FAIL:
      return no_memory(code);
    default:
      return core::fail(core::ErrorCode::kInternal, "password.hash_malformed",
                        argon2_error_message(code));
  }
}

std::string_view dummy_password_phc() {
  // Salt and hash are all zeros: anybody sees that nobody chose them to fit a password.
  return "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
         "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

}  // namespace crypto
