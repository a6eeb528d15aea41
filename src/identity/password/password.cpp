#include "identity/password/password.h"

#include <algorithm>
#include <array>

#include "core/assert.h"
#include "crypto/password.h"
#include "identity/password/common_passwords.h"
#include "identity/password/normalised_password.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Words that name the service: a password of one of them and some digits is the first guess.
constexpr std::array<std::string_view, 4> kServiceWords{"beresta", "береста", "gosuslugi",
                                                        "госуслуги"};

/// "береста" of "береста2024!": what is left without ASCII digits and punctuation.
std::string letters_of(std::string_view folded) {
  std::string letters;
  for (const char c : folded) {
    const bool beyond_ascii = static_cast<unsigned char>(c) >= 0x80U;
    if (beyond_ascii || (c >= 'a' && c <= 'z')) letters += c;
  }
  return letters;
}

bool is_service_word(std::string_view folded) {
  return std::find(kServiceWords.begin(), kServiceWords.end(), letters_of(folded)) !=
         kServiceWords.end();
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
  if (characters(normalised_password(password).reveal()) < kPasswordCharactersMin) {
    return fail(ErrorCode::kInvalidInput, "password.too_short");
  }
  auto folded = folded_password(password);
  const bool common = is_common_password(folded) || is_run(folded) ||
                      is_own_number(folded, own_number) || is_service_word(folded);
  core::wipe(folded.data(), folded.size());
  if (common) {
    return fail(ErrorCode::kInvalidInput, "password.common");
  }
  return {};
}

core::Result<std::string> PasswordHasher::hash(const Password& password) {
  if (!turns_.try_acquire_for(kWaitMax)) return fail(ErrorCode::kUnavailable, "password.busy");
  auto result = crypto::hash_password(normalised_password(password), rng_, &memory_);
  turns_.release();
  return result;
}

core::Result<bool> PasswordHasher::verify(const Password& password, std::string_view phc) {
  if (!turns_.try_acquire_for(kWaitMax)) return fail(ErrorCode::kUnavailable, "password.busy");
  auto result = crypto::verify_password(normalised_password(password),
                                        phc.empty() ? crypto::dummy_password_phc() : phc, &memory_);
  turns_.release();
  if (result && phc.empty()) return false;
  return result;
}

}  // namespace identity
