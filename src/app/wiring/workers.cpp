#include "app/wiring/workers.h"

#include <condition_variable>
#include <mutex>

#include "identity/challenge/operator_message.h"

namespace app {
namespace {

using std::chrono::seconds;

/// How late a revocation made by another process is known here.
constexpr seconds kRevocationPause{2};
/// Messages and calls on their way to operators at once. A call holds its thread while it rings, so
/// there are many, and apart from the rest: a slow operator must not keep registries waiting.
constexpr int kCallsMax = 48;
constexpr int kPausesPerPurge = 150;

/// Sleeps unless asked to stop.
void pause(const std::stop_token& stop, seconds duration) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, duration, [] { return false; });
}

}  // namespace

Workers::Workers(Platform& platform, const SystemClock& clock, core::Rng& rng, Metrics& metrics,
                 JsonLog& log)
    : platform_(platform),
      clock_(clock),
      log_(log),
      outbox_(platform.data(), rng, [&clock] { return clock.now(); },
              {.concurrency = 8, .poll = std::chrono::milliseconds(1000), .metrics = &metrics}),
      telephone_(platform.data(), rng, [&clock] { return clock.now(); },
                 {.concurrency = kCallsMax,
                  .poll = std::chrono::milliseconds(1000),
                  .metrics = &metrics}) {
  telephone_.handle(
      std::string(identity::kOperatorMessageKind),
      [this](const store::OutboxDelivery& delivery) {
        return platform_.operator_delivery().deliver(delivery, clock_.now());
      },
      OperatorDelivery::policy());
  telephone_.handle(
      std::string(identity::kOperatorReceiptKind),
      [this](const store::OutboxDelivery& delivery) {
        return platform_.operator_delivery().take_receipt(delivery, clock_.now());
      },
      OperatorDelivery::receipt_policy());
  outbox_.handle(
      std::string(identity::kAccountNoticeKind),
      [this](const store::OutboxDelivery& delivery) {
        return platform_.notice_delivery().deliver(delivery, clock_.now());
      },
      NoticeDelivery::policy());
  outbox_.handle(std::string(wallet::kRegistryFetchKind),
                 [this](const store::OutboxDelivery& delivery) {
                   return platform_.documents().deliver(delivery, clock_.now());
                 },
                 {.attempts_max = 40, .lease = std::chrono::seconds(60)});
  outbox_.handle(std::string(openid::kLogoutKind),
                 [this](const store::OutboxDelivery& delivery) {
                   return platform_.logouts().deliver(delivery, clock_.now());
                 },
                 {.attempts_max = 8, .backoff_max = std::chrono::minutes(10)});
  outbox_thread_ = std::jthread([this](const std::stop_token& stop) { outbox_.run(stop); });
  telephone_thread_ = std::jthread([this](const std::stop_token& stop) { telephone_.run(stop); });
  janitor_thread_ = std::jthread([this](const std::stop_token& stop) {
    for (int round = 1; !stop.stop_requested(); ++round) {
      pause(stop, kRevocationPause);
      const auto refreshed = platform_.revocations().refresh(clock_.now());
      if (!refreshed) log_.failure("revocations.refresh_failed", refreshed.error());
      if (round % kPausesPerPurge != 0) continue;
      const auto purged = platform_.purge(clock_.now());
      if (!purged) log_.failure("purge.failed", purged.error());
    }
  });
}

}  // namespace app
