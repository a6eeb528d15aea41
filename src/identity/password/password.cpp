#include "identity/password/password.h"

#include <algorithm>
#include <array>

#include "core/assert.h"
#include "crypto/password.h"
#include "identity/password/common_passwords.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

/// "aaaaaaaa", "12345678", "hgfedcba": every step between neighbours is the same 0, 1 or -1.
bool is_run(std::string_view text) {
  if (text.size() < 2) return true;
  const int step = text[1] - text[0];
  if (step < -1 || step > 1) return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] - text[i - 1] != step) return false;
  }
  return true;
}

bool is_own_number(std::string_view password, std::string_view number) {
  std::string digits;
  for (const char c : password) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits.size() >= kPasswordCharactersMin && digits.size() == password.size() &&
         number.ends_with(digits.substr(1));
}

}  // namespace

core::Status check_new_password(const Password& password, std::string_view own_number) {
  const auto& text = password.reveal();
  if (text.size() > kPasswordBytesMax) return fail(ErrorCode::kInvalidInput, "password.too_long");
  if (characters(text) < kPasswordCharactersMin) {
    return fail(ErrorCode::kInvalidInput, "password.too_short");
  }
  const auto lower = lower_ascii(text);
  const bool common =
      std::find(kCommonPasswords.begin(), kCommonPasswords.end(), lower) != kCommonPasswords.end();
  if (common || is_run(lower) || is_own_number(text, own_number)) {
    return fail(ErrorCode::kInvalidInput, "password.common");
  }
  return {};
}

core::Result<std::string> PasswordHasher::hash(const Password& password) {
  if (!turns_.try_acquire_for(kWaitMax)) return fail(ErrorCode::kUnavailable, "password.busy");
  auto result = crypto::hash_password(password, rng_, &memory_);
  turns_.release();
  return result;
}

core::Result<bool> PasswordHasher::verify(const Password& password, std::string_view phc) {
  if (!turns_.try_acquire_for(kWaitMax)) return fail(ErrorCode::kUnavailable, "password.busy");
  auto result =
      crypto::verify_password(password, phc.empty() ? crypto::dummy_password_phc() : phc, &memory_);
  turns_.release();
  if (result && phc.empty()) return false;
  return result;
}

}  // namespace identity
