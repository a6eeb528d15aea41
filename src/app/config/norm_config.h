// Reads [norms.<language>] of a jurisdiction: its norms as readers of that language are told them.
// Pure functions.
#pragma once

#include "app/config/jurisdiction.h"
#include "app/config/toml_fields.h"

namespace app {

/// After everything else of the file is read: each norm of `of` must have a citation in every
/// language that has a table and in each of the file's languages but the first, and each row must
/// be a norm of the file.
void read_norms(TomlFields& root, FaultSink& sink, Jurisdiction& of);

}  // namespace app
