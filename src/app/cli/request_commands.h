// `beresta requests ...`: evidence of people's requests, for whoever answers to a court. The
// function returns the exit code. Called once, on the main thread.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app {

struct EvidenceOptions {
  ConfigOptions config;
  std::string request;  ///< its id, or its number as it stands on paper
  std::string folder = ".";
};

/// Open requests, what is due first: number, last day, kind, state. No word of anybody.
int requests_list_command(const ConfigOptions& options, Terminal& terminal);
/// Writes request-NUMBER.json and request-NUMBER.html; the reading is on the person's record.
int requests_evidence_command(const EvidenceOptions& options, Terminal& terminal);

}  // namespace app
