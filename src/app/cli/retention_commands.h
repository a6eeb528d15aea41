// `beresta retention`: erases what is past the terms of the register of processing, or says what it
// would erase. Called once, on the main thread.
#pragma once

#include "app/cli/commands.h"

namespace CLI {
class App;
}

namespace app {

struct RetentionOptions {
  ConfigOptions config;
  bool dry_run = false;
  bool json = false;
};

inline constexpr const char* kRetentionHelp =
    "Erase what is past the terms of the register of processing; a server does so by itself every "
    "hour";
/// Its flags, beside those that most commands take.
void add_retention_flags(CLI::App& app, RetentionOptions& options);
int retention_command(const RetentionOptions& options, Terminal& terminal);

}  // namespace app
