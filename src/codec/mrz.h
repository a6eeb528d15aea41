// The machine readable zone of a passport (TD3, two lines of 44) or an identity card (TD1, three
// lines of 30), ICAO Doc 9303 parts 3 to 5. Check digits prove a clean reading, not authenticity.
// Value types; hold personal data, so they are never logged.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/instant.h"
#include "core/result.h"

namespace codec {

/// YYMMDD as printed. A birth date may have unknown parts, printed as "<<".
struct MrzDate {
  int year_of_century = 0;   ///< 0..99
  std::optional<int> month;  ///< 1..12
  std::optional<int> day;    ///< 1..31

  /// The latest such day that is not after `today`; nothing when a part is unknown or no such day.
  [[nodiscard]] std::optional<core::Date> as_birth(const core::Date& today) const;
  /// The day of that name nearest to `today`: at most 50 years before, 49 after.
  [[nodiscard]] std::optional<core::Date> as_expiry(const core::Date& today) const;
};

enum class MrzFormat { kTd1, kTd3 };
enum class MrzSex { kFemale, kMale, kUnspecified };

/// Texts are without trailing fillers; in names a filler is a space.
struct Mrz {
  MrzFormat format = MrzFormat::kTd3;
  std::string document_code;  ///< "P", "PN", "I" ...
  std::string issuing_state;  ///< 1..3 letters
  std::string surname;        ///< primary identifier
  std::string given_names;    ///< secondary identifier; may be empty
  std::string document_number;
  std::string nationality;
  MrzDate birth;
  MrzSex sex = MrzSex::kUnspecified;
  MrzDate expiry;
  std::string optional_data;  ///< inner fillers kept; of TD1 both fields, "/" between

  /// Reads both formats, lines separated by line breaks or not at all; spaces are dropped.
  /// Errors: kInvalidInput "mrz.length" no known format; "mrz.character" outside A-Z, 0-9, '<' or
  ///         a letter where a digit must stand; "mrz.field" an impossible date or sex, no name;
  ///         "mrz.check_digit". The detail names the field.
  [[nodiscard]] static core::Result<Mrz> parse(std::string_view text);
};

/// Weights 7, 3, 1; '<' is 0, A is 10. Characters outside the alphabet count as 0: check first.
/// Returns '0'..'9'. Source: ICAO Doc 9303 part 3, check digits.
[[nodiscard]] char mrz_check_digit(std::string_view field);

}  // namespace codec
