#include "identity/account/email_address.h"

#include <algorithm>

namespace identity {
namespace {

constexpr std::size_t kLocalBytesMax = 64;
constexpr std::size_t kLabelBytesMax = 63;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// atext of RFC 5322, section 3.2.3.
bool is_atext(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~";
  return is_letter_or_digit(c) || kMarks.find(c) != std::string_view::npos;
}

/// Calls `good` with each part between dots; false if one is empty or not good.
template <typename Good>
bool parts_are(std::string_view text, Good good) {
  for (;;) {
    const auto dot = text.find('.');
    const auto part = text.substr(0, dot);
    if (part.empty() || !good(part)) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_label(std::string_view part) {
  return part.size() <= kLabelBytesMax && part.front() != '-' && part.back() != '-' &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_atom(std::string_view part) { return std::all_of(part.begin(), part.end(), is_atext); }

}  // namespace

core::Result<EmailAddress> EmailAddress::parse(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  const auto at = text.find('@');
  const bool split = text.size() <= kTextBytesMax && at != std::string_view::npos;
  const auto local = split ? text.substr(0, at) : std::string_view();
  const auto domain = split ? text.substr(at + 1) : std::string_view();
  const bool good = split && local.size() <= kLocalBytesMax &&
                    domain.find('.') != std::string_view::npos && parts_are(local, is_atom) &&
                    parts_are(domain, is_label);
  if (!good) return core::fail(core::ErrorCode::kInvalidInput, "email.malformed");
  std::string address(local);
  address.push_back('@');
  for (const char c : domain) address.push_back(lower(c));
  return EmailAddress(std::move(address));
}

std::string EmailAddress::normalised() const {
  std::string all;
  for (const char c : text_) all.push_back(lower(c));
  return all;
}

std::string EmailAddress::masked() const {
  return text_.substr(0, 1) + "···" + text_.substr(text_.find('@'));
}

}  // namespace identity
