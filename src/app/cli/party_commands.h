// `beresta relying-party ...`: the register of relying parties from the command line. Each function
// returns the exit code. Called once each, on the main thread.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app {

struct PartyOptions {
  ConfigOptions config;
  std::string client_id;
  std::string file;  ///< the registration as JSON, or "-"
};

int party_add_command(const PartyOptions& options, Terminal& terminal);
int party_change_command(const PartyOptions& options, Terminal& terminal);
int party_list_command(const PartyOptions& options, Terminal& terminal);
int party_show_command(const PartyOptions& options, Terminal& terminal);
int party_disable_command(const PartyOptions& options, Terminal& terminal);
int party_enable_command(const PartyOptions& options, Terminal& terminal);
int party_rotate_secret_command(const PartyOptions& options, Terminal& terminal);

}  // namespace app
