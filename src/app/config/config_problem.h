// ConfigProblem: one thing that is wrong in a configuration or jurisdiction file, told so that the
// person who wrote it can mend it. All of them are collected and shown together. Value types.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace app {

struct ConfigProblem {
  std::string where;  ///< "beresta.toml:12:8", "environment BERESTA_SERVER_PORT", "--set log.level"
  std::string what;   ///< "server.port is 70000"
  std::string expected;  ///< "a whole number from 0 to 65535"
  std::string example;   ///< "port = 8080"; empty where none helps
};
using ConfigProblems = std::vector<ConfigProblem>;

/// The problems as text: a line for what and where, indented lines for expected and example.
[[nodiscard]] std::string to_text(const ConfigProblems& problems);

template <typename T>
using Checked = tl::expected<T, ConfigProblems>;

}  // namespace app
