// The function table and the freshness of attributes, from [[functions]] and [[freshness]] of a
// jurisdiction's file (the format stands at the top of jurisdictions/ru.toml). For jurisdiction.cpp
// only; pure functions.
#pragma once

#include <string_view>

#include "app/config/toml_fields.h"
#include "identity/assurance/function_table.h"

namespace app {

/// Every function has to stand there for every client, each once; else it is a fault.
[[nodiscard]] identity::FunctionTable read_functions(TomlFields& root, FaultSink& sink);
[[nodiscard]] identity::Freshness read_freshness(TomlFields& root, FaultSink& sink);

}  // namespace app
