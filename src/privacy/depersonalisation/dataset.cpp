#include "privacy/depersonalisation/dataset.h"

#include <algorithm>
#include <map>
#include <ostream>

#include "codec/json.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

std::int64_t left_out(const std::vector<PeopleClass>& classes) {
  std::int64_t people = 0;
  for (const auto& one : classes) people += one.stays ? 0 : one.people;
  return people;
}

/// Places of a list's words in their sorted order.
std::vector<std::uint32_t> sorted_places(const std::vector<std::string>& words,
                                         std::vector<std::string>& sorted) {
  sorted = words;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> places;
  for (const auto& word : words) {
    const auto place = std::lower_bound(sorted.begin(), sorted.end(), word);
    places.push_back(static_cast<std::uint32_t>(place - sorted.begin()));
  }
  return places;
}

/// Makes the data set of one choice of steps.
class Maker {
 public:
  Maker(const PeopleTable& table, const Lattice& lattice, const Steps& steps)
      : table_(table), lattice_(lattice), steps_(steps), quasi_(table.quasi().size()) {}

  Dataset make(const std::vector<PeopleClass>& classes) {
    add_columns();
    for (const auto& one : classes) {
      result_.people += one.people;
      if (one.stays) {
        add_class(one);
      } else {
        result_.suppressed += one.people;
      }
    }
    for (auto& [codes, people] : lines_) result_.lines.push_back({codes, people});
    return std::move(result_);
  }

 private:
  void add_columns() {
    for (std::size_t i = 0; i < table_.columns().size(); ++i) {
      DatasetColumn column;
      column.name = table_.columns()[i].column;
      column.sensitive = i >= quasi_;
      if (column.sensitive) {
        places_.push_back(sorted_places(table_.columns()[i].words, column.words));
      } else {
        column.steps = table_.quasi()[i].steps;
        column.step = steps_[i];
        column.loss = lattice_.loss(i, steps_[i]);
        column.words = lattice_.words(i, steps_[i]);
      }
      result_.columns.push_back(std::move(column));
    }
  }

  void add_class(const PeopleClass& one) {
    result_.kept += one.people;
    ++result_.classes;
    result_.smallest_class =
        result_.classes == 1 ? one.people : std::min(result_.smallest_class, one.people);
    result_.largest_class = std::max(result_.largest_class, one.people);
    const auto diversity = lattice_.diversity_of(one);
    for (std::size_t s = 0; s < diversity.size(); ++s) {
      auto& column = result_.columns[quasi_ + s];
      const auto distinct = diversity[s];
      column.diversity = result_.classes == 1 ? distinct : std::min(column.diversity, distinct);
      if (distinct == 1) column.alike += one.people;
    }
    for (const auto place : one.groups) add_group(lattice_.groups()[place]);
  }

  void add_group(const Lattice::Group& group) {
    auto cell = group.first;
    for (std::size_t i = 0; i < group.cells; ++i, ++cell) {
      auto codes = cell->first;
      for (std::size_t c = 0; c < codes.size(); ++c) {
        codes[c] = c < quasi_ ? lattice_.up(c, steps_[c], codes[c]) : places_[c - quasi_][codes[c]];
      }
      lines_[std::move(codes)] += cell->second;
    }
  }

  const PeopleTable& table_;
  const Lattice& lattice_;
  const Steps& steps_;
  std::size_t quasi_;
  std::vector<std::vector<std::uint32_t>> places_;  ///< of sensitive words
  std::map<Codes, std::int64_t> lines_;
  Dataset result_;
};

std::string csv_word(const std::string& word) {
  if (word.find_first_of(",\"\r\n") == std::string::npos) return word;
  std::string quoted = "\"";
  for (const char c : word) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

template <typename Each>
void for_each_row(const Dataset& dataset, Each each) {
  for (const auto& line : dataset.lines) {
    for (std::int64_t i = 0; i < line.people; ++i) each(line);
  }
}

}  // namespace

core::Result<Dataset> make_dataset(const PeopleTable& table, const DatasetWish& wish) {
  if (table.people() < wish.rule.k) {
    return fail(ErrorCode::kConflict, "depersonalise.too_few_people");
  }
  TRY(const auto lattice, Lattice::make(table));
  const auto nodes = lattice.nodes();
  for (const auto& steps : nodes) {
    const auto classes = lattice.classes(steps, wish.rule);
    const auto out = left_out(classes);
    if (out == table.people()) continue;
    if (out * 100 > table.people() * wish.suppressed_percent_max) continue;
    auto dataset = Maker(table, lattice, steps).make(classes);
    dataset.choices = static_cast<std::int64_t>(nodes.size());
    return dataset;
  }
  return fail(ErrorCode::kConflict, "depersonalise.not_reachable");
}

void write_csv(const Dataset& dataset, std::ostream& out) {
  for (std::size_t c = 0; c < dataset.columns.size(); ++c) {
    out << (c == 0 ? "" : ",") << csv_word(dataset.columns[c].name);
  }
  out << "\n";
  for_each_row(dataset, [&](const DatasetLine& line) {
    for (std::size_t c = 0; c < line.codes.size(); ++c) {
      out << (c == 0 ? "" : ",") << csv_word(dataset.columns[c].words[line.codes[c]]);
    }
    out << "\n";
  });
}

void write_json(const Dataset& dataset, std::ostream& out) {
  codec::JsonArray names;
  for (const auto& column : dataset.columns) names.emplace_back(column.name);
  out << R"({"columns":)" << codec::to_text(names) << R"(,"rows":[)";
  bool first = true;
  for_each_row(dataset, [&](const DatasetLine& line) {
    codec::JsonArray row;
    for (std::size_t c = 0; c < line.codes.size(); ++c) {
      row.emplace_back(dataset.columns[c].words[line.codes[c]]);
    }
    out << (first ? "\n" : ",\n") << codec::to_text(row);
    first = false;
  });
  out << "\n]}\n";
}

}  // namespace privacy
