// `beresta bench seed`: invented citizens in a database, many in little time, for load tests and
// for trying what needs many people. Called once, on the main thread.
#pragma once

#include "app/cli/commands.h"

namespace CLI {
class App;
}

namespace app {

struct SeedOptions {
  ConfigOptions config;
  std::int64_t citizens = 0;
  std::uint64_t seed = 1;
  std::int64_t sessions = 0;
  std::string sessions_file;
  bool facts = false;  ///< also what data sets without names are made of
};

/// Its flags, beside those that most commands take.
void add_seed_flags(CLI::App& app, SeedOptions& options);
int bench_seed_command(const SeedOptions& options, Terminal& terminal);

}  // namespace app
