#include "app/wiring/log_parts.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "audit/log_entry.h"

namespace app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kRound{1000};

std::vector<audit::NoteVerifier> keys_of(const std::vector<WitnessSetting>& witnesses) {
  std::vector<audit::NoteVerifier> keys;
  for (const auto& one : witnesses) keys.push_back(one.key);
  return keys;
}

/// Witnesses are asked in a thread of their own: one that hangs must not hold the log up.
constexpr milliseconds kPushRound{2000};

std::string subject_of(const privacy::Edition& edition) {
  return std::string(privacy::name_of(edition.kind)) + "/" + std::to_string(edition.number) + "/" +
         edition.language + "/" + edition.sha256;
}

/// The log may not be signed as it stands, in contrast to a database that does not answer.
bool is_refusal(const core::Error& error) {
  return error.code == core::ErrorCode::kUnavailable && error.reason.starts_with("log.");
}

/// Sleeps unless asked to stop.
void pause(const std::stop_token& stop, milliseconds duration) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, duration, [] { return false; });
}

}  // namespace

std::string log_origin(const Config& config) {
  if (!config.transparency.origin.empty()) return config.transparency.origin;
  const auto& url = config.server.public_url;
  const auto scheme = url.find("://");
  return (scheme == std::string::npos ? url : url.substr(scheme + 3)) + "/log";
}

std::string PartyActorNames::name_of(std::string_view actor, http::Language language,
                                     core::Instant now) {
  constexpr std::string_view kParty = "party:";
  if (!actor.starts_with(kParty)) return "";
  const auto party = parties_.get(actor.substr(kParty.size()), now);
  if (!party) return "";
  return http::tag_of(language) == "ru" ? (*party)->name.ru : (*party)->name.en;
}

LogParts::LogParts(LogGround ground, std::unique_ptr<LogKeyFiles> signer, const Config& config)
    : ground_(ground),
      signer_(std::move(signer)),
      kept_(config.keys.issuer_dir, signer_->origin()),
      keys_(ground.keys, ground.root, ground.rng),
      sequencer_({ground.data, keys_, *signer_, ground.rng, &kept_}),
      names_(ground.parties),
      service_({ground.data, keys_, *signer_, ground.rng, &kept_}, keys_of(witnesses_of(config))),
      notices_(ground.rng),
      disputes_({ground.data, ground.vault, service_, notices_, ground.rng}),
      staff_(ground.data),
      log_api_(service_, names_, disputes_, config.server.public_url + "/log"),
      desk_api_(disputes_, staff_, names_),
      usage_api_(service_, names_, *this, config.installation.name),
      witnesses_(service_, witness_client_, witnesses_of(config)) {}

std::vector<http::Route> LogParts::routes() {
  auto routes = log_api_.routes();
  for (auto& route : usage_api_.routes()) routes.push_back(std::move(route));
  for (auto& route : desk_api_.routes()) routes.push_back(std::move(route));
  return routes;
}

core::Status LogParts::publish_editions(core::Instant now) {
  return ground_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    for (const auto& edition : ground_.editions.all()) {
      TRY_VOID(audit::record_public_entry(unit, "edition.published", subject_of(edition), now,
                                          ground_.rng));
    }
    return {};
  });
}

core::Status LogParts::ready(core::Instant now) {
  {
    const std::lock_guard lock(mutex_);
    if (readiness_) return *readiness_;
  }
  auto found = kept_.begin(now);
  if (found) found = sequencer_.check_kept(now);
  const std::lock_guard lock(mutex_);
  if (!readiness_) readiness_ = found;
  return *readiness_;
}

void LogParts::step(core::Instant now, JsonLog& log) {
  auto found = ready(now);
  const bool was_good = found.has_value();
  // Again every round: what an operator mends holds without a restart.
  if (!found) found = sequencer_.check_kept(now);
  if (found) {
    const auto done = sequencer_.run_once(now);
    if (!done) log.failure("log.sequencing_failed", done.error());
    if (!done && is_refusal(done.error())) found = core::fail(done.error());
  }
  if (was_good && !found) log.failure("log.refuses_to_sign", found.error());
  const std::lock_guard lock(mutex_);
  readiness_ = std::move(found);
}

void LogParts::run(const std::stop_token& stop, const SystemClock& clock, JsonLog& log) {
  const std::jthread pushing([&] {
    while (witnesses_.has_peers() && !stop.stop_requested()) {
      witnesses_.run_once(clock.now(), log);
      pause(stop, kPushRound);
    }
  });
  bool are_published = false;
  const auto begun = ready(clock.now());
  if (!begun) log.failure("log.refuses_to_sign", begun.error());
  while (!stop.stop_requested()) {
    if (!are_published) {
      const auto published = publish_editions(clock.now());
      are_published = published.has_value();
      if (!published) log.failure("log.editions_failed", published.error());
    }
    step(clock.now(), log);
    pause(stop, kRound);
  }
}

}  // namespace app
