#include "app/wiring/workers.h"

#include <condition_variable>
#include <mutex>

#include "identity/account/farewell.h"
#include "identity/account/letter.h"
#include "identity/challenge/operator_message.h"

namespace app {
namespace {

using std::chrono::seconds;

/// How late a revocation made by another process is known here.
constexpr seconds kRevocationPause{2};
/// Messages and calls on their way to operators at once. A call holds its thread while it rings, so
/// there are many, and apart from the rest: a slow operator must not keep registries waiting.
constexpr int kCallsMax = 48;
/// Messages that people agreed to get come by the hundred thousand and are in no hurry: few at
/// once, and apart from the rest, so that no code and no notice waits behind them.
constexpr int kInformingMax = 2;
constexpr int kPausesPerPurge = 150;
/// What is past the register's terms goes within an hour, and soon after each start: a server that
/// is started again every day must not put it off for ever.
constexpr int kPausesPerRetention = 1800;
constexpr int kFirstRetention = 15;
/// A request that became overdue is noted, with the moment it did, within a minute.
constexpr int kPausesPerSweep = 15;

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
      telephone_(
          platform.data(), rng, [&clock] { return clock.now(); },
          {.concurrency = kCallsMax, .poll = std::chrono::milliseconds(1000), .metrics = &metrics}),
      informing_(platform.data(), rng, [&clock] { return clock.now(); },
                 {.concurrency = kInformingMax,
                  .poll = std::chrono::milliseconds(2000),
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
  informing_.handle(
      std::string(privacy::kInformingKind),
      [this](const store::OutboxDelivery& delivery) {
        return platform_.informing_delivery().deliver(delivery, clock_.now());
      },
      InformingDelivery::policy());
  handle_account();
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
  informing_thread_ = std::jthread([this](const std::stop_token& stop) { informing_.run(stop); });
  janitor_thread_ = std::jthread([this](const std::stop_token& stop) {
    for (int round = 1; !stop.stop_requested(); ++round) {
      pause(stop, kRevocationPause);
      tidy(round);
    }
  });
  transparency_thread_ = std::jthread(
      [this](const std::stop_token& stop) { platform_.transparency().run(stop, clock_, log_); });
}

void Workers::tidy(int round) {
  const auto now = clock_.now();
  const auto refreshed = platform_.revocations().refresh(now);
  if (!refreshed) log_.failure("revocations.refresh_failed", refreshed.error());
  if (round % kPausesPerSweep == 0) {
    const auto late = platform_.requests().note_overdue(now);
    if (!late) log_.failure("requests.overdue_failed", late.error());
  }
  tidy_accounts(now);
  if (round % kPausesPerPurge == 0) {
    const auto purged = platform_.purge(now);
    if (!purged) log_.failure("purge.failed", purged.error());
  }
  if (round % kPausesPerRetention == kFirstRetention) erase_past_term(now);
}

void Workers::erase_past_term(core::Instant now) {
  const auto report = platform_.processing().retention().run(now);
  if (!report) {
    log_.failure("retention.failed", report.error());
    return;
  }
  for (const auto& line : *report) {
    if (line.erased == 0) continue;
    log_.event("retention.erased", {{"table", LogText::pattern(line.table)},
                                    {"category", LogText::pattern(line.category)},
                                    {"days", line.days},
                                    {"rows", line.erased}});
  }
}

void Workers::tidy_accounts(core::Instant now) {
  auto& account = platform_.account();
  const auto frozen = account.frozen().refresh();
  if (!frozen) log_.failure("account.frozen_refresh_failed", frozen.error());
  const auto changed = account.numbers().apply_due(now);
  if (!changed) log_.failure("account.number_change_failed", changed.error());
  const auto erased = account.erasures().run(now);
  if (!erased) log_.failure("account.erasure_failed", erased.error());
  if (erased && *erased > 0) log_.event("account.erased", {{"accounts", *erased}});
  const auto idle = account.inactivity().step(now);
  if (!idle) log_.failure("account.inactivity_failed", idle.error());
  if (idle && idle->warned + idle->closed > 0) {
    log_.event("account.inactive", {{"warned", idle->warned}, {"closed", idle->closed}});
  }
}

void Workers::handle_account() {
  outbox_.handle(
      std::string(identity::kAccountNoticeKind),
      [this](const store::OutboxDelivery& delivery) {
        return platform_.notice_delivery().deliver(delivery, clock_.now());
      },
      NoticeDelivery::policy());
  outbox_.handle(
      std::string(identity::kAccountNoticeMailKind),
      [this](const store::OutboxDelivery& delivery) {
        return platform_.account().notice_mail().deliver(delivery, clock_.now());
      },
      NoticeDelivery::policy());
  outbox_.handle(
      std::string(identity::kFormerNumberKind),
      [this](const store::OutboxDelivery& delivery) {
        return platform_.notice_delivery().deliver_former(delivery);
      },
      NoticeDelivery::policy());
  outbox_.handle(std::string(identity::kLetterKind), [this](const store::OutboxDelivery& delivery) {
    return platform_.account().letters().deliver(delivery, clock_.now());
  });
  outbox_.handle(std::string(identity::kFarewellKind),
                 [this](const store::OutboxDelivery& delivery) {
                   return platform_.account().farewells().deliver(delivery);
                 });
}

}  // namespace app
