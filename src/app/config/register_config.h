// The register of processing as an installation has it: processing/register.toml (the format stands
// at its top), in the terms and on the bases of its jurisdiction, and in agreement with the code.
// For start-up and the commands; pure but for the file.
#pragma once

#include "app/config/config.h"
#include "app/config/jurisdiction.h"
#include "privacy/processing/types.h"

namespace app {

/// Where it lies: the setting, or processing/register.toml beside jurisdictions_dir.
[[nodiscard]] std::string register_path(const InstallationSettings& settings);

/// Reads it, or tells everything that is wrong with it: what the format refuses, names the
/// jurisdiction does not have, and every disagreement with the code (privacy::faults_of).
[[nodiscard]] Checked<privacy::ProcessingRegister> read_register(const Config& config,
                                                                 const Jurisdiction& jurisdiction);
/// The same for a text; `path` stands in messages.
[[nodiscard]] Checked<privacy::ProcessingRegister> parse_register(
    std::string_view text, const std::string& path, const Jurisdiction& jurisdiction,
    const std::vector<std::string>& languages);

/// How many days before it binds the agreement promises to publish a new edition
/// (deadlines.edition_notice); 0 where the jurisdiction names none.
[[nodiscard]] int edition_notice_days(const Jurisdiction& jurisdiction);

}  // namespace app
