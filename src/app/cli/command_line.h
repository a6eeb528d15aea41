// The command line of `beresta`: parses it, runs the command, and describes itself for the man page
// and shell completion, so that those cannot tell of options that do not exist. Called once, from
// main.
#pragma once

#include <string>
#include <vector>

#include "app/cli/terminal.h"

namespace app {

struct OptionDoc {
  std::vector<std::string> names;  ///< "--config", "-c"; a positional has one without dashes
  std::string value;               ///< "FILE"; empty for a flag
  std::string description;
  bool positional = false;
};

struct CommandDoc {
  std::string name;
  std::string description;
  std::vector<OptionDoc> options;
  std::vector<CommandDoc> commands;
};

/// Runs `arguments` (without the program's name). Faults of the command line itself are told with a
/// hint and end with kExitUsage; nothing a person does ends in an exception.
[[nodiscard]] int run_command_line(const std::vector<std::string>& arguments, Terminal& terminal);

/// Every command and option there is.
[[nodiscard]] CommandDoc describe_command_line();

}  // namespace app
