#include "identity/session/authentication.h"

#include <array>

namespace identity {
namespace {

constexpr std::array<std::string_view, kAmrCount> kNames{"pwd", "sms", "tel",  "otp",
                                                         "hwk", "swk", "user", "mfa"};

}  // namespace

std::string_view name_of(Amr method) { return kNames.at(static_cast<std::size_t>(method)); }

AmrSet AmrSet::from_text(std::string_view text) {
  AmrSet set;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      if (kNames.at(i) == text.substr(0, end)) set.add(static_cast<Amr>(i));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return set;
}

std::vector<std::string_view> AmrSet::names() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (has(static_cast<Amr>(i))) names.push_back(kNames.at(i));
  }
  return names;
}

std::string AmrSet::to_text() const {
  std::string text;
  for (const auto name : names()) {
    if (!text.empty()) text += ' ';
    text += name;
  }
  return text;
}

}  // namespace identity
