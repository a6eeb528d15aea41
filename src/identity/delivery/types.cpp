#include "identity/delivery/types.h"

#include <array>
#include <utility>

namespace identity {
namespace {

constexpr std::array<std::pair<DeliveryState, std::string_view>, 4> kStates{
    {{DeliveryState::kQueued, "queued"},
     {DeliveryState::kSent, "sent"},
     {DeliveryState::kDelivered, "delivered"},
     {DeliveryState::kFailed, "failed"}}};

constexpr std::array<std::pair<DeliveryProblem, std::string_view>, 7> kProblems{
    {{DeliveryProblem::kNone, "none"},
     {DeliveryProblem::kBusy, "busy"},
     {DeliveryProblem::kDeclined, "declined"},
     {DeliveryProblem::kNotFound, "not_found"},
     {DeliveryProblem::kNoAnswer, "no_answer"},
     {DeliveryProblem::kOperator, "operator"},
     {DeliveryProblem::kUndelivered, "undelivered"}}};

}  // namespace

std::string_view name_of(DeliveryState state) {
  return kStates.at(static_cast<std::size_t>(state)).second;
}

std::optional<DeliveryState> find_delivery_state(std::string_view name) {
  for (const auto& [state, known] : kStates) {
    if (known == name) return state;
  }
  return std::nullopt;
}

std::string_view name_of(DeliveryProblem problem) {
  return kProblems.at(static_cast<std::size_t>(problem)).second;
}

DeliveryProblem delivery_problem_from(std::string_view name) {
  for (const auto& [problem, known] : kProblems) {
    if (known == name) return problem;
  }
  return DeliveryProblem::kNone;
}

}  // namespace identity
