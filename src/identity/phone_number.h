// PhoneNumber: a number that can take a call or an SMS, in E.164 form, parsed once at the edge with
// libphonenumber's rules. It is personal data: it prints only masked. Value type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace identity {

/// Which numbers an installation serves.
struct PhonePolicy {
  std::string default_region;  ///< ISO 3166-1 alpha-2, for numbers written without "+"
  std::vector<std::string>
      served_regions;  ///< regions that may register; empty = only default_region
  /// "+881", "+979": ranges that cost whoever calls them, refused before anything else is asked.
  std::vector<std::string> refused_prefixes{};
};

class PhoneNumber {
 public:
  /// Longest text looked at, in bytes.
  static constexpr std::size_t kTextBytesMax = 64;

  /// Reads a number the way people write it.
  /// Errors (all kInvalidInput):
  ///   phone.malformed           not a number, too short or too long for its country;
  ///   phone.premium_rate        premium-rate, shared-cost, satellite or another number that costs
  ///                             the caller, or a refused prefix;
  ///   phone.not_mobile          a line that cannot receive a code (fixed, VoIP, pager, service);
  ///   phone.region_not_served   a valid number of a country this installation does not serve.
  [[nodiscard]] static core::Result<PhoneNumber> parse(std::string_view text,
                                                       const PhonePolicy& policy);
  /// Takes back what e164() gave (from a sealed column). Errors: kInternal "phone.not_e164".
  [[nodiscard]] static core::Result<PhoneNumber> from_e164(std::string e164);

  /// "+79175550142".
  [[nodiscard]] const std::string& e164() const { return e164_; }
  /// "RU": where the number belongs; empty if nobody knows.
  [[nodiscard]] std::string region() const;
  /// "+7917555": the number without its last four digits, what whole blocks are bought and sold by.
  [[nodiscard]] std::string_view block() const;
  /// "+7 917 ···-··-42": enough for the owner to recognise, too little for anyone else.
  [[nodiscard]] std::string masked() const;

 private:
  explicit PhoneNumber(std::string e164) : e164_(std::move(e164)) {}
  std::string e164_;
};

/// An example of how the region writes its mobile numbers, for the entry field.
[[nodiscard]] std::string phone_example(const std::string& region);

}  // namespace identity
