// SipCaller: makes flash calls over one trunk, many at once, on a thread of its own that owns the
// socket. Safe from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/rng.h"
#include "edges/sip_call/flash_call.h"
#include "http/peer_link.h"

namespace edges::sip_call {

struct CallerConfig {
  http::PeerAddress trunk;
  bool datagrams = true;  ///< UDP; else a stream, over TLS if the address says so
  TrunkProfile profile;   ///< `local` is filled in
};

class SipCaller {
 public:
  /// Calls on their way at once; more are refused.
  static constexpr std::size_t kCallsMax = 4096;

  /// `rng` must outlive it.
  SipCaller(CallerConfig config, core::Rng& rng);
  SipCaller(const SipCaller&) = delete;
  SipCaller& operator=(const SipCaller&) = delete;
  /// Calls that wait end with "sip.unreachable"; phones that ring are hung up, for which the trunk
  /// has a second.
  ~SipCaller();

  /// Rings `to` from `from`, both E.164, and returns once it is known what came of it.
  /// Errors: those of FlashCall::outcome; kUnavailable "sip.unreachable", "sip.too_many_calls".
  [[nodiscard]] core::Status ring(const core::Secret<std::string>& to, const std::string& from);

 private:
  struct Order;
  struct Call;
  void run();
  [[nodiscard]] bool wait_for_order();
  void converse(http::PeerLink& link);
  /// One round of talk: sends what is due and takes in what came till `until`. False when the link
  /// is lost.
  [[nodiscard]] bool take_turn(http::PeerLink& link, Moment until);
  void say_goodbye(http::PeerLink& link);
  void start_orders(Moment now);
  [[nodiscard]] bool send_output(http::PeerLink& link);
  /// False when the stream cannot be understood any more.
  [[nodiscard]] bool take_in(const core::Bytes& bytes, Moment now);
  void dispatch(std::string_view text, Moment now);
  void answer_stranger(const SipMessage& message);
  void settle_calls();
  void lose_trunk();
  void refuse_orders();

  CallerConfig config_;
  core::Rng& rng_;
  std::map<std::string, std::unique_ptr<Call>> calls_;  ///< by Call-ID; the thread's own
  std::vector<std::string> strays_;                     ///< answers to requests outside of calls
  SipStreamReader reader_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::deque<std::shared_ptr<Order>> orders_;  // guarded by mutex_, as is what follows
  http::PeerLink* link_ = nullptr;
  std::size_t underway_ = 0;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace edges::sip_call
