// The part of the configuration's schema that is about operators: which sections [operator.NAME] a
// file has, and the settings of each kind. For the config_*.cpp files only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/config/config_setting.h"

namespace app {

struct CheckedParts;

/// Name of each section [operator.NAME] -> its kind as it is written; "http" unless it says.
using OperatorSections = std::map<std::string, std::string>;

/// Looks into a file that need not be right: its faults are told when it is read as a whole.
[[nodiscard]] OperatorSections find_operator_sections(const std::string& file);

/// The settings of these sections. A kind that does not exist gets the setting `kind` alone.
[[nodiscard]] std::vector<Setting> operator_settings(const OperatorSections& operators);

/// Makes an operator with the defaults of its kind.
void add_operator(const std::string& name, const std::string& kind, ConfigDraft& draft);

/// Bodies that follow from the channel, and secrets read from their files.
void complete_operators(ConfigDraft& draft, ConfigProblems& problems);

/// What is missing or contradicts itself in the operators' sections.
void check_operators(const CheckedParts& parts, ConfigProblems& problems);

}  // namespace app
