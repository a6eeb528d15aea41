#include "codec/identifiers.h"

#include <array>
#include <span>
#include <type_traits>

#include "core/instant.h"

namespace codec {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

using Weights = std::span<const int>;

/// What to leave out of what people write: blanks and dashes, also typographic ones.
constexpr std::array<std::string_view, 14> kSeparators = {
    " ",      "-",      "\u00a0" /* no-break space */,
    "\u2007", "\u2009", "\u202f" /* figure, thin, narrow no-break space */,
    "\u2010", "\u2011", "\u2012",
    "\u2013", "\u2014", "\u2015" /* hyphens and dashes */,
    "\u2212", "\t"};

std::string without_separators(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    std::size_t skip = 0;
    for (const std::string_view separator : kSeparators) {
      if (text.starts_with(separator)) skip = separator.size();
    }
    if (skip == 0) kept += text.front();
    text.remove_prefix(skip == 0 ? 1 : skip);
  }
  return kept;
}

bool only_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

int digit(std::string_view text, std::size_t i) { return text[i] - '0'; }

int weighted_sum(std::string_view text, Weights weights) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += digit(text, i) * weights[i];
  return sum;
}

/// Remainder of a number too long for some integers; modulus below 100.
int remainder(std::string_view number, int modulus) {
  int rest = 0;
  for (const char c : number) rest = (rest * 10 + (c - '0')) % modulus;
  return rest;
}

