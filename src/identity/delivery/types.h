// How a code gets to a number: by which channel, how far it is, and why not. Value types, safe from
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/types.h"

namespace identity {

/// The outbox kind of what operators report afterwards.
inline constexpr std::string_view kOperatorReceiptKind = "operator.receipt";

enum class DeliveryState {
  kQueued,     ///< on its way to an operator
  kSent,       ///< an operator took the SMS
  kDelivered,  ///< it rang, or the operator reports that the SMS arrived
  kFailed,     ///< nobody could deliver it
};
[[nodiscard]] std::string_view name_of(DeliveryState state);
[[nodiscard]] std::optional<DeliveryState> find_delivery_state(std::string_view name);

/// Why a call became an SMS, or why nothing arrived. The same words stand in the contract.
enum class DeliveryProblem {
  kNone,
  kBusy,         ///< the line was busy
  kDeclined,     ///< the call was declined, by the person or by their phone
  kNotFound,     ///< there is no such number
  kNoAnswer,     ///< it never rang
  kOperator,     ///< no operator could take it
  kUndelivered,  ///< an operator took the SMS and could not deliver it
};
[[nodiscard]] std::string_view name_of(DeliveryProblem problem);
[[nodiscard]] DeliveryProblem delivery_problem_from(std::string_view name);

/// What the person waiting for a code is told about it.
struct DeliveryReport {
  Channel channel = Channel::kCall;  ///< in use now
  DeliveryState state = DeliveryState::kQueued;
  DeliveryProblem problem = DeliveryProblem::kNone;
};

/// What whoever sends it has to know.
struct DeliveryProgress {
  DeliveryReport report;
  std::vector<std::string> tried;  ///< operators that failed this message for good
};

/// What an operator reports about a part of a message it took.
struct DeliveryReceipt {
  std::string operator_name;
  std::string message_id;  ///< the operator's own
  bool delivered = false;
};

}  // namespace identity
