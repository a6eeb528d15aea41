// `beresta staff ...`: who may do what for the installation. Each function returns the exit code.
// Called once each, on the main thread.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app {

struct StaffOptions {
  ConfigOptions config;
  std::string phone;
  std::string role;
};

int staff_grant_command(const StaffOptions& options, Terminal& terminal);
int staff_revoke_command(const StaffOptions& options, Terminal& terminal);
int staff_list_command(const StaffOptions& options, Terminal& terminal);

}  // namespace app
