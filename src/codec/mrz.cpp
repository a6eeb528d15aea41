#include "codec/mrz.h"

#include <array>

namespace codec {
namespace {

using core::Date;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::Status;

constexpr std::size_t kInputBytesMax = 256;
constexpr std::size_t kTd3Line = 44;
constexpr std::size_t kTd1Line = 30;
constexpr char kFiller = '<';
constexpr int kExpiryYearsAhead = 49;

auto refuse(std::string_view reason, std::string_view field) {
  return fail(ErrorCode::kInvalidInput, reason, std::string(field));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

int value_of(char c) {
  if (is_digit(c)) return c - '0';
  return is_letter(c) ? c - 'A' + 10 : 0;
}

/// The zone as one string of the right alphabet; blanks and line breaks dropped.
Result<std::string> join_lines(std::string_view text) {
  if (text.size() > kInputBytesMax) return refuse("mrz.length", "text");
  std::string zone;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r') continue;
    if (!is_digit(c) && !is_letter(c) && c != kFiller) return refuse("mrz.character", "text");
    zone += c;
  }
  return zone;
}

std::string_view without_fillers(std::string_view field) {
  return field.substr(0, field.find_last_not_of(kFiller) + 1);
}

/// The digit over a field; where the field is empty, some states print a filler instead.
Status check(std::string_view field, char digit, std::string_view name) {
  const bool blank = digit == kFiller && without_fillers(field).empty();
  if (blank || mrz_check_digit(field) == digit) return {};
  return refuse("mrz.check_digit", name);
}

Result<std::string> letters(std::string_view field, std::string_view name) {
  const std::string_view text = without_fillers(field);
  if (text.empty()) return refuse("mrz.field", name);
  for (const char c : text) {
    if (!is_letter(c)) return refuse("mrz.character", name);
  }
  return std::string(text);
}

/// Two digits, or nothing for two fillers.
Result<std::optional<int>> two_digits(std::string_view field, std::string_view name) {
  if (field == "<<") return std::optional<int>();
  if (!is_digit(field[0]) || !is_digit(field[1])) return refuse("mrz.character", name);
  return std::optional((field[0] - '0') * 10 + field[1] - '0');
}

Result<MrzDate> date(std::string_view field, std::string_view name) {
  TRY(const auto year, two_digits(field.substr(0, 2), name));
  TRY(const auto month, two_digits(field.substr(2, 2), name));
  TRY(const auto day, two_digits(field.substr(4, 2), name));
  const bool possible =
      year && (!month || (*month >= 1 && *month <= 12)) && (!day || (*day >= 1 && *day <= 31));
  if (!possible) return refuse("mrz.field", name);
  return MrzDate{.year_of_century = *year, .month = month, .day = day};
}

Result<MrzSex> sex(char c) {
  if (c == 'F') return MrzSex::kFemale;
  if (c == 'M') return MrzSex::kMale;
  if (c == kFiller) return MrzSex::kUnspecified;
  return refuse("mrz.field", "sex");
}

std::string with_spaces(std::string_view name) {
  std::string text(without_fillers(name));
  for (char& c : text) c = c == kFiller ? ' ' : c;
  return text;
}

/// SURNAME<<GIVEN<NAMES. Digits may stand in the internal passports of Russia, which write letters
/// without a Latin counterpart as digits.
Status names(std::string_view field, Mrz& mrz) {
  const std::size_t gap = field.find("<<");
  mrz.surname = with_spaces(field.substr(0, gap));
  if (mrz.surname.empty() || field.front() == kFiller) return refuse("mrz.field", "name");
  if (gap != std::string_view::npos) mrz.given_names = with_spaces(field.substr(gap + 2));
  return {};
}

/// Where the fields that both formats share stand.
struct Layout {
  std::string_view code, state, names, number, nationality, birth, expiry;
  char number_digit, birth_digit, expiry_digit, sex;
};

/// Everything but the document number and the optional data.
Result<Mrz> read_common(const Layout& layout) {
  Mrz mrz;
  TRY(mrz.document_code, letters(layout.code, "document_code"));
  TRY(mrz.issuing_state, letters(layout.state, "issuing_state"));
  TRY(mrz.nationality, letters(layout.nationality, "nationality"));
  TRY_VOID(check(layout.birth, layout.birth_digit, "birth"));
  TRY_VOID(check(layout.expiry, layout.expiry_digit, "expiry"));
  TRY(mrz.birth, date(layout.birth, "birth"));
  TRY(mrz.expiry, date(layout.expiry, "expiry"));
  TRY(mrz.sex, sex(layout.sex));
  TRY_VOID(names(layout.names, mrz));
  return mrz;
}

Result<Mrz> parse_td3(std::string_view zone) {
  const std::string_view first = zone.substr(0, kTd3Line);
  const std::string_view second = zone.substr(kTd3Line);
  const Layout layout{.code = first.substr(0, 2),
                      .state = first.substr(2, 3),
                      .names = first.substr(5),
                      .number = second.substr(0, 9),
                      .nationality = second.substr(10, 3),
                      .birth = second.substr(13, 6),
                      .expiry = second.substr(21, 6),
                      .number_digit = second[9],
                      .birth_digit = second[19],
                      .expiry_digit = second[27],
                      .sex = second[20]};
  TRY_VOID(check(layout.number, layout.number_digit, "document_number"));
  TRY_VOID(check(second.substr(28, 14), second[42], "optional_data"));
  const std::string covered = std::string(second.substr(0, 10)) +
                              std::string(second.substr(13, 7)) +
                              std::string(second.substr(21, 22));
  if (mrz_check_digit(covered) != second[43]) return refuse("mrz.check_digit", "composite");
  TRY(Mrz mrz, read_common(layout));
  mrz.format = MrzFormat::kTd3;
  mrz.document_number = without_fillers(layout.number);
  if (mrz.document_number.empty()) return refuse("mrz.field", "document_number");
  mrz.optional_data = without_fillers(second.substr(28, 14));
  return mrz;
}

/// A number longer than nine characters goes on in the optional data, its check digit last.
Status read_td1_number(const Layout& layout, std::string_view optional, Mrz& mrz) {
  std::string number(layout.number);
  char digit = layout.number_digit;
  if (digit == kFiller) {
    const std::string_view rest = optional.substr(0, optional.find(kFiller));
    if (rest.size() < 2) return refuse("mrz.field", "document_number");
    number += rest.substr(0, rest.size() - 1);
    digit = rest.back();
    optional.remove_prefix(rest.size());
  }
  if (mrz_check_digit(number) != digit) return refuse("mrz.check_digit", "document_number");
  mrz.document_number = without_fillers(number);
  if (mrz.document_number.empty()) return refuse("mrz.field", "document_number");
  mrz.optional_data = without_fillers(optional);
  return {};
}

Result<Mrz> parse_td1(std::string_view zone) {
  const std::string_view first = zone.substr(0, kTd1Line);
  const std::string_view second = zone.substr(kTd1Line, kTd1Line);
  const Layout layout{.code = first.substr(0, 2),
                      .state = first.substr(2, 3),
                      .names = zone.substr(2 * kTd1Line),
                      .number = first.substr(5, 9),
                      .nationality = second.substr(15, 3),
                      .birth = second.substr(0, 6),
                      .expiry = second.substr(8, 6),
                      .number_digit = first[14],
                      .birth_digit = second[6],
                      .expiry_digit = second[14],
                      .sex = second[7]};
  const std::string covered = std::string(first.substr(5)) + std::string(second.substr(0, 7)) +
                              std::string(second.substr(8, 7)) + std::string(second.substr(18, 11));
  if (mrz_check_digit(covered) != second[29]) return refuse("mrz.check_digit", "composite");
  TRY(Mrz mrz, read_common(layout));
  mrz.format = MrzFormat::kTd1;
  TRY_VOID(read_td1_number(layout, first.substr(15), mrz));
  const std::string_view more = without_fillers(second.substr(18, 11));
  if (!more.empty()) mrz.optional_data.append("/").append(more);
  return mrz;
}

/// The date in one century, when that day exists.
std::optional<Date> in_century(const MrzDate& date, int century) {
  if (!date.month || !date.day) return std::nullopt;
  const Date day{.year = century + date.year_of_century, .month = *date.month, .day = *date.day};
  const auto checked = Date::parse(day.to_string());
  if (!checked) return std::nullopt;
  return *checked;
}

}  // namespace

std::optional<Date> MrzDate::as_birth(const Date& today) const {
  const int century = today.year / 100 * 100;
  const auto recent = in_century(*this, century);
  if (recent && *recent <= today) return recent;
  return in_century(*this, century - 100);
}

std::optional<Date> MrzDate::as_expiry(const Date& today) const {
  int century = today.year / 100 * 100;
  const int ahead = century + year_of_century - today.year;
  if (ahead > kExpiryYearsAhead) century -= 100;
  if (ahead < kExpiryYearsAhead - 99) century += 100;
  return in_century(*this, century);
}

char mrz_check_digit(std::string_view field) {
  constexpr std::array<int, 3> kWeights = {7, 3, 1};
  int sum = 0;
  for (std::size_t i = 0; i < field.size(); ++i) sum += value_of(field[i]) * kWeights[i % 3];
  return static_cast<char>('0' + sum % 10);
}

Result<Mrz> Mrz::parse(std::string_view text) {
  TRY(const std::string zone, join_lines(text));
  if (zone.size() == 2 * kTd3Line) return parse_td3(zone);
  if (zone.size() == 3 * kTd1Line) return parse_td1(zone);
  return refuse("mrz.length", "text");
}

}  // namespace codec
