#include "app/cli/backup_commands.h"

#include <fmt/format.h>

#include "app/backup/backup.h"
#include "app/system_clock.h"

namespace app {
namespace {

constexpr std::string_view kTerm = "destruction_after_withdrawal";

/// How long a copy of the keys may live: longer, and an erased person would still be in it.
std::optional<int> legal_days(const Jurisdiction& jurisdiction) {
  const auto found = jurisdiction.deadlines.find(kTerm);
  if (found == jurisdiction.deadlines.end()) return std::nullopt;
  if (found->second.unit != DeadlineUnit::kCalendarDays) return std::nullopt;
  return found->second.count;
}

core::Instant days_before(core::Instant now, int days) {
  return now - std::chrono::hours(24) * days;
}

core::Status back_up_part(const Config& config, BackupPart part, const std::string& folder,
                          Terminal& terminal) {
  TRY(const auto manifest, back_up(config, part, folder, SystemClock().now()));
  terminal.out << fmt::format("{}: {}\n", name_of(part), manifest);
  return {};
}

core::Status back_up_both(const BackupOptions& options, const Config& config, int keep_days,
                          Terminal& terminal) {
  // The data first: a key without data is harmless, data without a key are lost.
  if (options.only != "keys") {
    TRY_VOID(back_up_part(config, BackupPart::kData, options.folder, terminal));
  }
  if (options.only == "data") return {};
  TRY_VOID(back_up_part(config, BackupPart::kKeys, options.folder, terminal));
  TRY(const auto removed,
      remove_old_keys(options.folder, days_before(SystemClock().now(), keep_days)));
  for (const auto& name : removed) {
    terminal.out << fmt::format("removed, older than {} {}: {}\n", keep_days,
                                keep_days == 1 ? "day" : "days", name);
  }
  return {};
}

int tell_pair(const Config& config, Terminal& terminal) {
  const auto report = check_pair(config);
  if (!report) return tell(terminal, report.error());
  terminal.out << fmt::format(
      "{} here\n", report->people == 1 ? "1 person has data"
                                       : fmt::format("{} people have data", report->people));
  if (report->unreadable > 0 && report->unreadable == report->people) {
    terminal.err << "beresta: none of them has a key: these keys are not of these data\n";
    return kExitFailed;
  }
  if (report->unreadable > 0) {
    terminal.out << fmt::format(
        "{} of them {} no key: they were erased, or their keys are younger than the copy of the"
        " keys. Their data cannot be read\n",
        report->unreadable, report->unreadable == 1 ? "has" : "have");
  }
  if (report->keyless > 0) {
    terminal.out << fmt::format(
        "{} {} to people who are not in the data: they were erased after the keys were copied, or"
        " registered after the data were\n",
        report->keyless, report->keyless == 1 ? "key belongs" : "keys belong");
  }
  return kExitGood;
}

core::Status fill(const Config& config, const std::string& manifest, Terminal& terminal) {
  if (manifest.empty()) return {};
  TRY(const auto restored, restore(config, manifest));
  terminal.out << fmt::format("{}: as of {}\n", name_of(restored.part),
                              core::to_rfc3339(restored.taken_at));
  return {};
}

/// The right manifest under the right name, before anything is filled.
core::Status check_part(const std::string& manifest, BackupPart part) {
  if (manifest.empty()) return {};
  TRY(const auto read, read_manifest(manifest));
  if (read.part == part) return {};
  return core::fail(core::ErrorCode::kInvalidInput, "backup.other_part",
                    fmt::format("{} holds a copy of the {}", manifest, name_of(read.part)));
}

}  // namespace

int backup_command(const BackupOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, false, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto legal = legal_days(*jurisdiction);
  const int keep_days = options.keep_keys_days > 0 ? options.keep_keys_days : legal.value_or(0);
  if (options.only != "data" && keep_days == 0) {
    terminal.err << "beresta: the jurisdiction names no term for destruction in calendar days; say"
                    " --keep-keys-days\n";
    return kExitUsage;
  }
  if (legal && keep_days > *legal) {
    terminal.err << fmt::format(
        "beresta: copies of keys may be kept {} days at most: longer, and a person who was erased"
        " would still be in them\n",
        *legal);
    return kExitUsage;
  }
  const auto done = back_up_both(options, reading->config, keep_days, terminal);
  return done ? kExitGood : tell(terminal, done.error());
}

int restore_command(const RestoreOptions& options, Terminal& terminal) {
  if (options.data.empty() && options.keys.empty()) {
    terminal.err << "beresta: say --data, --keys or both\n";
    return kExitUsage;
  }
  const auto reading = load_config(options.config, false, terminal);
  if (!reading) return kExitFailed;
  const auto& config = reading->config;
  for (const auto& [manifest, part] :
       {std::pair(options.data, BackupPart::kData), std::pair(options.keys, BackupPart::kKeys)}) {
    const auto right = check_part(manifest, part);
    if (!right) return tell(terminal, right.error());
  }
  for (const auto& manifest : {options.data, options.keys}) {
    const auto filled = fill(config, manifest, terminal);
    if (!filled) return tell(terminal, filled.error());
  }
  return tell_pair(config, terminal);
}

}  // namespace app
