// processing/depersonalisation.toml (the format stands at its top): the smallest k, the steps by
// which columns become coarser, and the regions of the installation's country. For commands; pure
// but for the file.
#pragma once

#include "app/config/config.h"
#include "app/config/jurisdiction.h"
#include "privacy/depersonalisation/facts.h"

namespace app {

/// Beside the register of processing if it is there, else beside the one that is shipped.
[[nodiscard]] std::string depersonalisation_path(const InstallationSettings& settings);
/// Reads it, or tells everything that is wrong with it.
[[nodiscard]] Checked<privacy::DepersonalisationRules> read_depersonalisation(
    const Config& config, const Jurisdiction& jurisdiction);
/// The same for a text; `path` stands in messages.
[[nodiscard]] Checked<privacy::DepersonalisationRules> parse_depersonalisation(
    std::string_view text, const std::string& path, std::string_view country);

}  // namespace app
