// What a command of CLI11 says of itself, for the man page and the completion script. Pure
// function; for command_line.cpp.
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/manual.h"

namespace app {

[[nodiscard]] CommandDoc command_doc(const CLI::App& app);

}  // namespace app
