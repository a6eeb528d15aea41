#include "crypto/password.h"

#include <argon2.h>
#include <fmt/format.h>

#include <charconv>

#include "core/assert.h"
#include "crypto/digest.h"
#include "crypto/password_memory_use.h"

namespace crypto {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kPhcBytesMax = 256;
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

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
  const auto digits = static_cast<std::size_t>(end - rest.data());
  if (error != std::errc{} || (rest.front() == '0' && digits > 1)) return false;
  rest.remove_prefix(digits);
  return true;
}

// Base64 without padding (RFC 4648, section 4), as the PHC form has it; empty = it is something
// else.
core::Bytes decode_base64(std::string_view text) {
  core::Bytes bytes;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const auto value = kBase64.find(c);
    if (value == std::string_view::npos) return {};
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> held));
    bits &= (1U << held) - 1;
  }
  return held < 6 && bits == 0 ? bytes : core::Bytes();
}

std::string encode_base64(core::ByteView bytes) {
  std::string text;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t byte : bytes) {
    bits = bits << 8U | byte;
    for (held += 8; held >= 6; held -= 6) text += kBase64[bits >> (held - 6) & 63U];
  }
  if (held > 0) text += kBase64[bits << (6 - held) & 63U];
  return text;
}

struct Phc {
  Argon2Cost cost{};
  core::Bytes salt;
  core::Bytes hash;
};

core::Result<Phc> parse_phc(std::string_view text) {
  const auto malformed = core::fail(core::ErrorCode::kInternal, "password.hash_malformed");
  if (text.size() > kPhcBytesMax) return malformed;
  Phc phc;
  std::string_view rest = text;
  if (!take(rest, "$argon2id$v=19$m=") || !take(rest, phc.cost.memory_kib) || !take(rest, ",t=") ||
      !take(rest, phc.cost.passes) || !take(rest, ",p=") || !take(rest, phc.cost.lanes) ||
      !take(rest, "$")) {
    return malformed;
  }
  const std::size_t salt = rest.find('$');
  if (salt == std::string_view::npos) return malformed;
  phc.salt = decode_base64(rest.substr(0, salt));
  phc.hash = decode_base64(rest.substr(salt + 1));
  if (phc.salt.size() < 8 || phc.salt.size() > 64 || phc.hash.size() < 16 || phc.hash.size() > 64) {
    return malformed;
  }
  return phc;
}

// One call of the library; `salt` and `out` set the lengths. Gives its code.
int run_argon2(const core::Secret<std::string>& password, const Argon2Cost& cost, core::Bytes& salt,
               core::Bytes& out, PasswordMemory* memory) {
  std::string text = password.reveal();  // the library asks for memory it may write to
  argon2_context context{};
  context.out = out.data();
  context.outlen = static_cast<std::uint32_t>(out.size());
  context.pwd = reinterpret_cast<std::uint8_t*>(text.data());
  context.pwdlen = static_cast<std::uint32_t>(text.size());
  context.salt = salt.data();
  context.saltlen = static_cast<std::uint32_t>(salt.size());
  context.t_cost = cost.passes;
  context.m_cost = cost.memory_kib;
  context.lanes = cost.lanes;
  context.threads = cost.lanes;
  context.version = ARGON2_VERSION_13;
  const PasswordMemory::Use use(memory, context);
  const int code = ::argon2id_ctx(&context);
  core::wipe(text.data(), text.size());
  return code;
}

}  // namespace

core::Result<std::string> hash_password(const core::Secret<std::string>& password, core::Rng& rng,
                                        PasswordMemory* memory) {
  TRY_VOID(check_length(password));
  core::Bytes salt(kSaltBytes);
  rng.fill(salt);
  core::Bytes hash(kHashBytes);
  const int code = run_argon2(password, kPasswordCost, salt, hash, memory);
  if (code == ARGON2_MEMORY_ALLOCATION_ERROR || code == ARGON2_THREAD_FAIL) return no_memory(code);
  CORE_ASSERT(code == ARGON2_OK);
  return fmt::format("$argon2id$v={}$m={},t={},p={}${}${}",
                     static_cast<unsigned>(ARGON2_VERSION_13), kPasswordCost.memory_kib,
                     kPasswordCost.passes, kPasswordCost.lanes, encode_base64(salt),
                     encode_base64(hash));
}

core::Result<bool> verify_password(const core::Secret<std::string>& password, std::string_view phc,
                                   PasswordMemory* memory) {
  TRY_VOID(check_length(password));
  TRY(auto stored, parse_phc(phc));
  if (stored.cost.memory_kib > kPasswordCostMax.memory_kib ||
      stored.cost.passes > kPasswordCostMax.passes || stored.cost.lanes > kPasswordCostMax.lanes) {
    return core::fail(core::ErrorCode::kInternal, "password.cost_too_high");
  }
  core::Bytes computed(stored.hash.size());
  const int code = run_argon2(password, stored.cost, stored.salt, computed, memory);
  switch (code) {
    case ARGON2_OK:
      return equal_constant_time(computed, stored.hash);
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
