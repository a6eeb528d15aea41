// Workers: the threads beside the listeners: the outbox, the telephone, messages that people
// agreed to get, the revocation list, and the sweeping up of what has ended. Started by serve,
// stopped by the destructor.
#pragma once

#include <thread>

#include "app/observe/json_log.h"
#include "app/observe/metrics.h"
#include "app/system_clock.h"
#include "app/wiring/platform.h"

namespace app {

class Workers {
 public:
  /// All must outlive it.
  Workers(Platform& platform, const SystemClock& clock, core::Rng& rng, Metrics& metrics,
          JsonLog& log);

 private:
  /// One round of what has to be done again and again.
  void tidy(int round);
  void tidy_accounts(core::Instant now);
  void erase_past_term(core::Instant now);
  /// What the account tells its person.
  void handle_account();

  Platform& platform_;
  const SystemClock& clock_;
  JsonLog& log_;
  store::OutboxWorker outbox_;
  store::OutboxWorker telephone_;
  store::OutboxWorker informing_;
  std::jthread outbox_thread_;
  std::jthread telephone_thread_;
  std::jthread informing_thread_;
  std::jthread janitor_thread_;
  std::jthread transparency_thread_;
};

}  // namespace app
