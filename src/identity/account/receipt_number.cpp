#include "identity/account/receipt_number.h"

#include "crypto/digest.h"

namespace identity {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCount = 20;
constexpr std::size_t kGroup = 4;

char normalised(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  return c == 'I' || c == 'L' ? '1' : c;
}

}  // namespace

ReceiptNumber ReceiptNumber::make(core::Rng& rng) {
  std::string letters(kCount, '0');
  for (auto& letter : letters) letter = kLetters[core::random_below(rng, kLetters.size())];
  return ReceiptNumber(std::move(letters));
}

core::Result<ReceiptNumber> ReceiptNumber::parse(std::string_view text) {
  std::string letters;
  for (const char c : text.substr(0, kTextBytesMax + 1)) {
    if (c == ' ' || c == '-') continue;
    letters.push_back(normalised(c));
  }
  const bool known = letters.find_first_not_of(kLetters) == std::string::npos;
  if (text.size() > kTextBytesMax || letters.size() != kCount || !known) {
    return core::fail(core::ErrorCode::kInvalidInput, "receipt.malformed");
  }
  return ReceiptNumber(std::move(letters));
}

std::string ReceiptNumber::text() const {
  std::string grouped;
  for (std::size_t at = 0; at < letters_.size(); at += kGroup) {
    if (at > 0) grouped.push_back('-');
    grouped.append(letters_, at, kGroup);
  }
  return grouped;
}

core::Bytes ReceiptNumber::hash() const {
  return core::to_bytes(crypto::sha256(core::as_bytes(letters_)));
}

}  // namespace identity
