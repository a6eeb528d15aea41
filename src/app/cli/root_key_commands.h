// `beresta keys use-token`, `use-file`, `prepare-root`, `rotate-root`, `retire-root` and `show`:
// the root key of an installation. Called once each, on the main thread.
#pragma once

#include "app/cli/commands.h"

namespace app {

struct UseTokenOptions {
  ConfigOptions config;
  std::string label;
  std::string module_path;
  std::string pin_file;
};

int keys_use_token_command(const UseTokenOptions& options, Terminal& terminal);
int keys_use_file_command(const ConfigOptions& options, Terminal& terminal);
int keys_prepare_root_command(const ConfigOptions& options, Terminal& terminal);
int keys_rotate_root_command(const ConfigOptions& options, Terminal& terminal);
int keys_retire_root_command(const ConfigOptions& options, Terminal& terminal);
int keys_show_command(const ConfigOptions& options, Terminal& terminal);

}  // namespace app
