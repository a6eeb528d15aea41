// `beresta depersonalise`: writes a data set about everybody that names nobody, with a report of
// its k. Called once, on the main thread.
#pragma once

#include <optional>

#include "app/cli/commands.h"

namespace CLI {
class App;
}

namespace app {

struct DepersonaliseOptions {
  ConfigOptions config;
  std::string officer;  ///< the number of the account that answers for it
  std::string file;
  std::string form = "csv";
  std::optional<std::int64_t> k;  ///< people_min of the rules unless given
  std::int64_t diversity = 1;
  std::optional<int> suppressed_percent;  ///< of the rules unless given
  std::string columns = "sex,birth_year,region,assurance_level,registered_year";
  std::string sensitive = "documents,consents";
  std::string language;
  bool json = false;
};

inline constexpr const char* kDepersonaliseHelp =
    "Write a data set about people that names nobody: each combination in it stands for at least k "
    "people. Everybody who is counted sees it";
/// Its flags, beside those that most commands take.
void add_depersonalise_flags(CLI::App& app, DepersonaliseOptions& options);
int depersonalise_command(const DepersonaliseOptions& options, Terminal& terminal);

}  // namespace app
