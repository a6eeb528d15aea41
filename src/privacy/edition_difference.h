// What differs between two editions of a document, clause by clause, so that nobody has to read two
// texts side by side. Pure functions; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace privacy {

enum class ClauseAct { kAdded, kRemoved, kChanged };
[[nodiscard]] std::string_view name_of(ClauseAct act);

/// One clause: a paragraph, an item of a list, or a heading.
struct ClauseChange {
  ClauseAct act = ClauseAct::kChanged;
  std::string section;  ///< the heading it stands under; empty above the first
  std::string before;   ///< empty for an added one
  std::string after;    ///< empty for a removed one
};

/// The changes in the order of the later text. Clauses that only moved, and markup, are no change.
/// Two clauses are one changed clause when at least 2 of 5 of their words are the same.
[[nodiscard]] std::vector<ClauseChange> difference(std::string_view before, std::string_view after);

}  // namespace privacy
