// Reading the list of contractors, a public document like the editions: contractors.toml in their
// folder. Faults are told with their place. Safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "api/privacy/contractors.h"
#include "app/config/config_problem.h"

namespace app {

/// Where that file lies.
[[nodiscard]] inline std::string contractors_path(const std::string& editions_dir) {
  return editions_dir + "/contractors.toml";
}
/// No such file means that nobody else works with the data.
/// @param languages  each text has to be there in each of them.
[[nodiscard]] Checked<std::vector<api::Contractor>> read_contractors(
    const std::string& path, const std::vector<std::string>& languages);

}  // namespace app
