// `beresta audit`: checks a transparency log from outside and its own, and lists disputes. Called
// once each, on the main thread.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace app {

struct AuditVerifyOptions {
  std::string source;       ///< a folder or an address with checkpoint and tiles; may be empty
  std::string export_file;  ///< one citizen's export
  std::string citizen;      ///< whose export it should be; empty = anybody's
  std::vector<std::string> earlier;  ///< files with checkpoints kept from before
  std::vector<std::string> keys;     ///< vkeys, or files with one a line
};

/// Exit code of `audit verify` when nothing is damaged and something could not be looked at.
inline constexpr int kExitUnchecked = 3;

/// Ends 0 when everything holds, 1 when something is damaged, 2 on wrong usage, kExitUnchecked when
/// the log could not be reached or a file is another one.
int audit_verify_command(const AuditVerifyOptions& options, Terminal& terminal);
/// What the log holds beside what it has signed, and what to do when they differ. Ends 0 when it
/// may be signed, 1 when not.
int audit_status_command(const ConfigOptions& options, Terminal& terminal);
int audit_disputes_command(const ConfigOptions& options, Terminal& terminal);

}  // namespace app
