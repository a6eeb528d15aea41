// LogParts: the transparency log's services, handlers and worker, made once and plugged into each
// other. Safe from any thread; what it is made of must outlive it.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "api/audit/usage_api.h"
#include "app/config/config.h"
#include "app/keys/log_key_files.h"
#include "app/observe/json_log.h"
#include "app/system_clock.h"
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
  openid::PartyService& parties;
  const privacy::EditionLibrary& editions;
  core::Rng& rng;
};

class LogParts {
 public:
  LogParts(LogGround ground, std::unique_ptr<LogKeyFiles> signer, const Config& config);

  [[nodiscard]] std::vector<http::Route> routes();
  /// Carries the log on until asked to stop, about once a second.
  void run(const std::stop_token& stop, const SystemClock& clock, JsonLog& log);

 private:
  [[nodiscard]] core::Status publish_editions(core::Instant now);

  LogGround ground_;
  std::unique_ptr<LogKeyFiles> signer_;
  audit::LogKeys keys_;
  audit::Sequencer sequencer_;
  PartyActorNames names_;
  audit::LogService service_;
  api::LogApi log_api_;
  api::UsageApi usage_api_;
};

}  // namespace app
