// What is said of a command line that is not understood. For command_line.cpp; pure function, on
// the main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace app {

/// Names the command that lacks something, whose help says what.
[[nodiscard]] inline std::string command_failure(const CLI::App* app, const CLI::Error& error) {
  std::string command = app->get_name();
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
    command += " " + app->get_name();
  }
  return std::string("beresta: ") + error.what() + "\nTry `" + command + " --help`.\n";
}

}  // namespace app
