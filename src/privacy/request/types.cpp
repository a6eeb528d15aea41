#include "privacy/request/types.h"

#include <algorithm>
#include <utility>

#include "crypto/digest.h"

namespace privacy {
namespace {

template <typename T, std::size_t N>
using Names = std::array<std::pair<T, std::string_view>, N>;

constexpr Names<RequestKind, 8> kKinds{{
    {RequestKind::kInformation, "information"},
    {RequestKind::kCopy, "copy"},
    {RequestKind::kCorrection, "correction"},
    {RequestKind::kBlocking, "blocking"},
    {RequestKind::kStop, "stop"},
    {RequestKind::kErasure, "erasure"},
    {RequestKind::kContest, "contest"},
    {RequestKind::kComplaint, "complaint"},
}};
constexpr Names<RequestState, 6> kStates{{
    {RequestState::kReceived, "received"},
    {RequestState::kInWork, "in_work"},
    {RequestState::kExtended, "extended"},
    {RequestState::kAnswered, "answered"},
    {RequestState::kRefused, "refused"},
    {RequestState::kWithdrawn, "withdrawn"},
}};
constexpr Names<RequestAct, 7> kActs{{
    {RequestAct::kReceive, "received"},
    {RequestAct::kTake, "taken"},
    {RequestAct::kExtend, "extended"},
    {RequestAct::kAnswer, "answered"},
    {RequestAct::kRefuse, "refused"},
    {RequestAct::kWithdraw, "withdrawn"},
    {RequestAct::kBecomeOverdue, "overdue"},
}};

struct Transition {
  RequestState from;
  RequestAct act;
  RequestState to;
};
constexpr std::array kTransitions{
    Transition{RequestState::kReceived, RequestAct::kTake, RequestState::kInWork},
    Transition{RequestState::kReceived, RequestAct::kWithdraw, RequestState::kWithdrawn},
    Transition{RequestState::kInWork, RequestAct::kExtend, RequestState::kExtended},
    Transition{RequestState::kInWork, RequestAct::kAnswer, RequestState::kAnswered},
    Transition{RequestState::kInWork, RequestAct::kRefuse, RequestState::kRefused},
    Transition{RequestState::kInWork, RequestAct::kWithdraw, RequestState::kWithdrawn},
    Transition{RequestState::kExtended, RequestAct::kAnswer, RequestState::kAnswered},
    Transition{RequestState::kExtended, RequestAct::kRefuse, RequestState::kRefused},
    Transition{RequestState::kExtended, RequestAct::kWithdraw, RequestState::kWithdrawn},
};

template <typename T, std::size_t N>
std::string_view name_in(const Names<T, N>& names, T value) {
  return names.at(static_cast<std::size_t>(value)).second;
}

template <typename T, std::size_t N>
std::optional<T> find_in(const Names<T, N>& names, std::string_view name) {
  for (const auto& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(RequestKind kind) { return name_in(kKinds, kind); }
std::optional<RequestKind> find_request_kind(std::string_view name) {
  return find_in(kKinds, name);
}
std::string_view name_of(RequestState state) { return name_in(kStates, state); }
std::optional<RequestState> find_request_state(std::string_view name) {
  return find_in(kStates, name);
}
std::string_view name_of(RequestAct act) { return name_in(kActs, act); }
std::optional<RequestAct> find_request_act(std::string_view name) { return find_in(kActs, name); }

bool needs_text(RequestKind kind) {
  return kind == RequestKind::kCorrection || kind == RequestKind::kContest ||
         kind == RequestKind::kComplaint;
}

bool is_answered_at_once(RequestKind kind) {
  return kind == RequestKind::kInformation || kind == RequestKind::kCopy;
}

bool may_withdraw_consent(RequestKind kind) {
  return kind == RequestKind::kBlocking || kind == RequestKind::kStop;
}

bool is_open(RequestState state) {
  return state == RequestState::kReceived || state == RequestState::kInWork ||
         state == RequestState::kExtended;
}

std::optional<RequestState> after(RequestState state, RequestAct act) {
  if (act == RequestAct::kBecomeOverdue && is_open(state)) return state;
  for (const auto& one : kTransitions) {
    if (one.from == state && one.act == act) return one.to;
  }
  return std::nullopt;
}

const RequestText* find_text(const RequestTexts& texts, const std::optional<RequestTextId>& id) {
  if (!id) return nullptr;
  const auto found =
      std::find_if(texts.begin(), texts.end(), [&](const auto& one) { return one.id == *id; });
  return found == texts.end() ? nullptr : &*found;
}

std::string digest_of(std::string_view salt, std::string_view text) {
  return core::to_hex(
      crypto::sha256({core::as_bytes(salt), core::as_bytes("\n"), core::as_bytes(text)}));
}

}  // namespace privacy
