#include "privacy/edition_difference.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace privacy {
namespace {

struct Clause {
  std::string section;
  std::string text;
  bool heading = false;
  bool matched = false;
};
using Clauses = std::vector<Clause>;

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r";
  const auto begin = line.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlank) - begin + 1);
}

/// Reads the markup of editions: headings, paragraphs, lists (docs/editions.md).
class ClauseReader {
 public:
  Clauses read(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      take(trimmed(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return std::move(clauses_);
  }

 private:
  void take(std::string_view line) {
    if (line.empty()) {
      open_ = false;
    } else if (line.starts_with("# ") || line.starts_with("## ")) {
      section_ = trimmed(line.substr(line.find(' ')));
      clauses_.push_back({section_, section_, true});
      open_ = false;
    } else if (line.starts_with("- ")) {
      clauses_.push_back({section_, std::string(trimmed(line.substr(2)))});
      open_ = true;
    } else if (open_) {
      clauses_.back().text += " " + std::string(line);
    } else {
      clauses_.push_back({section_, std::string(line)});
      open_ = true;
    }
  }

  Clauses clauses_;
  std::string section_;
  bool open_ = false;
};

/// A text without what is only markup, for comparing.
std::string bare(std::string text) {
  for (auto at = text.find("**"); at != std::string::npos; at = text.find("**")) text.erase(at, 2);
  return text;
}

/// Marks what stands in both texts, wherever: a clause that moved says the same.
void match_same(Clauses& before, Clauses& after) {
  std::multimap<std::string, Clause*> known;
  for (auto& clause : before) known.emplace(bare(clause.text), &clause);
  for (auto& clause : after) {
    const auto found = known.find(bare(clause.text));
    if (found == known.end()) continue;
    clause.matched = found->second->matched = true;
    known.erase(found);
  }
}

std::multiset<std::string> words_of(std::string_view text) {
  std::multiset<std::string> words;
  std::string word;
  for (const char c : text) {
    const bool breaks = std::string_view(" \t,.;:()!?\"").find(c) != std::string_view::npos;
    if (!breaks) word += c;
    if (breaks && !word.empty()) words.insert(std::move(word)), word.clear();
  }
  if (!word.empty()) words.insert(std::move(word));
  return words;
}

/// The share of words in common: 0 to 1.
double likeness(std::string_view a, std::string_view b) {
  const auto left = words_of(a);
  const auto right = words_of(b);
  if (left.empty() && right.empty()) return 1.0;
  std::vector<std::string> common;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(common));
  return 2.0 * static_cast<double>(common.size()) / static_cast<double>(left.size() + right.size());
}

constexpr double kSameClause = 0.4;
/// Pairs beyond this are not compared: what is left over is told as added and removed.
constexpr std::size_t kPairsMax = 40'000;

struct Pair {
  double likeness = 0;
  std::size_t before = 0;
  std::size_t after = 0;
};

/// For each changed clause of the later text, which of the earlier it was: the likest pairs first.
std::map<std::size_t, std::size_t> pair_up(const Clauses& before, const Clauses& after) {
  std::vector<Pair> pairs;
  std::size_t compared = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (std::size_t k = 0; k < after.size(); ++k) {
      if (before[i].matched || after[k].matched || before[i].heading != after[k].heading) continue;
      if (++compared > kPairsMax) break;
      const auto same = likeness(before[i].text, after[k].text);
      if (same >= kSameClause) pairs.push_back({same, i, k});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.likeness > b.likeness; });
  std::map<std::size_t, std::size_t> was;
  std::set<std::size_t> taken;
  for (const auto& pair : pairs) {
    if (was.contains(pair.after) || taken.contains(pair.before)) continue;
    was[pair.after] = pair.before;
    taken.insert(pair.before);
  }
  return was;
}

/// Puts what was removed where it stood: after the changes of the clause before it.
class ChangeList {
 public:
  ChangeList(const Clauses& before, const Clauses& after)
      : before_(before), after_(after), was_(pair_up(before, after)) {
    for (const auto& [later, earlier] : was_) paired_.insert(earlier);
  }

  std::vector<ClauseChange> make() {
    for (std::size_t k = 0; k < after_.size(); ++k) {
      const auto& clause = after_[k];
      remove_section_before(clause.section);
      if (clause.matched) continue;
      const auto found = was_.find(k);
      if (found == was_.end()) {
        changes_.push_back({ClauseAct::kAdded, clause.section, "", clause.text});
      } else {
        changes_.push_back(
            {ClauseAct::kChanged, clause.section, before_[found->second].text, clause.text});
      }
    }
    remove_rest(std::nullopt);
    return std::move(changes_);
  }

 private:
  /// When a new section of the later text begins: what the section before it has lost.
  void remove_section_before(const std::string& section) {
    if (section == section_) return;
    remove_rest(section_);
    section_ = section;
  }
  void remove_rest(const std::optional<std::string>& section) {
    for (std::size_t i = 0; i < before_.size(); ++i) {
      const auto& clause = before_[i];
      if (clause.matched || paired_.contains(i) || (section && clause.section != *section))
        continue;
      changes_.push_back({ClauseAct::kRemoved, clause.section, clause.text, ""});
      paired_.insert(i);
    }
  }

  const Clauses& before_;
  const Clauses& after_;
  std::map<std::size_t, std::size_t> was_;
  std::set<std::size_t> paired_;
  std::string section_;
  std::vector<ClauseChange> changes_;
};

}  // namespace

std::string_view name_of(ClauseAct act) {
  switch (act) {
    case ClauseAct::kAdded:
      return "added";
    case ClauseAct::kRemoved:
      return "removed";
    case ClauseAct::kChanged:
      break;
  }
  return "changed";
}

std::vector<ClauseChange> difference(std::string_view before, std::string_view after) {
  auto earlier = ClauseReader().read(before);
  auto later = ClauseReader().read(after);
  match_same(earlier, later);
  return ChangeList(earlier, later).make();
}

}  // namespace privacy
