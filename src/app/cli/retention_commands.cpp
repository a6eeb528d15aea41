#include "app/cli/retention_commands.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/system_clock.h"
#include "app/wiring/platform.h"
#include "codec/json.h"

namespace app {
namespace {

core::Result<privacy::RetentionReport> report_of(const Config& config,
                                                 const Jurisdiction& jurisdiction, bool dry_run) {
  SystemClock clock;
  crypto::SystemRng rng;
  TRY(const auto platform, Platform::make(config, jurisdiction, clock, rng, nullptr));
  auto& retention = platform->processing().retention();
  return dry_run ? retention.foresee(clock.now()) : retention.run(clock.now());
}

void tell_json(const privacy::RetentionReport& report, std::ostream& out) {
  codec::JsonArray lines;
  for (const auto& line : report) {
    lines.push_back(codec::JsonObject{{"table", line.table},
                                      {"category", line.category},
                                      {"purposes", line.purposes},
                                      {"term", line.term},
                                      {"days", line.days},
                                      {"due", line.due},
                                      {"erased", line.erased}});
  }
  out << codec::to_text(lines) << "\n";
}

void tell_text(const privacy::RetentionReport& report, bool dry_run, std::ostream& out) {
  std::int64_t due = 0;
  std::int64_t erased = 0;
  out << fmt::format("{:<18}{:<12}{:<12}{:>6}{:>10}{:>10}  {}\n", "table", "category", "term",
                     "days", "due", "erased", "purposes");
  for (const auto& line : report) {
    due += line.due;
    erased += line.erased;
    out << fmt::format("{:<18}{:<12}{:<12}{:>6}{:>10}{:>10}  {}\n", line.table, line.category,
                       line.term, line.days, line.due, line.erased, line.purposes);
  }
  out << (dry_run ? fmt::format("{} rows are past their term; nothing was erased\n", due)
                  : fmt::format("{} of {} rows erased\n", erased, due));
}

}  // namespace

void add_retention_flags(CLI::App& app, RetentionOptions& options) {
  app.add_flag("--dry-run", options.dry_run, "Only say what would be erased");
  app.add_flag("--json", options.json, "The report as JSON");
}

int retention_command(const RetentionOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto report = report_of(reading->config, *jurisdiction, options.dry_run);
  if (!report) return tell(terminal, report.error());
  if (options.json) {
    tell_json(*report, terminal.out);
  } else {
    tell_text(*report, options.dry_run, terminal.out);
  }
  return kExitGood;
}

}  // namespace app
