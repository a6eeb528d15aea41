// FlashCall: one call that rings and is hung up, as a machine without a socket: messages and the
// time go in, messages and the outcome come out. It is a caller's part of RFC 3261 for one INVITE:
// the transaction with its repetitions, CANCEL once it rings, BYE if somebody was quicker, digest
// authentication. Used by one thread.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/result.h"
#include "edges/sip_call/digest.h"
#include "edges/sip_call/sip_message.h"

namespace edges::sip_call {

using Moment = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

/// What all calls over one trunk have in common.
struct TrunkProfile {
  std::string domain;     ///< in the addresses of both ends
  std::string transport;  ///< "UDP", "TCP" or "TLS", as Via has it
  std::string local;      ///< "192.0.2.1:5060": where answers reach us
  Credentials credentials;
  milliseconds ring{1'500};           ///< from ringing to hanging up
  milliseconds trunk_timeout{4'000};  ///< until the trunk's first word
  milliseconds ring_timeout{15'000};  ///< from the start until it rings
};

/// One call. `unique` is unpredictable, of letters and digits, and different for each.
struct CallPlan {
  core::Secret<std::string> to;  ///< E.164, as `from`
  std::string from;
  std::string unique;
};

class FlashCall {
 public:
  /// The output begins with the INVITE. `profile` must outlive the call.
  FlashCall(const TrunkProfile& profile, CallPlan plan, Moment now);

  /// A message with this call's Call-ID.
  void on_message(const SipMessage& message, Moment now);
  /// Lets time pass: repeats what was not answered, hangs up, gives up.
  void tick(Moment now);
  [[nodiscard]] Moment next_tick() const;
  /// Ends the call now, as its state allows: what rings is cancelled, what was not answered yet is
  /// given up ("sip.unreachable").
  void hang_up(Moment now);
  /// The trunk cannot be reached any more.
  void lose_trunk();

  /// Messages to be sent, in this order.
  [[nodiscard]] std::vector<std::string> take_output();
  [[nodiscard]] const std::string& call_id() const { return call_id_; }

  /// Empty while it is not known; success means that it rang. The call may still have to be ended.
  /// Errors: kConflict    "callee.busy", "callee.declined", "callee.not_found", "callee.no_answer";
  ///         kUnavailable "sip.silent" the trunk does not answer, "sip.unauthorised",
  ///         "sip.refused",
  ///                      "sip.failed" it cannot carry the call; the detail has the status;
  ///                      "sip.unreachable".
  [[nodiscard]] const std::optional<core::Status>& outcome() const { return outcome_; }
  /// Nothing more will be sent or understood.
  [[nodiscard]] bool is_over() const { return state_ == State::kOver; }

 private:
  enum class State { kCalling, kProceeding, kRinging, kCancelling, kAnswered, kEnding, kOver };
  /// A request that is repeated until it is answered (RFC 3261, timers A and E).
  struct Repeated {
    std::string message;
    Moment next;
    milliseconds interval{};
  };

  void invite(Moment now, const std::string& authorization);
  void on_response(const SipResponse& response, Moment now);
  void on_request(const SipRequest& request);
  void on_provisional(int status, Moment now);
  void on_answered(const SipResponse& response, Moment now);
  void on_refused(const SipResponse& response, Moment now);
  [[nodiscard]] bool authenticate(const SipResponse& response, Moment now);
  void cancel(Moment now);
  void linger(Moment now);
  void settle(core::Status outcome);
  void repeat(std::optional<Repeated>& what, std::string message, Moment now);
  void repeat_due(std::optional<Repeated>& what, Moment now, bool bounded);

  /// The lines of a request up to its body.
  struct Request {
    std::string method;
    std::string uri;
    std::string branch;
    std::string to_tag_line;  ///< whole To value of the answer; empty = ours
    std::uint32_t cseq = 0;
    std::string extra;  ///< further header lines, each ended
    std::string body;
  };
  [[nodiscard]] std::string write(const Request& request) const;
  [[nodiscard]] std::string branch(std::string_view what) const;
  [[nodiscard]] Request in_dialog(const SipResponse& response, std::string_view method) const;

  const TrunkProfile& profile_;
  CallPlan plan_;
  std::string call_id_;
  std::string uri_;
  State state_ = State::kCalling;
  std::uint32_t cseq_ = 1;
  int authentications_ = 0;
  std::optional<core::Status> outcome_;
  std::optional<core::Status> planned_;  ///< what a call being cancelled comes to
  std::optional<Repeated> inviting_;
  std::optional<Repeated> ending_;  ///< CANCEL or BYE
  std::set<std::string> hung_up_;   ///< to-tags that got their BYE: a fork may answer twice
  std::vector<std::string> output_;
  Moment started_;
  Moment deadline_;  ///< of the state
};

}  // namespace edges::sip_call
