#include "http/language.h"

#include "http/text.h"

namespace http {
namespace {

// "0.8" -> 800; -1 for what is not a qvalue (RFC 9110, section 12.4.2: at most three decimals).
int read_q(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return -1;
  int value = (text[0] - '0') * 1000;
  int unit = 100;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (i == 1) {
      if (text[i] != '.') return -1;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return -1;
    value += (text[i] - '0') * unit;
    unit /= 10;
  }
  return value <= 1000 ? value : -1;
}

}  // namespace

std::string_view tag_of(Language language) { return language == Language::kRu ? "ru" : "en"; }

std::optional<Language> find_language(std::string_view tag) {
  const auto primary = trim(next_part(tag, '-'));
  if (equal_no_case(primary, "ru")) return Language::kRu;
  if (equal_no_case(primary, "en")) return Language::kEn;
  return std::nullopt;
}

std::optional<Language> negotiate_language(std::string_view accept_language) {
  std::optional<Language> best;
  int best_q = 0;
  while (!accept_language.empty()) {
    auto member = next_part(accept_language, ',');
    const auto language = find_language(trim(next_part(member, ';')));
    const auto weight = trim(member);
    int q = 1000;
    if (!weight.empty()) q = weight.starts_with("q=") ? read_q(weight.substr(2)) : -1;
    if (language && q > best_q) {
      best = language;
      best_q = q;
    }
  }
  return best;
}

}  // namespace http
