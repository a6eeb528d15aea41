#include <fmt/format.h>

#include "app/cli/audit_commands.h"
#include "app/keys/kept_checkpoint_files.h"
#include "app/keys/log_key_files.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "app/wiring/log_parts.h"
#include "audit/checkpoint.h"
#include "audit/fork_guard.h"
#include "audit/log_store.h"
#include "codec/base64url.h"
#include "crypto/system_rng.h"

namespace app {
namespace {

/// The keys as they lie there: a look must not make one.
class PresentKeys final : public audit::LogSigner {
 public:
  PresentKeys(std::string origin, std::vector<LogKeyFile> keys)
      : origin_(std::move(origin)), keys_(std::move(keys)) {}

  [[nodiscard]] const std::string& origin() const override { return origin_; }
  [[nodiscard]] core::Result<std::vector<audit::NoteSignature>> sign(
      std::string_view /*text*/, core::Instant /*now*/) override {
    return core::fail(core::ErrorCode::kUnavailable, "log.no_key");
  }
  [[nodiscard]] std::vector<audit::NoteVerifier> published(core::Instant /*now*/) override {
    std::vector<audit::NoteVerifier> verifiers;
    for (const auto& one : keys_) {
      verifiers.emplace_back(origin_, audit::NoteKeyType::kEd25519, one.key.public_key());
    }
    return verifiers;
  }
  [[nodiscard]] std::vector<core::Instant> beginnings(core::Instant /*now*/) override { return {}; }

 private:
  std::string origin_;
  std::vector<LogKeyFile> keys_;
};

struct Status {
  audit::TreeHead held;
  std::int64_t waiting = 0;
  std::vector<audit::NamedNote> kept;
  core::Status verdict;
};

core::Result<Status> look(const Config& config, audit::LogSigner& signer) {
  crypto::SystemRng rng;
  TRY(const auto data, open_store(config, config.store.data_url, false, rng, nullptr));
  TRY_VOID(store::check_schema(*data, data_migrations()));
  KeptCheckpointFiles files(config.keys.issuer_dir, signer.origin());
  const auto kept = files.notes();
  return data->read([&](store::UnitOfWork& unit) -> core::Result<Status> {
    Status status;
    TRY(status.held, audit::sql::get_state(unit));
    TRY(status.waiting, audit::sql::count_waiting(unit));
    if (!kept) {
      status.verdict = core::fail(kept.error());
      return status;
    }
    status.kept = *kept;
    status.verdict = audit::check_against_kept(unit, *kept, signer, SystemClock().now());
    return status;
  });
}

std::string line_of(const audit::NamedNote& kept) {
  const auto note = audit::SignedNote::parse(kept.note);
  const auto stated = note ? audit::Checkpoint::parse(note->text)
                           : core::Result<audit::Checkpoint>(core::fail(note.error()));
  if (!stated) return fmt::format("kept:     {} cannot be read\n", kept.name);
  return fmt::format("kept:     {} entries of {} ({})\n", stated->head.size, stated->origin,
                     kept.name);
}

/// What an operator can do, by what was found.
std::string way_on(std::string_view reason, const std::string& origin) {
  if (reason == "log.shorter_than_signed" || reason == "log.differs_from_signed") {
    return fmt::format(
        "what to do:\n"
        "  1. Restore a newer copy of the database that holds at least what was signed, and start\n"
        "     again: nothing else is needed, entries that wait get their places.\n"
        "  2. If there is none, what the difference held is lost. Say so to people, and give the\n"
        "     log another name, by which everybody sees that it is another one:\n"
        "       [transparency] origin = \"{}-2\"\n"
        "     At its next start the server ends the old log for all to see (\"ended\" at\n"
        "     /.well-known/beresta-log) and goes on under the new name with what there is.\n"
        "  Never delete the kept files: witnesses and browsers remember what they hold.\n",
        origin);
  }
  if (reason == "log.key_missing") {
    return "what to do: put the log-*.pem files of this installation back into [keys] "
           "issuer_dir.\n";
  }
  return "what to do: put the file back from a copy of the key folder; if there is none, ask a "
         "witness\n  or look at GET /log/checkpoint for the newest checkpoint that was seen.\n";
}

}  // namespace

int audit_status_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  auto keys = load_log_keys(reading->config.keys.issuer_dir);
  if (!keys) return tell(terminal, keys.error());
  PresentKeys signer(log_origin(reading->config), std::move(*keys));
  const auto status = look(reading->config, signer);
  if (!status) return tell(terminal, status.error());
  terminal.out << fmt::format("log:      {}\nholds:    {} entries, root {}\nwaiting:  {}\n",
                              signer.origin(), status->held.size,
                              codec::to_base64(status->held.root), status->waiting);
  for (const auto& one : status->kept) terminal.out << line_of(one);
  if (status->verdict) {
    terminal.out << "good:     the database holds what was signed\n";
    return kExitGood;
  }
  const auto& error = status->verdict.error();
  terminal.out << fmt::format("REFUSED:  {}: {}\n", error.reason, error.detail)
               << way_on(error.reason, signer.origin());
  return kExitFailed;
}

}  // namespace app