bool luhn_holds(std::string_view number) {
  int sum = 0;
  bool doubled = false;
  for (auto c = number.rbegin(); c != number.rend(); ++c, doubled = !doubled) {
    const int value = (*c - '0') * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

bool snils_holds(std::string_view number) {
  constexpr std::array<int, 9> kWeights = {9, 8, 7, 6, 5, 4, 3, 2, 1};
  constexpr std::string_view kLastUnchecked = "001001998";
  if (number.substr(0, 9) <= kLastUnchecked) return true;
  const int expected = weighted_sum(number, kWeights) % 101 % 100;
  return expected == digit(number, 9) * 10 + digit(number, 10);
}

bool inn10_holds(std::string_view number) {
  constexpr std::array<int, 9> kWeights = {2, 4, 10, 3, 5, 9, 4, 6, 8};
  return weighted_sum(number, kWeights) % 11 % 10 == digit(number, 9);
}

bool inn12_holds(std::string_view number) {
  constexpr std::array<int, 10> kWeights11 = {7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
  constexpr std::array<int, 11> kWeights12 = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
  return weighted_sum(number, kWeights11) % 11 % 10 == digit(number, 10) &&
         weighted_sum(number, kWeights12) % 11 % 10 == digit(number, 11);
}

bool ogrn_holds(std::string_view number) {
  return remainder(number.substr(0, 12), 11) % 10 == digit(number, 12);
}

bool ogrnip_holds(std::string_view number) {
  return remainder(number.substr(0, 14), 13) % 10 == digit(number, 14);
}

bool kz_iin_holds(std::string_view number) {
  constexpr std::array<int, 11> kFirst = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  constexpr std::array<int, 11> kSecond = {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};
  int expected = weighted_sum(number, kFirst) % 11;
  if (expected == 10) expected = weighted_sum(number, kSecond) % 11;
  return expected == digit(number, 11);  // 10 twice: the number is never issued
}

bool always(std::string_view) { return true; }

/// "DDMMYYYY" from the second digit on must be a day.
bool kg_pin_possible(std::string_view number) {
  std::string day(number.substr(5, 4));
  day.append("-").append(number.substr(3, 2)).append("-").append(number.substr(1, 2));
  return (number[0] == '1' || number[0] == '2') && core::Date::parse(day).has_value();
}

/// How one kind is written and checked.
struct Rule {
  std::string_view kind;
  std::size_t length_min;
  std::size_t length_max;
  bool (*holds)(std::string_view);
  bool (*possible)(std::string_view) = always;
  std::array<std::size_t, 5> groups = {};  ///< sizes; digits beyond them form the last group
  std::string_view glue = " ";             ///< between all groups but the last
};

template <typename Tag>
constexpr Rule kRule{};
template <>
constexpr Rule kRule<SnilsTag>{"snils", 11, 11, snils_holds, always, {3, 3, 3}, "-"};
template <>
constexpr Rule kRule<Inn12Tag>{"inn", 12, 12, inn12_holds};
template <>
constexpr Rule kRule<Inn10Tag>{"inn", 10, 10, inn10_holds};
template <>
constexpr Rule kRule<OgrnTag>{"ogrn", 13, 13, ogrn_holds};
template <>
constexpr Rule kRule<OgrnipTag>{"ogrnip", 15, 15, ogrnip_holds};
template <>
constexpr Rule kRule<OmsPolicyTag>{"oms_policy", 16, 16, luhn_holds, always, {4, 4, 4}};
template <>
constexpr Rule kRule<RfPassportTag>{"passport", 10, 10, always, always, {2, 2}};
template <>
constexpr Rule kRule<KzIinTag>{"iin", 12, 12, kz_iin_holds};
template <>
constexpr Rule kRule<KgPinTag>{"pin", 14, 14, always, kg_pin_possible};
template <>
constexpr Rule kRule<CardPanTag>{"pan", 13, 19, luhn_holds, always, {4, 4, 4, 4}};

auto refuse(std::string_view kind, std::string_view what) {
  return fail(ErrorCode::kInvalidInput, std::string(kind) + "." + std::string(what));
}

Result<std::string> parse_digits(const Rule& rule, std::string_view text) {
  if (text.size() > kIdentifierBytesMax) return refuse(rule.kind, "length");
  std::string digits = without_separators(text);
  if (!only_digits(digits)) return refuse(rule.kind, "character");
  if (digits.size() < rule.length_min || digits.size() > rule.length_max) {
    return refuse(rule.kind, "length");
  }
  // Zeros satisfy every weighted sum, and are what a careless form sends.
  if (digits.find_first_not_of('0') == std::string::npos) return refuse(rule.kind, "impossible");
  if (!rule.holds(digits)) return refuse(rule.kind, "check_digit");
  if (!rule.possible(digits)) return refuse(rule.kind, "impossible");
  return digits;
}

std::string group(const Rule& rule, std::string_view digits) {
  std::string text;
  for (std::size_t i = 0; i < rule.groups.size() && rule.groups[i] != 0; ++i) {
    if (rule.groups[i] >= digits.size()) break;
    text += digits.substr(0, rule.groups[i]);
    digits.remove_prefix(rule.groups[i]);
    const bool last = i + 1 == rule.groups.size() || rule.groups[i + 1] == 0;
    text += last ? " " : rule.glue;
  }
  return text.append(digits);
}

/// The letters of licences, Latin look-alike first.
struct Letter {
  char latin;
  std::string_view cyrillic;
};
constexpr std::array<Letter, 12> kLicenceLetters = {{{'A', "А"},
                                                     {'B', "В"},
                                                     {'E', "Е"},
                                                     {'K', "К"},
                                                     {'M', "М"},
                                                     {'H', "Н"},
                                                     {'O', "О"},
                                                     {'P', "Р"},
                                                     {'C', "С"},
                                                     {'T', "Т"},
                                                     {'Y', "У"},
                                                     {'X', "Х"}}};

/// Takes one licence letter off the front; empty when there is none.
std::string_view take_letter(std::string_view& text) {
  for (const Letter& letter : kLicenceLetters) {
    const bool latin = text.starts_with(letter.latin);
    if (!latin && !text.starts_with(letter.cyrillic)) continue;
    text.remove_prefix(latin ? 1 : letter.cyrillic.size());
    return letter.cyrillic;
  }
  return {};
}

Result<std::string> parse_licence(std::string_view text) {
  constexpr std::string_view kKind = "driving_licence";
  if (text.size() > kIdentifierBytesMax) return refuse(kKind, "length");
  const std::string kept = without_separators(text);
  std::string_view rest = kept;
  if (rest.size() < 2) return refuse(kKind, "length");
  std::string licence(rest.substr(0, 2));
  rest.remove_prefix(2);
  for (int i = 0; i < 2 && !rest.empty(); ++i) {
    const std::string_view letter = take_letter(rest);
    licence += letter;
    if (letter.empty()) break;
  }
  const bool new_form = licence.size() == 2;
  const std::size_t digits_after = new_form ? 8 : 6;
  if (!only_digits(licence.substr(0, 2)) || !only_digits(rest)) return refuse(kKind, "character");
  if (!new_form && licence.size() != 6) return refuse(kKind, "character");  // one letter alone
  if (rest.size() != digits_after) return refuse(kKind, "length");
  licence += rest;
  if (licence.find_first_not_of('0') == std::string::npos) return refuse(kKind, "impossible");
  return licence;
}

std::string group_licence(const std::string& licence) {
  const std::size_t series = licence.size() - 6;  // bytes: two digits and two digits or letters
  return licence.substr(0, 2) + " " + licence.substr(2, series - 2) + " " + licence.substr(series);
}

}  // namespace

template <typename Tag>
Result<Identifier<Tag>> Identifier<Tag>::parse(std::string_view text) {
  if constexpr (std::is_same_v<Tag, DrivingLicenceTag>) {
    TRY(std::string licence, parse_licence(text));
    return Identifier(std::move(licence));
  } else {
    TRY(std::string digits, parse_digits(kRule<Tag>, text));
    return Identifier(std::move(digits));
  }
}

template <typename Tag>
std::string Identifier<Tag>::grouped() const {
  if constexpr (std::is_same_v<Tag, DrivingLicenceTag>) {
    return group_licence(digits_);
  } else {
    return group(kRule<Tag>, digits_);
  }
}

template class Identifier<SnilsTag>;
template class Identifier<Inn12Tag>;
template class Identifier<Inn10Tag>;
template class Identifier<OgrnTag>;
template class Identifier<OgrnipTag>;
template class Identifier<OmsPolicyTag>;
template class Identifier<RfPassportTag>;
template class Identifier<DrivingLicenceTag>;
template class Identifier<KzIinTag>;
template class Identifier<KgPinTag>;
template class Identifier<CardPanTag>;

}  // namespace codec
