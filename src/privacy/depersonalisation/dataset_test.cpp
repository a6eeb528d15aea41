#include "privacy/depersonalisation/dataset.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "privacy/depersonalisation/facts.h"
#include "privacy/depersonalisation/report.h"

namespace privacy {
namespace {

using Person = std::vector<std::string>;  ///< sex, year, region; documents
using Population = std::vector<Person>;

const std::vector<Region> kRegions{{"Татарстан", "Приволжский"},
                                   {"Чувашская", "Приволжский"},
                                   {"Москва", "Центральный"},
                                   {"Тверская обл", "Центральный"}};

std::vector<Hierarchy> quasi_columns() {
  return {word_or_any("sex"), years("birth_year", {1, 5, 10}), regions("region", kRegions)};
}

/// People as they are: most alike, some rare.
Population random_people(std::mt19937& random, int size) {
  const auto below = [&](int bound) {
    return static_cast<int>(random() % static_cast<unsigned>(bound));
  };
  Population people;
  const int years = 1 + below(40);
  for (int i = 0; i < size; ++i) {
    const auto region = below(10) == 0 ? std::string(kUnknownWord)
                                       : kRegions[static_cast<std::size_t>(below(4))].name;
    const auto born = below(25) == 0 ? std::string(kUnknownWord)
                                     : std::to_string(1950 + below(years) * below(2) + below(3));
    const std::vector<std::string> documents{"none", "passport", "inn+passport"};
    people.push_back({below(2) == 0 ? "male" : "female", born, region,
                      documents[static_cast<std::size_t>(below(3))]});
  }
  return people;
}

PeopleTable table_of(const Population& people) {
  PeopleTable table(quasi_columns(), {"documents"});
  for (const auto& person : people) EXPECT_TRUE(table.add(person));
  return table;
}

/// The rows of a data set, read back from its CSV by nothing that wrote it.
std::vector<Person> rows_of(const Dataset& dataset) {
  std::ostringstream text;
  write_csv(dataset, text);
  std::istringstream lines(text.str());
  std::vector<Person> rows;
  for (std::string line; std::getline(lines, line);) {
    Person row;
    std::istringstream words(line);
    for (std::string word; std::getline(words, word, ',');) row.push_back(word);
    rows.push_back(row);
  }
  EXPECT_EQ(rows.front(), (Person{"sex", "birth_year", "region", "documents"}));
  rows.erase(rows.begin());
  return rows;
}

/// What the best choice is, found by trying every one on the people themselves.
struct Best {
  double loss = 1e9;
  std::int64_t suppressed = 0;
  std::int64_t smallest = 0;
};

struct Tried {
  double loss = 0;
  std::int64_t suppressed = 0;
  std::int64_t smallest = 1'000'000;
  bool holds = false;
};

double loss_of(const Population& people, std::size_t column, std::size_t step) {
  const auto chain = quasi_columns()[column].chain;
  std::map<std::string, std::set<std::string>> finest;  // by what they become
  std::size_t all = 0;
  for (const auto& person : people) {
    all += finest[chain(person[column])[step]].insert(person[column]).second ? 1 : 0;
  }
  if (all < 2) return 0;
  double sum = 0;
  for (const auto& person : people) {
    const auto alike = finest[chain(person[column])[step]].size();
    sum += static_cast<double>(alike - 1) / static_cast<double>(all - 1);
  }
  return sum / static_cast<double>(people.size());
}

Tried try_steps(const Population& people, const std::vector<std::size_t>& steps,
                const DatasetWish& wish) {
  const auto columns = quasi_columns();
  std::map<Person, std::pair<std::int64_t, std::set<std::string>>> classes;
  for (const auto& person : people) {
    Person key;
    for (std::size_t c = 0; c < steps.size(); ++c) {
      key.push_back(columns[c].chain(person[c])[steps[c]]);
    }
    auto& one = classes[key];
    ++one.first;
    one.second.insert(person[3]);
  }
  Tried tried;
  std::int64_t kept = 0;
  for (const auto& [key, one] : classes) {
    const bool stays = one.first >= wish.rule.k &&
                       static_cast<std::int64_t>(one.second.size()) >= wish.rule.diversity;
    (stays ? kept : tried.suppressed) += one.first;
    if (stays) tried.smallest = std::min(tried.smallest, one.first);
  }
  const auto all = static_cast<std::int64_t>(people.size());
  tried.holds = kept > 0 && tried.suppressed * 100 <= all * wish.suppressed_percent_max;
  for (std::size_t c = 0; c < steps.size(); ++c) tried.loss += loss_of(people, c, steps[c]);
  return tried;
}

std::optional<Best> brute_force(const Population& people, const DatasetWish& wish) {
  std::optional<Best> best;
  for (std::size_t a = 0; a < 2; ++a) {
    for (std::size_t b = 0; b < 4; ++b) {
      for (std::size_t c = 0; c < 3; ++c) {
        const auto tried = try_steps(people, {a, b, c}, wish);
        if (!tried.holds || (best && tried.loss >= best->loss - 1e-5)) continue;
        best = Best{tried.loss, tried.suppressed, tried.smallest};
      }
    }
  }
  return best;
}

double loss_of(const Dataset& dataset) {
  double loss = 0;
  for (const auto& column : dataset.columns) {
    loss += static_cast<double>(column.loss) / Lattice::kWhole;
  }
  return loss;
}

/// Counts classes in the file itself.
void expect_rule(const Dataset& dataset, const ClassRule& rule) {
  std::map<Person, std::int64_t> people;
  std::map<Person, std::set<std::string>> told;
  const auto rows = rows_of(dataset);
  for (const auto& row : rows) {
    const Person key(row.begin(), row.begin() + 3);
    ++people[key];
    told[key].insert(row[3]);
  }
  std::int64_t smallest = 1'000'000;
  for (const auto& [key, count] : people) {
    EXPECT_GE(count, rule.k);
    EXPECT_GE(static_cast<std::int64_t>(told[key].size()), rule.diversity);
    smallest = std::min(smallest, count);
  }
  EXPECT_EQ(smallest, dataset.smallest_class);
  EXPECT_EQ(static_cast<std::int64_t>(people.size()), dataset.classes);
  EXPECT_EQ(static_cast<std::int64_t>(rows.size()), dataset.kept);
}

TEST(MakeDataset, KeepsTheRuleAndLosesNoMoreThanTheBestOfAllChoices) {
  std::mt19937 random(20261126);
  int made = 0;
  int refused = 0;
  int coarser = 0;
  int suppressed = 0;
  for (int round = 0; round < 150; ++round) {
    const auto people = random_people(random, 1 + static_cast<int>(random() % 120));
    const DatasetWish wish{{.k = 2 + static_cast<std::int64_t>(random() % 9),
                            .diversity = 1 + static_cast<std::int64_t>(random() % 3)},
                           static_cast<int>(random() % 30)};
    const auto dataset = make_dataset(table_of(people), wish);
    const auto best = brute_force(people, wish);
    ASSERT_EQ(dataset.has_value(), best.has_value()) << round;
    if (!dataset) {
      ++refused;
      continue;
    }
    ++made;
    expect_rule(*dataset, wish.rule);
    EXPECT_NEAR(loss_of(*dataset), best->loss, 5e-5) << round;
    EXPECT_EQ(dataset->kept + dataset->suppressed, static_cast<std::int64_t>(people.size()));
    coarser += loss_of(*dataset) > 0 ? 1 : 0;
    suppressed += dataset->suppressed > 0 ? 1 : 0;
  }
  // The rounds tried what they were made for.
  EXPECT_GT(made, 75);
  EXPECT_GT(refused, 3);
  EXPECT_GT(coarser, 40);
  EXPECT_GT(suppressed, 25);
}

TEST(MakeDataset, GivesTheSameBytesInWhateverOrderPeopleCome) {
  std::mt19937 random(7);
  auto people = random_people(random, 200);
  const DatasetWish wish{{.k = 5}, 5};
  const auto text = [&] {
    std::ostringstream csv;
    const auto dataset = make_dataset(table_of(people), wish);
    EXPECT_TRUE(dataset);
    write_csv(*dataset, csv);
    write_json(*dataset, csv);
    return csv.str();
  };
  const auto before = text();
  std::shuffle(people.begin(), people.end(), random);
  EXPECT_EQ(text(), before);
}

TEST(MakeDataset, TakesTheFinestStepsWhereEverybodyIsAlike) {
  const auto dataset =
      make_dataset(table_of(Population(5, {"male", "1987", "Москва", "none"})), {{.k = 5}, 0});
  ASSERT_TRUE(dataset);
  EXPECT_EQ(rows_of(*dataset)[0], (Person{"male", "1987", "Москва", "none"}));
  EXPECT_EQ(dataset->suppressed, 0);
  EXPECT_EQ(dataset->columns[3].diversity, 1);
  EXPECT_EQ(dataset->columns[3].alike, 5) << "everybody there has the same";
}

TEST(MakeDataset, LeavesOutTheRareRatherThanBlurAll) {
  Population people(200, {"male", "1987", "Москва", "none"});
  people.insert(people.end(), 4, {"female", "1923", "Татарстан", "none"});
  const auto dataset = make_dataset(table_of(people), {{.k = 5}, 5});
  ASSERT_TRUE(dataset);
  EXPECT_EQ(dataset->suppressed, 4);
  for (const auto& row : rows_of(*dataset)) EXPECT_EQ(row[1], "1987");
  // Nobody may be left out: then all become alike in something.
  const auto all = make_dataset(table_of(people), {{.k = 5}, 0});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->kept, 204);
  EXPECT_EQ(all->smallest_class, 204);
}

TEST(MakeDataset, RefusesWhatCannotBe) {
  const Population four(4, {"male", "1987", "Москва", "none"});
  EXPECT_EQ(make_dataset(table_of(four), {{.k = 5}, 99}).error().reason,
            "depersonalise.too_few_people");
  EXPECT_EQ(make_dataset(table_of({}), {{.k = 2}, 99}).error().reason,
            "depersonalise.too_few_people");
  EXPECT_EQ(make_dataset(table_of(four), {{.k = 2, .diversity = 2}, 99}).error().reason,
            "depersonalise.not_reachable");
}

TEST(PeopleTable, IsBoundedByCombinationsAndNotByPeople) {
  PeopleTable table({word_or_any("sex")}, {});
  for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(table.add({"male"}));
  EXPECT_EQ(table.cells().size(), 1U);
  PeopleTable few({word_or_any("sex")}, {}, 2);
  EXPECT_TRUE(few.add({"male"}));
  EXPECT_TRUE(few.add({"female"}));
  EXPECT_TRUE(few.add({"male"}));
  EXPECT_EQ(few.add({"not stated"}).error().reason, "depersonalise.too_many_combinations");
}

TEST(WriteCsv, QuotesWhatNeedsIt) {
  PeopleTable table({word_or_any("sex")}, {"documents"});
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(table.add({"a,b", "say \"x\""}));
  const auto dataset = make_dataset(table, {{.k = 2}, 0});
  ASSERT_TRUE(dataset);
  std::ostringstream csv;
  write_csv(*dataset, csv);
  const std::string row = "\"a,b\",\"say \"\"x\"\"\"\n";
  EXPECT_EQ(csv.str(), "sex,documents\n" + row + row);
}

TEST(Report, TellsWhatWasAskedAndWhatCameOfIt) {
  Population people(20, {"male", "1987", "Москва", "none"});
  people.push_back({"female", "1923", "Татарстан", "none"});
  const DatasetWish wish{{.k = 5}, 5};
  const auto dataset = make_dataset(table_of(people), wish);
  ASSERT_TRUE(dataset);
  DatasetReport report;
  report.dataset_id = "one";
  report.file_sha256 = "ab";
  report.wish = wish;
  report.left_out = 3;
  const auto json = report_json(report, *dataset).as_object();
  EXPECT_EQ(json.at("k").at("asked").as_int64(), 5);
  EXPECT_EQ(json.at("k").at("reached").as_int64(), 20);
  EXPECT_EQ(json.at("people").at("suppressed").as_int64(), 1);
  EXPECT_EQ(json.at("people").at("left_out").as_int64(), 3);
  EXPECT_EQ(json.at("log_subject").as_string(), "depersonalised/one/k20/20/ab");
  const auto english = in_plain_words(report, *dataset, "en");
  EXPECT_NE(english.find("at least 20 people (asked for: 5)"), std::string::npos) << english;
  EXPECT_NE(english.find("20 people stand in groups where everybody"), std::string::npos);
  EXPECT_NE(in_plain_words(report, *dataset, "ru").find("не меньше чем за 20"), std::string::npos);
}

}  // namespace
}  // namespace privacy
