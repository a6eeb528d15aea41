#include "app/cli/depersonalise_command.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "app/cli/depersonalise_words.h"
#include "app/cli/no_consents.h"
#include "app/cli/officer.h"
#include "app/cli/spoken_locale.h"
#include "app/config/depersonalisation_config.h"
#include "app/depersonalise/dataset_files.h"
#include "app/depersonalise/people_count.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "audit/log_entry.h"
#include "crypto/file_digest.h"
#include "crypto/system_rng.h"
#include "privacy/depersonalisation/report.h"
#include "privacy/request/request_desk_service.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::int64_t kProgressEvery = 10'000;
constexpr std::string_view kPublicKind = "dataset.depersonalised";

/// What was decided before anybody is read.
struct Plan {
  const DepersonaliseOptions& options;
  const Config& config;
  const Jurisdiction& jurisdiction;
  privacy::DepersonalisationRules rules;
  privacy::ColumnChoice columns;
  privacy::DatasetWish wish;
};

core::Result<Plan> make_plan(const DepersonaliseOptions& options, const Config& config,
                             const Jurisdiction& jurisdiction) {
  auto rules = read_depersonalisation(config, jurisdiction);
  if (!rules) {
    return fail(ErrorCode::kInvalidInput, "depersonalise.rules", to_text(rules.error()));
  }
  TRY(auto columns, privacy::parse_columns(options.columns, options.sensitive));
  privacy::DatasetWish wish;
  wish.rule = {.k = options.k.value_or(rules->people_min), .diversity = options.diversity};
  wish.suppressed_percent_max = options.suppressed_percent.value_or(rules->suppressed_percent_max);
  if (wish.rule.k < rules->people_min) {
    return fail(ErrorCode::kInvalidInput, "depersonalise.k_too_small",
                fmt::format("{} < {}", wish.rule.k, rules->people_min));
  }
  return Plan{options, config, jurisdiction, std::move(*rules), std::move(columns), wish};
}

std::string system_account() {
  const auto* entry = ::getpwuid(::getuid());
  return entry != nullptr ? entry->pw_name : fmt::format("{}", ::getuid());
}

std::vector<std::string> norms_of(const privacy::ProcessingRegister& processing) {
  std::vector<std::string> norms;
  const auto* purpose = privacy::find_named(processing.purposes, vault::kStatisticsPurpose);
  if (purpose == nullptr) return norms;
  for (const auto& basis : purpose->bases) norms.push_back(basis.norm);
  return norms;
}

struct Made {
  privacy::Dataset dataset;
  privacy::DatasetReport report;
};

core::Result<Made> count_and_make(const Plan& plan, const Foundation& ground,
                                  const vault::VaultPorts& ports, std::ostream& err) {
  TRY(const auto officer, find_officer(ports, plan.options.officer, plan.jurisdiction));
  const auto now = SystemClock().now();
  const vault::Depersonalising act{vault::DatasetId::make(now, ports.rng),
                                   privacy::officer_actor(officer), now};
  const auto progress = [&err](std::int64_t seen) {
    if (seen % kProgressEvery == 0) err << fmt::format("{} accounts\n", seen) << std::flush;
  };
  const PeopleCountPorts counting{ports, plan.rules, plan.columns, progress};
  // Before anybody is read: people should not be told of a count that cannot become anything.
  TRY_VOID(check_people(counting, plan.wish.rule.k, now));
  TRY(const auto count, count_people(counting, act));
  TRY(auto dataset, privacy::make_dataset(count.table, plan.wish));
  const auto rules_path = depersonalisation_path(plan.config.installation);
  TRY(const auto rules_digest, crypto::sha256_of_file(rules_path));
  return Made{std::move(dataset),
              {.dataset_id = act.dataset_id.to_string(),
               .made_at = now,
               .made_by = act.actor.name(),
               .system_account = system_account(),
               .norms = norms_of(ground.processing),
               .rules_sha256 = core::to_hex(rules_digest),
               .file_name = std::filesystem::path(plan.options.file).filename().string(),
               .file_sha256 = "",
               .wish = plan.wish,
               .left_out = count.left_out}};
}

core::Result<Made> run(const Plan& plan, std::ostream& err) {
  DatasetFiles files(plan.options.file);
  TRY_VOID(files.claim());
  crypto::SystemRng rng;
  auto config = plan.config;
  config.store.busy_timeout = std::chrono::minutes(1);  // servers work beside it
  TRY(const auto ground,
      open_foundation(config, plan.jurisdiction, {rng, SystemClock().now(), nullptr}));
  NoConsents consents;
  const vault::VaultPorts ports{*ground.data, *ground.keys, *ground.root, consents, rng};
  TRY(auto made, count_and_make(plan, ground, ports, err));
  TRY(made.report.file_sha256, files.write_rows([&](std::ostream& out) {
    if (plan.options.form == "json") {
      write_json(made.dataset, out);
    } else {
      write_csv(made.dataset, out);
    }
  }));
  const auto subject = privacy::public_subject(made.report, made.dataset);
  TRY_VOID(ground.data->write([&](store::UnitOfWork& unit) {
    return audit::record_public_entry(unit, kPublicKind, subject, made.report.made_at, rng);
  }));
  TRY_VOID(files.publish(codec::to_text(report_json(made.report, made.dataset)) + "\n"));
  return made;
}

}  // namespace

void add_depersonalise_flags(CLI::App& app, DepersonaliseOptions& options) {
  const auto one_of = [](std::vector<std::string> words) {
    return CLI::IsMember(std::move(words)).description("");
  };
  app.add_option("--by", options.officer,
                 "The number of the data protection officer who answers for it")
      ->type_name("NUMBER")
      ->required();
  app.add_option("--out", options.file, "Where to; FILE.report.json is written beside it")
      ->type_name("FILE")
      ->required();
  app.add_option("--format", options.form, "csv unless given")
      ->type_name("csv|json")
      ->check(one_of({"csv", "json"}));
  app.add_option("--k", options.k, "How many people each combination stands for at least")
      ->type_name("N");
  app.add_option("--diversity", options.diversity,
                 "How many values of each sensitive column people alike have at least; 1 unless "
                 "given")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""));
  app.add_option("--suppress", options.suppressed_percent,
                 "How many people of a hundred may be left out before columns become coarser")
      ->type_name("PERCENT")
      ->check(CLI::Range(0, 99).description(""));
  app.add_option("--columns", options.columns,
                 "By which people could be recognised; these become coarser")
      ->type_name("LIST");
  app.add_option("--sensitive", options.sensitive, "What else is told of them, as it is")
      ->type_name("LIST");
  app.add_option("--lang", options.language, "Language of the answer; else by LC_ALL, LANG")
      ->type_name("ru|en")
      ->check(one_of({"ru", "en"}));
  app.add_flag("--json", options.json, "Answer with the report instead of sentences");
}

int depersonalise_command(const DepersonaliseOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto language = spoken_language(options.language, locale_name());
  const auto plan = make_plan(options, reading->config, *jurisdiction);
  if (!plan) return tell_refusal(terminal, plan.error(), language);
  const auto made = run(*plan, terminal.err);
  if (!made) return tell_refusal(terminal, made.error(), language);
  if (options.json) {
    terminal.out << codec::to_text(report_json(made->report, made->dataset)) << "\n";
  } else {
    const auto tag = language == SpokenLanguage::kRussian ? "ru" : "en";
    terminal.out << privacy::in_plain_words(made->report, made->dataset, tag);
  }
  return kExitGood;
}

}  // namespace app
