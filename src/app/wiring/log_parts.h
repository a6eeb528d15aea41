// LogParts: the transparency log's services, handlers and worker, made once and plugged into each
// other. Safe from any thread; what it is made of must outlive it.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "api/audit/dispute_desk_api.h"
#include "api/audit/usage_api.h"
#include "app/adapters/answer_notices.h"
#include "app/config/config.h"
#include "app/keys/kept_checkpoint_files.h"
#include "app/keys/log_key_files.h"
#include "app/observe/json_log.h"
#include "app/system_clock.h"
#include "app/wiring/witness_push.h"
#include "audit/sequencer.h"
#include "openid/client/party_service.h"
#include "privacy/edition_library.h"

namespace app {

/// "id.example/log" of "https://id.example": the log's name unless the configuration gives one.
[[nodiscard]] std::string log_origin(const Config& config);

/// Names of relying parties, as their register has them now.
class PartyActorNames final : public api::ActorNames {
 public:
  explicit PartyActorNames(openid::PartyService& parties) : parties_(parties) {}
  [[nodiscard]] std::string name_of(std::string_view actor, http::Language language,
                                    core::Instant now) override;

 private:
  openid::PartyService& parties_;
};

struct LogGround {
  store::Database& data;
  store::Database& keys;
  crypto::KeyProvider& root;
  vault::Vault& vault;
  openid::PartyService& parties;
  const privacy::EditionLibrary& editions;
  core::Rng& rng;
};

class LogParts final : public api::LogHealth {
 public:
  LogParts(LogGround ground, std::unique_ptr<LogKeyFiles> signer, const Config& config);

  [[nodiscard]] std::vector<http::Route> routes();
  /// Whether the log may be carried on, as the last round found it; the first call finds out.
  /// Errors: those of audit::check_against_kept.
  [[nodiscard]] core::Status ready(core::Instant now) override;
  /// Carries the log on until asked to stop, about once a second.
  void run(const std::stop_token& stop, const SystemClock& clock, JsonLog& log);

 private:
  [[nodiscard]] core::Status publish_editions(core::Instant now);
  void step(core::Instant now, JsonLog& log);

  LogGround ground_;
  std::unique_ptr<LogKeyFiles> signer_;
  KeptCheckpointFiles kept_;
  audit::LogKeys keys_;
  audit::Sequencer sequencer_;
  PartyActorNames names_;
  audit::LogService service_;
  AnswerNotices notices_;
  privacy::DisputeService disputes_;
  identity::StaffService staff_;
  api::LogApi log_api_;
  api::DisputeDeskApi desk_api_;
  api::UsageApi usage_api_;
  http::Client witness_client_{http::ClientConfig{}};
  WitnessPush witnesses_;
  std::mutex mutex_;
  std::optional<core::Status> readiness_;
};

}  // namespace app
