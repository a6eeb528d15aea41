// The outbox worker on both engines: lease, crash, deduplication, backoff, death, wake-up.
#include <condition_variable>
#include <stdexcept>
#include <thread>

#include "store/harness.h"
#include "store/outbox_worker.h"

namespace store_test {
namespace {

using core::Result;
using store::Delivered;
using store::GiveUp;
using store::OutboxDelivery;
using store::OutboxOutcome;
using store::OutboxWorker;
using store::RetryAfter;
using store::UnitOfWork;
using namespace std::chrono_literals;

class OutboxWork : public StoreContract {
 protected:
  OutboxWork() { EXPECT_TRUE(store::migrate(*database, app_migrations(), clock.now())); }

  OutboxWorker make_worker(store::OutboxWorkerConfig config = {}) {
    return {*database, rng, [this] { return clock.now(); }, config};
  }
  void add(const std::string& key, core::Instant not_before = {}) {
    const auto added = database->write([&](UnitOfWork& unit) {
      return store::enqueue(unit, {"sms", key, {1, 2, 3}, not_before}, clock.now(), rng);
    });
    ASSERT_TRUE(added) << added.error().detail;
  }
  store::OutboxStatus status(std::string_view key) {
    const auto found =
        database->read([&](UnitOfWork& unit) { return store::find_outbox(unit, "sms", key); });
    return found ? *found : store::OutboxStatus{found.error().reason, 0, {}};
  }
  /// run_once, or -1.
  static int run(OutboxWorker& worker) {
    const auto tried = worker.run_once();
    EXPECT_TRUE(tried) << tried.error().detail;
    return tried ? *tried : -1;
  }

  HandClock clock;
};
INSTANTIATE_ON_BOTH_ENGINES(OutboxWork);

/// A handler that answers the same each time and remembers what it got.
struct Peer {
  OutboxOutcome answer = Delivered{};
  std::vector<OutboxDelivery> got = {};

