#include "app/cli/inform_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/cli/inform_words.h"
#include "app/cli/no_consents.h"
#include "app/cli/officer.h"
#include "app/cli/spoken_locale.h"
#include "app/inform/informing_order.h"
#include "app/inform/informing_walk.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "audit/log_entry.h"
#include "crypto/system_rng.h"
#include "privacy/informing/informing_store.h"
#include "privacy/request/request_desk_service.h"

namespace app {
namespace {

constexpr std::int64_t kProgressEvery = 10'000;
constexpr std::string_view kPublicKind = "informing.ordered";

/// What stands in the log for everybody: the topic, and by their digests which texts.
std::string public_subject(const InformingOrder& order) {
  std::string subject(name_of(order.topic));
  for (const auto& text : order.texts) {
    subject += fmt::format("/{}:{}", text.language(), core::to_hex(text.digest()));
  }
  return subject;
}

core::Status write_order(store::Database& data, const InformingOrder& order,
                         const core::CitizenId& officer, core::Rng& rng) {
  const auto now = SystemClock().now();
  const auto actor = privacy::officer_actor(officer);
  return data.write([&](store::UnitOfWork& unit) -> core::Status {
    for (const auto& text : order.texts) {
      TRY_VOID(privacy::sql::put_informing_text(unit, text, actor.name(), now));
    }
    return audit::record_public_entry(unit, kPublicKind, public_subject(order), now, rng);
  });
}

core::Result<privacy::InformingReport> run(const InformOptions& options, Config config,
                                           const Jurisdiction& jurisdiction, std::ostream& err) {
  TRY(const auto order,
      make_informing_order({.topic = options.topic,
                            .files = {{"ru", options.ru_file}, {"en", options.en_file}},
                            .channels = options.channels,
                            .dry_run = options.dry_run},
                           config, jurisdiction));
  crypto::SystemRng rng;
  config.store.busy_timeout = std::chrono::minutes(1);  // servers work beside it
  TRY(const auto ground,
      open_foundation(config, jurisdiction, {rng, SystemClock().now(), nullptr}));
  NoConsents consents;
  TRY(const auto officer, find_officer({*ground.data, *ground.keys, *ground.root, consents, rng},
                                       options.officer, jurisdiction));
  if (!order.dry_run) {
    TRY_VOID(write_order(*ground.data, order, officer, rng));
  }
  const auto progress = [&err](std::int64_t seen) {
    if (seen % kProgressEvery == 0) err << fmt::format("{} people\n", seen) << std::flush;
  };
  return walk_informing({*ground.data, rng, [] { return SystemClock().now(); }, progress}, order);
}

}  // namespace

void add_inform_flags(CLI::App& app, InformOptions& options) {
  const auto file = [&app](const char* name, std::string& path, const char* what) {
    app.add_option(name, path, what)->type_name("FILE");
  };
  app.add_option("--topic", options.topic, "What it is about: debts, health, projects, surveys")
      ->type_name("TOPIC")
      ->required();
  file("--ru", options.ru_file, "The text in Russian");
  file("--en", options.en_file, "The text in English");
  app.add_option("--by", options.officer,
                 "The number of the data protection officer who answers for it")
      ->type_name("NUMBER")
      ->required();
  app.add_option("--channels", options.channels,
                 "By which channels; all that are configured unless given")
      ->type_name("sms,email");
  app.add_flag("--dry-run", options.dry_run, "Only say how many people it would go to");
  app.add_option("--lang", options.language, "Language of the answer; else by LC_ALL, LANG")
      ->type_name("ru|en")
      ->check(CLI::IsMember(std::vector<std::string>{"ru", "en"}).description(""));
  app.add_flag("--json", options.json, "Answer as JSON instead of sentences");
}

int inform_command(const InformOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto language = spoken_language(options.language, locale_name());
  const auto report = run(options, reading->config, *jurisdiction, terminal.err);
  if (!report) return tell_informing_refusal(terminal, report.error(), language);
  if (options.json) {
    terminal.out << codec::to_text(privacy::to_json(*report)) << "\n";
  } else {
    const auto tag = language == SpokenLanguage::kRussian ? "ru" : "en";
    terminal.out << privacy::in_plain_words(*report, tag);
  }
  return kExitGood;
}

}  // namespace app
