// The man page and the bash completion, written from the description of the command line. Pure
// functions.
#pragma once

#include <string>

#include "app/cli/command_line.h"

namespace app {

/// beresta(1) in roff.
[[nodiscard]] std::string man_page(const CommandDoc& program);

/// A script for bash: commands, options, and file names where an option wants a file.
[[nodiscard]] std::string bash_completion(const CommandDoc& program);

}  // namespace app
