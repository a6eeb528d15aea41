// Numbers that name a person, an organisation, a document or a card. Each type can only hold a
// number whose form and check digits hold; it is normalised, so equal numbers are equal texts.
// Personal data: no operator<<, and errors never repeat the input. Value types.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace codec {

inline constexpr std::size_t kIdentifierBytesMax = 64;

/// One kind of identifier; the kinds are the aliases below.
template <typename Tag>
class Identifier {
 public:
  /// Accepts what people write: spaces (also no-break) and hyphens or dashes anywhere.
  /// Errors: kInvalidInput "<kind>.character", "<kind>.length", "<kind>.check_digit",
  ///         "<kind>.impossible" (all zeros, or a date that does not exist).
  [[nodiscard]] static core::Result<Identifier> parse(std::string_view text);

  /// Without separators; only a driving licence can hold letters.
  [[nodiscard]] const std::string& digits() const { return digits_; }
  /// As it stands on the paper.
  [[nodiscard]] std::string grouped() const;

  friend bool operator==(const Identifier&, const Identifier&) = default;

 private:
  explicit Identifier(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

/// Russian insurance number, 11 digits: "112-233-445 95". Numbers up to 001-001-998 have no check.
using Snils = Identifier<struct SnilsTag>;
/// Russian taxpayer number of a person, 12 digits: "500100732259".
using Inn12 = Identifier<struct Inn12Tag>;
/// Russian taxpayer number of an organisation, 10 digits: "7707083893".
using Inn10 = Identifier<struct Inn10Tag>;
/// Russian register number of an organisation, 13 digits: "1027700132195".
using Ogrn = Identifier<struct OgrnTag>;
/// Russian register number of a sole trader, 15 digits: "304500116000157".
using Ogrnip = Identifier<struct OgrnipTag>;
/// Unified medical insurance policy, 16 digits: "1600 9900 0012 3459".
using OmsPolicy = Identifier<struct OmsPolicyTag>;
/// Internal passport of Russia, series and number: "92 12 345678"; no check digit.
using RfPassport = Identifier<struct RfPassportTag>;
/// Russian driving licence: "99 12 345678" or, older, "16 АВ 345678"; no check digit. Latin look-
/// alikes become Cyrillic.
using DrivingLicence = Identifier<struct DrivingLicenceTag>;
/// Individual identification number of Kazakhstan, 12 digits; the date inside need not be the
/// person's, so only the check digit counts.
using KzIin = Identifier<struct KzIinTag>;
/// Personal number of Kyrgyzstan, 14 digits: sex, DDMMYYYY, serial; no published check digit.
using KgPin = Identifier<struct KgPinTag>;
/// Payment card number, 13..19 digits, Luhn: "4111 1111 1111 1111".
using CardPan = Identifier<struct CardPanTag>;

extern template class Identifier<SnilsTag>;
extern template class Identifier<Inn12Tag>;
extern template class Identifier<Inn10Tag>;
extern template class Identifier<OgrnTag>;
extern template class Identifier<OgrnipTag>;
extern template class Identifier<OmsPolicyTag>;
extern template class Identifier<RfPassportTag>;
extern template class Identifier<DrivingLicenceTag>;
extern template class Identifier<KzIinTag>;
extern template class Identifier<KgPinTag>;
extern template class Identifier<CardPanTag>;

}  // namespace codec
