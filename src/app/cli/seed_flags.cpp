#include <CLI/CLI.hpp>

#include "app/cli/bench_seed.h"
#include "app/cli/seed_person.h"

namespace app {

void add_seed_flags(CLI::App& app, SeedOptions& options) {
  app.add_option("--citizens", options.citizens, "How many")
      ->type_name("N")
      ->required()
      ->check(CLI::Range(std::int64_t{1}, kSeedCitizensMax).description(""));
  app.add_option("--seed", options.seed, "Which ones; 1 unless given")->type_name("S");
  app.add_flag("--facts", options.facts, "Also sex and registered address of whoever is verified");
  auto* file = app.add_option("--sessions-file", options.sessions_file,
                              "Where their tokens are written, one a line, mode 0600")
                   ->type_name("FILE");
  app.add_option("--sessions", options.sessions, "Open a session for the first K of them")
      ->type_name("K")
      ->check(CLI::Range(std::int64_t{0}, kSeedCitizensMax).description(""))
      ->needs(file);
}

}  // namespace app
