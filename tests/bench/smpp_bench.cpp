#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "bench/commands.h"
#include "crypto/system_rng.h"
#include "edges/smpp/segments.h"
#include "edges/smpp/smpp_client.h"

namespace bench {
namespace {

namespace smpp = edges::smpp;

/// As long as a code's SMS, in the alphabet that most are in.
constexpr std::string_view kText = "Береста: ваш код 481516. Никому его не называйте.";
constexpr int kBoundWaits = 500;
constexpr std::chrono::milliseconds kBoundWait{10};

/// Keeps twice a window on its way until the time is up, and counts what was taken.
class Sender {
 public:
  Sender(smpp::SmppClient& client, Seconds time) : client_(client), time_(time) {
    const auto segmented = smpp::segment(kText, 1).value();
    request_ = {.source = "Beresta",
                .destination = core::Secret<std::string>("+79175550142"),
                .data_coding = segmented.data_coding,
                .has_header = false,
                .short_message = core::Secret<core::Bytes>(segmented.parts.front().octets)};
  }

  core::Result<Work> run(int on_their_way) {
    under_way_ = on_their_way;
    for (int i = 0; i < on_their_way; ++i) send_one();
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return under_way_ == 0; });
    if (refusal_) return core::fail(*refusal_);
    return watch_.stop(done_);
  }

 private:
  void send_one() {
    client_.submit(request_, [this](const core::Result<std::string>& outcome) { count(outcome); });
  }
  void count(const core::Result<std::string>& outcome) {
    if (outcome) ++done_;
    if (outcome && watch_.wall_s() < time_.count()) return send_one();
    const std::lock_guard lock(mutex_);
    if (!outcome) refusal_ = outcome.error();
    if (--under_way_ == 0) ended_.notify_all();
  }

  smpp::SmppClient& client_;
  Seconds time_;
  smpp::SubmitRequest request_;
  Stopwatch watch_;
  std::atomic<std::int64_t> done_ = 0;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::optional<core::Error> refusal_;
  int under_way_ = 0;
};

}  // namespace

core::Result<Work> run_smpp_submits(int port, int window, Seconds time) {
  crypto::SystemRng rng;
  smpp::ClientConfig config;
  config.address = {"127.0.0.1", static_cast<std::uint16_t>(port), false, ""};
  config.source = "Beresta";
  config.session.bind = {"beresta", core::Secret<std::string>("secret"), ""};
  config.session.window = window;
  config.session.per_second = 1'000'000;
  smpp::SmppClient client(
      config, [](auto) { return true; }, rng);
  for (int i = 0; !client.is_ready(); ++i) {
    if (i == kBoundWaits) return core::fail(core::ErrorCode::kUnavailable, "bench.smpp_not_bound");
    std::this_thread::sleep_for(kBoundWait);
  }
  return Sender(client, time).run(2 * window);
}

}  // namespace bench
