#include "app/operators/operator_router.h"

#include <fmt/format.h>

#include <algorithm>

namespace app {
namespace {

using core::ErrorCode;

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view outcome_of(const core::Result<PhoneHandover>& handover) {
  if (handover) return "accepted";
  if (handover.error().code == ErrorCode::kConflict) return "callee";
  return handover.error().code == ErrorCode::kUnavailable ? "unavailable" : "refused";
}

std::string any_digits(core::Rng& rng, int digits) {
  std::string code;
  for (int i = 0; i < digits; ++i) {
    code += static_cast<char>('0' + core::random_below(rng, 10));
  }
  return code;
}

}  // namespace

OperatorRouter::OperatorRouter(std::vector<RoutedOperator> operators, core::Rng& rng, Clock clock,
                               OperatorMeter* meter, http::CircuitPolicy circuit)
    : rng_(rng), clock_(std::move(clock)), meter_(meter) {
  for (auto& routed : operators) {
    operators_.push_back(
        std::unique_ptr<Entry>(new Entry{std::move(routed), http::CircuitBreaker(circuit)}));
  }
}

std::vector<OperatorRouter::Entry*> OperatorRouter::in_order(identity::Channel channel) {
  std::vector<Entry*> rest;
  for (const auto& entry : operators_) {
    if (entry->routed.phone->channel() == channel) rest.push_back(entry.get());
  }
  std::stable_sort(rest.begin(), rest.end(), [](const Entry* a, const Entry* b) {
    return a->routed.priority < b->routed.priority;
  });
  // Among equals one is drawn by share, then one of the rest, and so on.
  std::vector<Entry*> ordered;
  while (!rest.empty()) {
    std::uint64_t all = 0;
    std::size_t equals = 0;
    while (equals < rest.size() && rest[equals]->routed.priority == rest.front()->routed.priority) {
      all += static_cast<std::uint64_t>(rest[equals++]->routed.share);
    }
    std::uint64_t drawn = core::random_below(rng_, all);
    std::size_t chosen = 0;
    while (drawn >= static_cast<std::uint64_t>(rest[chosen]->routed.share)) {
      drawn -= static_cast<std::uint64_t>(rest[chosen++]->routed.share);
    }
    ordered.push_back(rest[chosen]);
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(chosen));
  }
  return ordered;
}

core::Result<PhoneHandover> OperatorRouter::ask(Entry& entry, const PhoneOrder& order) {
  auto handover = entry.routed.phone->send(order);
  // What the person's phone says, and a refusal of one message, are answers of a healthy operator:
  // otherwise a stranger with wrong numbers could switch operators off.
  const bool well = handover || handover.error().code != ErrorCode::kUnavailable;
  entry.circuit.report(well, clock_());
  if (meter_ != nullptr) meter_->operator_answered(entry.routed.name, outcome_of(handover));
  return handover;
}

RoutingOutcome OperatorRouter::send(identity::Channel channel, const PhoneOrder& order,
                                    const std::vector<std::string>& tried) {
  RoutingOutcome outcome{{}, core::fail(ErrorCode::kNotFound, "operator.none_left"), {}};
  // Whoever configures none yet wants messages to wait, not to be lost.
  if (!has(channel)) outcome.handover = core::fail(ErrorCode::kUnavailable, "operator.none");
  for (Entry* const entry : in_order(channel)) {
    const auto& routed = entry->routed;
    if (contains(tried, routed.name) || !routed.phone->can_send(order)) continue;
    if (!routed.phone->is_ready() || !entry->circuit.admit(clock_())) {
      if (outcome.operator_name.empty()) {
        outcome.handover = core::fail(ErrorCode::kUnavailable, "operator.none");
      }
      continue;
    }
    auto handover = ask(*entry, order);
    const bool ended = handover || handover.error().code == ErrorCode::kConflict;
    const bool refused = !ended && handover.error().code != ErrorCode::kUnavailable;
    if (refused) outcome.refused_by.push_back(routed.name);
    // A refusal must not hide that another one may take it later.
    const bool later =
        !outcome.handover && outcome.handover.error().code == ErrorCode::kUnavailable;
    if (refused && later) continue;
    outcome.operator_name = routed.name;
    outcome.handover = std::move(handover);
    if (ended) break;
  }
  return outcome;
}

bool OperatorRouter::has(identity::Channel channel) const {
  return std::any_of(operators_.begin(), operators_.end(),
                     [&](const auto& entry) { return entry->routed.phone->channel() == channel; });
}

std::string OperatorRouter::draw(core::Rng& rng, int digits) {
  for (const Entry* const entry : in_order(identity::Channel::kCall)) {
    const bool well = entry->circuit.state() == http::CircuitBreaker::State::kClosed;
    if (!well || !entry->routed.phone->is_ready()) continue;
    return entry->routed.phone->draw_code(rng, digits).value_or(any_digits(rng, digits));
  }
  // Nobody can ring now; the call will become an SMS, unless somebody recovers who can.
  return any_digits(rng, digits);
}

void OperatorRouter::tell_health(
    const std::function<void(std::string_view name, double closed)>& tell) const {
  using State = http::CircuitBreaker::State;
  for (const auto& entry : operators_) {
    const auto state = entry->circuit.state();
    const bool closed = state == State::kClosed && entry->routed.phone->is_ready();
    tell(entry->routed.name, closed ? 0.0 : state == State::kHalfOpen ? 0.5 : 1.0);
  }
}

}  // namespace app
