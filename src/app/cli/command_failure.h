// What is said of a command line that is not understood. For command_line.cpp; pure functions, on
// the main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

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

/// The first word that stands where a command must and is none; CLI11 would only miss a command.
/// @param reversed  the arguments as CLI11 takes them.
[[nodiscard]] inline std::string find_unknown_command(const CLI::App& root,
                                                      const std::vector<std::string>& reversed) {
  const CLI::App* at = &root;
  for (auto word = reversed.rbegin(); word != reversed.rend(); ++word) {
    const auto inner = at->get_subcommands([](const CLI::App*) { return true; });
    if (inner.empty() || word->starts_with('-')) return "";
    const auto found = std::find_if(inner.begin(), inner.end(), [&](const CLI::App* command) {
      return command->get_name() == *word;
    });
    if (found == inner.end()) return *word;
    at = *found;
  }
  return "";
}

}  // namespace app
