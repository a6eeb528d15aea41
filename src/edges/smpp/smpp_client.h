// SmppClient: a transceiver that stays bound to one SMS centre: connects, binds, and after a loss
// connects again with growing pauses, all on a thread of its own. Safe from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "core/rng.h"
#include "edges/smpp/session.h"
#include "http/peer_link.h"

namespace edges::smpp {

struct ClientConfig {
  http::PeerAddress address;
  SessionConfig session;
  std::string source;  ///< who the messages are from
  milliseconds reconnect_first{500};
  milliseconds reconnect_max{30'000};
};

class SmppClient {
 public:
  /// Messages that may wait for the window; more are refused at once.
  static constexpr std::size_t kQueueMax = 1000;

  /// Keeps receipts, several at once; false makes the centre report again. Called on the client's
  /// thread.
  using KeepReceipts = std::function<bool(std::span<const Receipt>)>;
  using Done = Session::Done;

  /// Starts at once. `rng` must outlive it.
  SmppClient(ClientConfig config, KeepReceipts keep, core::Rng& rng);
  SmppClient(const SmppClient&) = delete;
  SmppClient& operator=(const SmppClient&) = delete;
  /// Says goodbye; what is on its way ends with "smpp.link_lost".
  ~SmppClient();

  /// Bound, and not asked to slow down.
  [[nodiscard]] bool is_ready() const { return ready_; }

  /// Sends one part; `done` is called on the client's thread, or at once when it is refused.
  void submit(SubmitRequest request, Done done);

  /// Sends a text in as many parts as it takes and waits for the centre to take each.
  /// @return its id of each part.
  /// Errors: those of Session::Done, the first if parts differ; kUnavailable "smpp.not_bound",
  ///         "smpp.queue_full"; kInvalidInput "smpp.text" see segment().
  [[nodiscard]] core::Result<std::vector<std::string>> send(
      const core::Secret<std::string>& destination, std::string_view utf8);

 private:
  struct Order {
    SubmitRequest request;
    Done done;
  };
  void run();
  /// One connection from bind to loss. @return whether it was ever bound.
  bool converse();
  void exchange(http::PeerLink& link, Session& session);
  void feed(Session& session, Moment now);
  void keep_receipts(Session& session);
  void refuse_queue(std::string_view reason);
  void pause(milliseconds duration);
  [[nodiscard]] Moment deadline() const;
  [[nodiscard]] milliseconds jittered(milliseconds pause);

  ClientConfig config_;
  KeepReceipts keep_;
  core::Rng& rng_;
  std::atomic<bool> ready_ = false;
  std::atomic<std::uint8_t> reference_ = 0;
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::deque<Order> queue_;         // guarded by mutex_, as is what follows
  http::PeerLink* link_ = nullptr;  ///< to be woken; null while there is none
  bool bound_ = false;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace edges::smpp
