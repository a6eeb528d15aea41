#include "app/config/config_problem.h"

#include <fmt/format.h>

namespace app {

std::string to_text(const ConfigProblems& problems) {
  std::string text;
  for (const auto& problem : problems) {
    text += fmt::format("{}: {}\n", problem.where, problem.what);
    if (!problem.expected.empty()) text += fmt::format("    expected: {}\n", problem.expected);
    if (!problem.example.empty()) text += fmt::format("    example:  {}\n", problem.example);
  }
  return text;
}

}  // namespace app
