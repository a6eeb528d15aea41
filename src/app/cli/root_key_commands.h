// `beresta keys prepare-root`, `rotate-root`, `retire-root` and `show`: the root key of an
// installation. Called once each, on the main thread.
#pragma once

#include "app/cli/commands.h"

namespace app {

int keys_prepare_root_command(const ConfigOptions& options, Terminal& terminal);
int keys_rotate_root_command(const ConfigOptions& options, Terminal& terminal);
int keys_retire_root_command(const ConfigOptions& options, Terminal& terminal);
int keys_show_command(const ConfigOptions& options, Terminal& terminal);

}  // namespace app
