#include "privacy/depersonalisation/facts.h"

#include <gtest/gtest.h>

namespace privacy {
namespace {

const std::vector<Region> kRegions{{"Татарстан", "Приволжский"},
                                   {"Саха", "Дальневосточный"},
                                   {"Сахалинская обл", "Дальневосточный"},
                                   {"Москва", "Центральный"}};

vault::PersonalRecord record(std::string name, std::string value) {
  return {std::move(name), core::Secret<std::string>(std::move(value)), {}};
}

TEST(RegionOf, FindsTheRegionThatStandsFirst) {
  const auto of = [](std::string_view address) { return region_of(address, kRegions); };
  EXPECT_EQ(of("420012, Республика Татарстан, г. Казань, ул. Москва"), "Татарстан");
  EXPECT_EQ(of("г. Москва, ул. Татарстан, д. 1"), "Москва");
  EXPECT_EQ(of("693000, Сахалинская область, г. Южно-Сахалинск"), "Сахалинская обл");
  EXPECT_EQ(of("Республика Саха (Якутия), г. Якутск"), "Саха");
}

TEST(RegionOf, TellsNothingOfAnAddressItDoesNotKnow) {
  const auto of = [](std::string_view address) { return region_of(address, kRegions); };
  EXPECT_EQ(of(""), kUnknownWord);
  EXPECT_EQ(of("Фельдмана 5, квартира Иванова"), kUnknownWord);
  EXPECT_EQ(of("1, 2, 3, Татарстан"), kUnknownWord) << "a street may be called so";
}

TEST(TakeRecords, MakesWordsOfClosedLists) {
  PersonFacts facts;
  take_records(facts,
               {record("birth_date", "1987-04-05"), record("sex", "F"),
                record("registration_address", "420012, Татарстан, Казань")},
               kRegions);
  EXPECT_EQ(facts.birth_year, "1987");
  EXPECT_EQ(facts.sex, "female");
  EXPECT_EQ(facts.region, "Татарстан");
}

TEST(TakeRecords, NeverPassesOnWhatSomebodyWrote) {
  for (const auto* hostile : {"", "Иванова Анна", "=cmd()", "1987-04-05T", "Ж", "19870405"}) {
    PersonFacts facts;
    take_records(facts,
                 {record("birth_date", hostile), record("sex", hostile),
                  record("registration_address", hostile)},
                 kRegions);
    for (const auto column : {"birth_year", "sex", "region"}) {
      EXPECT_EQ(word_of(facts, column), kUnknownWord) << hostile;
    }
  }
}

TEST(Hierarchies, EndInSayingNothing) {
  DepersonalisationRules rules;
  rules.birth_years = rules.registered_years = {1, 5, 10};
  rules.regions = kRegions;
  for (const auto column : kDatasetColumns) {
    const auto hierarchy = hierarchy_of(column, rules);
    EXPECT_EQ(hierarchy.column, column);
    for (const auto* word : {"1987", "Татарстан", "inn+passport", "none", "not stated"}) {
      const auto chain = hierarchy.chain(word);
      ASSERT_EQ(chain.size(), hierarchy.steps.size());
      EXPECT_EQ(chain.back(), kAnyWord);
    }
  }
  EXPECT_EQ(hierarchy_of("birth_year", rules).chain("1987"),
            (std::vector<std::string>{"1987", "1985-1989", "1980-1989", "*"}));
  EXPECT_EQ(hierarchy_of("region", rules).chain("Саха")[1], "Дальневосточный");
  EXPECT_EQ(hierarchy_of("region", rules).chain("ул. Ленина")[0], kUnknownWord);
  EXPECT_EQ(hierarchy_of("documents", rules).chain("inn+passport")[1], "2");
  EXPECT_EQ(hierarchy_of("documents", rules).chain("none")[1], "0");
}

TEST(JoinedParts, AreSortedAndEachThereOnce) {
  EXPECT_EQ(joined_parts({"passport", "inn", "passport"}), "inn+passport");
  EXPECT_EQ(joined_parts({}), "none");
}

TEST(ParseColumns, TakesKnownNamesOnce) {
  const auto reason = [](std::string_view quasi, std::string_view sensitive) {
    const auto read = parse_columns(quasi, sensitive);
    return read ? std::string("ok") : read.error().reason;
  };
  EXPECT_EQ(reason("sex,birth_year", "documents"), "ok");
  EXPECT_EQ(reason("sex", ""), "ok");
  EXPECT_EQ(reason("phone", ""), "depersonalise.column_unknown");
  EXPECT_EQ(reason("sex,", "family_name"), "depersonalise.column_unknown");
  EXPECT_EQ(reason("sex,sex", ""), "depersonalise.column_twice");
  EXPECT_EQ(reason("sex", "sex"), "depersonalise.column_twice");
  EXPECT_EQ(reason("", "documents"), "depersonalise.no_columns");
}

}  // namespace
}  // namespace privacy
