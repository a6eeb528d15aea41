// `beresta backup` and `beresta restore`, as functions of their options; see commands.h.
// Called once each, on the main thread.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app {

struct BackupOptions {
  ConfigOptions config;
  std::string folder;
  std::string only;        ///< "data", "keys"; empty = both
  int keep_keys_days = 0;  ///< 0 = the jurisdiction's term for destruction
};

struct RestoreOptions {
  ConfigOptions config;
  std::string data;  ///< manifest of a copy of the main database; empty = it is there already
  std::string keys;  ///< the same of the key database
};

int backup_command(const BackupOptions& options, Terminal& terminal);
int restore_command(const RestoreOptions& options, Terminal& terminal);

}  // namespace app
