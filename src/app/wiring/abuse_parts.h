// AbuseParts: what keeps guessers and pumpers out, made once from the configuration. Lives in
// Platform before the services that ask it.
#pragma once

#include "app/config/config.h"
#include "app/config/jurisdiction.h"
#include "app/observe/metrics.h"
#include "crypto/key_provider.h"
#include "identity/abuse/challenge_gate.h"
#include "identity/abuse/device_mark.h"
#include "identity/abuse/sign_in_guard.h"
#include "identity/abuse/work.h"

namespace app {

class AbuseParts {
 public:
  AbuseParts(const Config& config, const Jurisdiction& jurisdiction, store::Database& data,
             const crypto::KeyProvider& root, core::Rng& rng);

  identity::DeviceMarks marks;
  identity::WorkDesk work;
  identity::SignInGuard sign_ins;
  identity::ChallengeGate gate;

  /// Tells how full the budgets are: beresta_challenge_budget_ratio{kind}.
  [[nodiscard]] core::Status measure_into(Metrics& metrics, core::Instant now);

 private:
  store::Database& data_;
};

}  // namespace app
