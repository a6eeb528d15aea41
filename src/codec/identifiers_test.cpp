#include "codec/identifiers.h"

#include <map>

#include "codec/vectors_test.h"

namespace codec {
namespace {

/// What parsing says: the reason after the dot, or "ok" and the grouped form.
struct Said {
  std::string outcome;
  std::string grouped;
};

template <typename Kind>
Said say(std::string_view text) {
  const auto parsed = Kind::parse(text);
  if (!parsed) {
    EXPECT_EQ(parsed.error().code, core::ErrorCode::kInvalidInput);
    EXPECT_TRUE(parsed.error().detail.empty()) << "the input is personal data";
    return {parsed.error().reason.substr(parsed.error().reason.find('.') + 1), ""};
  }
  EXPECT_EQ(Kind::parse(parsed->grouped()), *parsed) << "the grouped form is the same number";
  return {"ok", parsed->grouped()};
}

TEST(Identifiers, ReadAndRefuseTheVectors) {
  const std::map<std::string, Said (*)(std::string_view)> kinds = {
      {"snils", say<Snils>},         {"inn12", say<Inn12>},
      {"inn10", say<Inn10>},         {"ogrn", say<Ogrn>},
      {"ogrnip", say<Ogrnip>},       {"oms", say<OmsPolicy>},
      {"passport", say<RfPassport>}, {"licence", say<DrivingLicence>},
      {"kz_iin", say<KzIin>},        {"kg_pin", say<KgPin>},
      {"pan", say<CardPan>}};
  for (const auto& row : read_vectors("identifiers/identifiers.txt", 4)) {
    const Said said = kinds.at(row[0])(row[1]);
    EXPECT_EQ(said.outcome, row[2]) << row[0] << " " << row[1];
    EXPECT_EQ(said.grouped, row[3]) << row[0] << " " << row[1];
  }
}

/// Every change of one digit must be noticed by this kind's check digits.
template <typename Kind>
void expect_every_digit_checked(const std::string& number) {
  ASSERT_TRUE(Kind::parse(number));
  for (std::size_t i = 0; i < number.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = number;
      changed[i] = digit;
      EXPECT_EQ(Kind::parse(changed).has_value(), changed == number) << changed;
    }
  }
}

TEST(Identifiers, NoticeEveryWrongDigit) {
  expect_every_digit_checked<OmsPolicy>("1600990000123459");
  expect_every_digit_checked<CardPan>("4111111111111111");
  expect_every_digit_checked<Snils>("11223344595");
}

TEST(Identifiers, AreEqualHoweverTheyAreWritten) {
  EXPECT_EQ(*Snils::parse("112-233-445 95"), *Snils::parse("11223344595"));
  EXPECT_EQ(DrivingLicence::parse("16 AB 345678")->digits(), "16АВ345678");
}

}  // namespace
}  // namespace codec