  store::OutboxHandler handler() {
    return [this](const OutboxDelivery& delivery) -> Result<OutboxOutcome> {
      got.push_back(delivery);
      return answer;
    };
  }
};

TEST_P(OutboxWork, DeliversOnceAndForgetsThePayload) {
  Peer peer;
  OutboxWorker worker = make_worker();
  worker.handle("sms", peer.handler());
  add("a");
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(run(worker), 0);
  ASSERT_EQ(peer.got.size(), 1U);
  EXPECT_EQ(peer.got[0].dedup_key, "a");
  EXPECT_EQ(peer.got[0].payload, (core::Bytes{1, 2, 3}));
  EXPECT_EQ(peer.got[0].attempt, 1);
  EXPECT_EQ(peer.got[0].created_at, clock.now());
  EXPECT_EQ(status("a").state, "delivered");
  const auto left = database->read([](UnitOfWork& unit) -> Result<std::size_t> {
    TRY(const store::Rows rows, unit.run({"test.payload", "SELECT payload FROM outbox"}));
    return rows.front().blob(0).size();
  });
  EXPECT_EQ(*left, 0U);
}

/// Remembers how each attempt ended.
class OutcomeMetrics final : public store::StoreMetrics {
 public:
  void outbox_attempted(std::string_view kind, std::string_view state) override {
    seen.push_back(std::string(kind) + ":" + std::string(state));
  }
  std::vector<std::string> seen;
};

TEST_P(OutboxWork, ReportsHowEachAttemptEnded) {
  OutcomeMetrics metrics;
  Peer peer{.answer = RetryAfter{"sms.slow", 1s}};
  OutboxWorker worker = make_worker({.metrics = &metrics});
  worker.handle("sms", peer.handler());
  add("a");
  EXPECT_EQ(run(worker), 1);
  peer.answer = Delivered{};
  clock.advance(1s);
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(metrics.seen, (std::vector<std::string>{"sms:pending", "sms:delivered"}));
}

TEST_P(OutboxWork, WaitsForTheMomentAnEffectIsMeantFor) {
  Peer peer;
  OutboxWorker worker = make_worker();
  worker.handle("sms", peer.handler());
  add("later", clock.now() + 10s);
  EXPECT_EQ(run(worker), 0);
  clock.advance(10s);
  EXPECT_EQ(run(worker), 1);
}

TEST_P(OutboxWork, LeavesKindsWithoutHandlerAlone) {
  Peer peer;
  OutboxWorker worker = make_worker();
  worker.handle("mail", peer.handler());
  add("a");
  EXPECT_EQ(run(worker), 0);
  EXPECT_EQ(status("a").attempts, 0);
}

TEST_P(OutboxWork, BacksOffTwiceAsLongEachTimeWithJitterAndThenDies) {
  Peer peer{.answer = RetryAfter{"sms.unreachable"}};
  OutboxWorker worker = make_worker();
  worker.handle("sms", peer.handler(),
                {.attempts_max = 4, .backoff_first = 8s, .backoff_max = 16s});
  add("a");
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(status("a").state, "pending");
  EXPECT_EQ(status("a").last_error_reason, "sms.unreachable");
  // First pause 4..8 s, second 8..16 s, third bounded by 16 s.
  clock.advance(4s - 1us);
  EXPECT_EQ(run(worker), 0);
  clock.advance(4s + 1us);
  EXPECT_EQ(run(worker), 1);
  clock.advance(8s - 1us);
  EXPECT_EQ(run(worker), 0);
  clock.advance(8s + 1us);
  EXPECT_EQ(run(worker), 1);
  clock.advance(16s);
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(status("a").state, "dead");
  EXPECT_EQ(status("a").attempts, 4);
  EXPECT_EQ(status("a").last_error_reason, "sms.unreachable");
  clock.advance(24h);
  EXPECT_EQ(run(worker), 0);
}

TEST_P(OutboxWork, TakesThePauseAPeerAsksFor) {
  Peer peer{.answer = RetryAfter{"sms.throttled", 90s}};
  OutboxWorker worker = make_worker();
  worker.handle("sms", peer.handler());
  add("a");
  EXPECT_EQ(run(worker), 1);
  clock.advance(90s - 1us);
  EXPECT_EQ(run(worker), 0);
  clock.advance(1us);
  EXPECT_EQ(run(worker), 1);
}

TEST_P(OutboxWork, GivesUpWhenThePeerSaysNeverAndRevivesByHand) {
  Peer peer{.answer = GiveUp{"sms.number_unknown"}};
  OutboxWorker worker = make_worker();
  worker.handle("sms", peer.handler());
  add("a");
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(status("a").state, "dead");
  EXPECT_EQ(status("a").last_error_reason, "sms.number_unknown");
  ASSERT_TRUE(database->write(
      [&](UnitOfWork& unit) { return store::revive_outbox(unit, "sms", "a", clock.now()); }));
  peer.answer = Delivered{};
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(peer.got.back().payload, (core::Bytes{1, 2, 3}));
  EXPECT_EQ(status("a").state, "delivered");
}

TEST_P(OutboxWork, TakesAnErrorOrAnExceptionOfAHandlerAsTryAgain) {
  OutboxWorker worker = make_worker();
  bool throws = false;
  worker.handle("sms", [&](const OutboxDelivery&) -> Result<OutboxOutcome> {
    if (throws) throw std::runtime_error("handler");
    return core::fail(core::ErrorCode::kUnavailable, "sms.down");
  });
  add("a");
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(status("a").last_error_reason, "sms.down");
  throws = true;
  clock.advance(1min);
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(status("a").last_error_reason, "outbox.handler_threw");
  EXPECT_EQ(status("a").state, "pending");
}

TEST_P(OutboxWork, NotesAnOutcomeWhoseReasonCannotBeStored) {
  Peer peer{.answer = GiveUp{"\xFF\xFE"}};
  OutboxWorker worker = make_worker();
  worker.handle("sms", peer.handler());
  add("a");
  EXPECT_EQ(run(worker), 1);
  EXPECT_EQ(status("a").state, "dead");
  EXPECT_EQ(status("a").last_error_reason, "outbox.reason_unreadable");
}

TEST_P(OutboxWork, SendsAgainWithTheSameKeyAfterACrashBetweenSendingAndNoting) {
  // The first worker sends and "crashes": its note is lost, because a second worker holds the lease
  // by then. The peer sees one key twice and can tell.
  OutboxWorker first = make_worker();
  OutboxWorker second = make_worker();
  Peer peer{.answer = RetryAfter{"sms.slow", 1h}};
  second.handle("sms", peer.handler(), {.lease = 30s});
  std::vector<std::string> keys;
  first.handle("sms",
               [&](const OutboxDelivery& delivery) -> Result<OutboxOutcome> {
                 keys.push_back(delivery.dedup_key);
                 EXPECT_EQ(run(second), 0) << "leased to the first";
                 clock.advance(31s);
                 EXPECT_EQ(run(second), 1) << "the lease is over";
                 return GiveUp{"late verdict of the first"};
               },
               {.lease = 30s});
  add("a");
  EXPECT_EQ(run(first), 1);
  ASSERT_EQ(peer.got.size(), 1U);
  EXPECT_EQ(peer.got[0].dedup_key, keys.at(0));
  EXPECT_EQ(peer.got[0].attempt, 2);
  EXPECT_EQ(status("a").state, "pending") << "a lost lease has no say any more";
  EXPECT_EQ(status("a").last_error_reason, "sms.slow");
}

TEST_P(OutboxWork, BelievesADeliveryEvenAfterItsLeaseWasLost) {
  OutboxWorker first = make_worker();
  OutboxWorker second = make_worker();
  Peer peer{.answer = RetryAfter{"sms.slow", 1h}};
  second.handle("sms", peer.handler(), {.lease = 30s});
  first.handle("sms",
               [&](const OutboxDelivery&) -> Result<OutboxOutcome> {
                 clock.advance(31s);
                 EXPECT_EQ(run(second), 1);
                 return Delivered{};
               },
               {.lease = 30s});
  add("a");
  EXPECT_EQ(run(first), 1);
  EXPECT_EQ(status("a").state, "delivered");
}

TEST_P(OutboxWork, BuriesAnEffectThatKillsTheProcessEachTime) {
  // A crash after the claim: claimed by hand, never noted.
  OutboxWorker worker = make_worker();
  Peer peer;
  worker.handle("sms", peer.handler(), {.attempts_max = 2});
  add("a");
  ASSERT_TRUE(database->write([](UnitOfWork& unit) {
    return unit.run_script({"test.crashes", "UPDATE outbox SET attempts = 2"});
  }));
  EXPECT_EQ(run(worker), 1);
  EXPECT_TRUE(peer.got.empty());
  EXPECT_EQ(status("a").state, "dead");
  EXPECT_EQ(status("a").last_error_reason, "outbox.attempts_exhausted");
}

TEST_P(OutboxWork, TakesNoMoreThanItsConcurrencyAtOnceAndTheOldestFirst) {
  Peer peer;
  OutboxWorker worker = make_worker({.concurrency = 2});
  worker.handle("sms", peer.handler());
  for (const char* key : {"a", "b", "c"}) {
    add(key);
    clock.advance(1s);
  }
  EXPECT_EQ(run(worker), 2);
  EXPECT_EQ(status("c").attempts, 0);
  EXPECT_EQ(run(worker), 1);
}

TEST_P(OutboxWork, PurgesWhatWasFinishedLongAgo) {
  Peer peer;
  OutboxWorker worker = make_worker();
  worker.handle("sms", peer.handler());
  add("done");
  EXPECT_EQ(run(worker), 1);
  add("waiting", clock.now() + 48h);
  clock.advance(24h);
  const auto purged = database->write(
      [&](UnitOfWork& unit) { return store::purge_outbox(unit, clock.now(), 100); });
  ASSERT_TRUE(purged) << purged.error().detail;
  EXPECT_EQ(*purged, 1);
  EXPECT_EQ(status("done").state, "outbox.not_found");
  EXPECT_EQ(status("waiting").state, "pending");
}

/// Counts deliveries of several threads and lets a test wait for them.
class Tally {
 public:
  void add(const std::string& key) {
    const std::lock_guard lock(mutex_);
    ++counts_[key];
    changed_.notify_all();
  }
  bool wait_for(std::size_t keys) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [&] { return counts_.size() >= keys; });
  }
  int most() {
    const std::lock_guard lock(mutex_);
    int most = 0;
    for (const auto& [key, count] : counts_) most = std::max(most, count);
    return most;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, int> counts_;
};

TEST_P(OutboxWork, RunningTwiceOnOneDatabaseSendsEachEffectOnce) {
  Tally tally;
  const auto other_database = must_open(place.config(), rng);
  OutboxWorker one = make_worker({.concurrency = 3, .poll = 20ms});
  OutboxWorker two(*other_database, rng, [this] { return clock.now(); },
                   {.concurrency = 3, .poll = 20ms});
  for (OutboxWorker* worker : {&one, &two}) {
    worker->handle("sms", [&](const OutboxDelivery& delivery) -> Result<OutboxOutcome> {
      tally.add(delivery.dedup_key);
      return Delivered{};
    });
  }
  constexpr int kEffects = 60;
  {
    const std::jthread first([&](const std::stop_token& stop) { one.run(stop); });
    const std::jthread second([&](const std::stop_token& stop) { two.run(stop); });
    for (int i = 0; i < kEffects; ++i) add("key" + std::to_string(i));
    EXPECT_TRUE(tally.wait_for(kEffects));
  }
  EXPECT_EQ(tally.most(), 1);
  EXPECT_EQ(status("key0").state, "delivered");
}

TEST_P(OutboxWork, IsWokenByAFreshEffectLongBeforeItsNextPoll) {
  Tally tally;
  OutboxWorker worker = make_worker({.concurrency = 1, .poll = 60s});
  worker.handle("sms", [&](const OutboxDelivery& delivery) -> Result<OutboxOutcome> {
    tally.add(delivery.dedup_key);
    return Delivered{};
  });
  const std::jthread running([&](const std::stop_token& stop) { worker.run(stop); });
  std::this_thread::sleep_for(100ms);  // asleep by now
  const auto started = std::chrono::steady_clock::now();
  add("a");
  EXPECT_TRUE(tally.wait_for(1));
  EXPECT_LT(std::chrono::steady_clock::now() - started, 10s);
}

}  // namespace
}  // namespace store_test
