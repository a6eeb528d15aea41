#include "identity/phone_number.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;
using i18n::phonenumbers::PhoneNumberUtil;

const PhoneNumberUtil& numbers() { return *PhoneNumberUtil::GetInstance(); }

bool is_served(const PhonePolicy& policy, const std::string& region) {
  if (policy.served_regions.empty()) return region == policy.default_region;
  return std::find(policy.served_regions.begin(), policy.served_regions.end(), region) !=
         policy.served_regions.end();
}

bool is_refused(const PhonePolicy& policy, std::string_view e164) {
  return std::any_of(policy.refused_prefixes.begin(), policy.refused_prefixes.end(),
                     [&](const std::string& prefix) { return e164.starts_with(prefix); });
}

core::Status check_type(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::MOBILE:
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return {};
    case PhoneNumberUtil::PREMIUM_RATE:
    case PhoneNumberUtil::SHARED_COST:
      return fail(ErrorCode::kInvalidInput, "phone.premium_rate");
    default:
      return fail(ErrorCode::kInvalidInput, "phone.not_mobile");
  }
}

}  // namespace

core::Result<PhoneNumber> PhoneNumber::parse(std::string_view text, const PhonePolicy& policy) {
  if (text.size() > kTextBytesMax) return fail(ErrorCode::kInvalidInput, "phone.malformed");
  i18n::phonenumbers::PhoneNumber number;
  const auto parsed = numbers().Parse(std::string(text), policy.default_region, &number);
  if (parsed != PhoneNumberUtil::NO_PARSING_ERROR || number.has_extension() ||
      !numbers().IsValidNumber(number)) {
    return fail(ErrorCode::kInvalidInput, "phone.malformed");
  }
  std::string e164;
  numbers().Format(number, PhoneNumberUtil::E164, &e164);
  if (is_refused(policy, e164)) return fail(ErrorCode::kInvalidInput, "phone.premium_rate");
  TRY_VOID(check_type(numbers().GetNumberType(number)));
  std::string region;
  numbers().GetRegionCodeForNumber(number, &region);
  if (!is_served(policy, region)) return fail(ErrorCode::kInvalidInput, "phone.region_not_served");
  return PhoneNumber(std::move(e164));
}

core::Result<PhoneNumber> PhoneNumber::from_e164(std::string e164) {
  const bool digits =
      e164.size() >= 8 && e164.size() <= 16 && e164[0] == '+' &&
      std::all_of(e164.begin() + 1, e164.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return fail(ErrorCode::kInternal, "phone.not_e164");
  return PhoneNumber(std::move(e164));
}

std::string PhoneNumber::region() const {
  i18n::phonenumbers::PhoneNumber number;
  std::string region;
  if (numbers().Parse(e164_, "ZZ", &number) == PhoneNumberUtil::NO_PARSING_ERROR) {
    numbers().GetRegionCodeForNumber(number, &region);
  }
  return region;
}

std::string_view PhoneNumber::block() const {
  constexpr std::size_t kDigitsOfOne = 4;
  return std::string_view(e164_).substr(0, e164_.size() - kDigitsOfOne);
}

std::string PhoneNumber::masked() const {
  i18n::phonenumbers::PhoneNumber number;
  std::string shown = e164_;
  if (numbers().Parse(e164_, "ZZ", &number) == PhoneNumberUtil::NO_PARSING_ERROR) {
    numbers().Format(number, PhoneNumberUtil::INTERNATIONAL, &shown);
  }
  // The country, the operator's three digits and the last two stay; what is between is hidden.
  const auto digits =
      std::count_if(shown.begin(), shown.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto country = static_cast<std::ptrdiff_t>(std::to_string(number.country_code()).size());
  std::string masked;
  std::ptrdiff_t seen = 0;
  for (const char c : shown) {
    if (c < '0' || c > '9') {
      masked += c;
      continue;
    }
    ++seen;
    const bool keep = seen <= country + 3 || seen > digits - 2;
    masked += keep ? std::string(1, c) : std::string("•");
  }
  return masked;
}

std::string phone_example(const std::string& region) {
  i18n::phonenumbers::PhoneNumber number;
  std::string text;
  if (numbers().GetExampleNumberForType(region, PhoneNumberUtil::MOBILE, &number)) {
    numbers().Format(number, PhoneNumberUtil::INTERNATIONAL, &text);
  }
  return text;
}

}  // namespace identity
