// Session: one connection to an SMS centre as a machine without a socket: bytes and the time go in,
// bytes and outcomes come out. Binds as a transceiver, keeps at most a window of messages
// unanswered and a rate, slows down when throttled, asks whether the other side lives. Used by one
// thread.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "edges/smpp/pdu.h"
#include "edges/smpp/receipt.h"

namespace edges::smpp {

using Moment = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

struct SessionConfig {
  BindRequest bind;
  int window = 32;
  int per_second = 100;
  milliseconds enquire_link{30'000};
  milliseconds timeout{5'000};         ///< for each answer of the SMS centre
  milliseconds throttle_first{1'000};  ///< doubled with each further "throttled", up to
  milliseconds throttle_max{30'000};
};

/// A receipt that is answered once it is safe.
struct ReceivedReceipt {
  std::uint32_t sequence_number = 0;
  Receipt receipt;
};

class Session {
 public:
  /// The centre's id of the message, or
  /// kUnavailable "smpp.throttled", "smpp.timeout", "smpp.link_lost" (it may have been taken all
  /// the
  ///              same), "smpp.failed" the centre has trouble;
  /// kForbidden   "smpp.refused" it says no to this message; the detail has the status.
  using Done = std::function<void(core::Result<std::string>)>;

  /// The connection stands: the output begins with the bind.
  Session(SessionConfig config, Moment now);

  void receive(core::ByteView bytes, Moment now);
  /// Lets time pass: ends what was not answered, asks whether the centre lives.
  void tick(Moment now);
  /// When tick has something to do, at the latest.
  [[nodiscard]] Moment next_tick() const;

  /// Bound, the window not full, not throttled, the rate not used up.
  [[nodiscard]] bool can_submit(Moment now) const;
  /// Only when can_submit.
  void submit(const SubmitRequest& request, Done done, Moment now);

  [[nodiscard]] core::Bytes take_output();
  [[nodiscard]] std::vector<ReceivedReceipt> take_receipts();
  /// @param kept  false: the centre shall report again.
  void answer_receipt(std::uint32_t sequence_number, bool kept);

  /// Says goodbye; what is on its way may still be answered.
  void unbind(Moment now);
  /// Ends everything on its way; Done hears "smpp.link_lost".
  void lose_link();

  [[nodiscard]] bool is_bound() const { return state_ == State::kBound; }
  [[nodiscard]] bool is_throttled(Moment now) const { return now < throttled_until_; }
  [[nodiscard]] std::size_t unanswered() const { return waiting_.size(); }
  /// Why the connection is of no more use: kForbidden "smpp.bind_refused"; kUnavailable
  /// "smpp.silent", "smpp.unbound"; kInvalidInput "smpp.length".
  [[nodiscard]] const std::optional<core::Error>& failure() const { return failure_; }

 private:
  enum class State { kBinding, kBound, kEnded };
  struct Waiting {
    Done done;
    Moment until;
  };
  void handle(const Pdu& pdu, Moment now);
  void on_bind_resp(const PduHeader& header, Moment now);
  void on_submit_resp(const PduHeader& header, const std::string& message_id, Moment now);
  void on_deliver(const PduHeader& header, const DeliverSm& message);
  void finish(std::uint32_t sequence_number, core::Result<std::string> outcome);
  void slow_down(Moment now);
  void end(core::ErrorCode code, std::string_view reason, std::string detail = {});
  void write(const core::Bytes& pdu) { output_.insert(output_.end(), pdu.begin(), pdu.end()); }
  [[nodiscard]] std::uint32_t next_sequence();

  SessionConfig config_;
  State state_ = State::kBinding;
  std::optional<core::Error> failure_;
  PduReader reader_;
  core::Bytes output_;
  std::map<std::uint32_t, Waiting> waiting_;
  std::vector<ReceivedReceipt> receipts_;
  std::uint32_t sequence_ = 0;
  std::uint32_t bind_sequence_ = 0;
  Moment bind_until_;
  Moment heard_at_;                       ///< the last byte from the centre
  std::optional<Moment> enquired_until_;  ///< a question that is not answered yet
  Moment throttled_until_{};
  milliseconds throttle_pause_;
  Moment next_slot_;  ///< before this the rate is used up
};

}  // namespace edges::smpp
