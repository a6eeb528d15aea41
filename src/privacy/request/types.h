// The words of people's requests about their own data: kinds, states, acts, and which act leads
// from which state where. Value types; safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/secret.h"
#include "core/strong_id.h"

namespace privacy {

using RequestId = core::StrongId<struct SubjectRequestIdTag>;
using RequestTextId = core::StrongId<struct SubjectRequestTextIdTag>;

/// What somebody wants.
enum class RequestKind {
  kInformation,  ///< what is held about me, from where, why, who saw it
  kCopy,         ///< my data, to take along
  kCorrection,
  kBlocking,  ///< keep it and do nothing else with it
  kStop,      ///< stop processing
  kErasure,
  kContest,    ///< I do not agree with a decision or an access
  kComplaint,  ///< to the operator
};
inline constexpr std::array kAllRequestKinds{RequestKind::kInformation, RequestKind::kCopy,
                                             RequestKind::kCorrection,  RequestKind::kBlocking,
                                             RequestKind::kStop,        RequestKind::kErasure,
                                             RequestKind::kContest,     RequestKind::kComplaint};
[[nodiscard]] std::string_view name_of(RequestKind kind);
[[nodiscard]] std::optional<RequestKind> find_request_kind(std::string_view name);
/// Whether it means nothing without words.
[[nodiscard]] bool needs_text(RequestKind kind);
/// Whether the platform answers it by itself when there is no question in words.
[[nodiscard]] bool is_answered_at_once(RequestKind kind);
/// Whether a consent may be withdrawn along with it.
[[nodiscard]] bool may_withdraw_consent(RequestKind kind);

/// Where it stands. Being overdue is no state of its own: an open request is overdue from the
/// moment its term has passed, whoever works on it.
enum class RequestState { kReceived, kInWork, kExtended, kAnswered, kRefused, kWithdrawn };
[[nodiscard]] std::string_view name_of(RequestState state);
[[nodiscard]] std::optional<RequestState> find_request_state(std::string_view name);
[[nodiscard]] bool is_open(RequestState state);

/// What is done to it.
enum class RequestAct { kReceive, kTake, kExtend, kAnswer, kRefuse, kWithdraw, kBecomeOverdue };
[[nodiscard]] std::string_view name_of(RequestAct act);
[[nodiscard]] std::optional<RequestAct> find_request_act(std::string_view name);
/// The one table of transitions: where the act leads, empty where it is not allowed. Becoming
/// overdue leads nowhere else.
[[nodiscard]] std::optional<RequestState> after(RequestState state, RequestAct act);

struct SubjectRequest {
  core::CitizenId citizen_id;
  RequestId id;
  RequestKind kind = RequestKind::kInformation;
  RequestState state = RequestState::kReceived;
  std::int64_t revision = 1;  ///< of what an officer or the person did; the ETag
  std::string language;       ///< of the person when they asked: "ru", "en"
  std::string consent;        ///< withdrawn along with it; empty if none
  core::Instant received_at;
  core::Date due_day;          ///< the last day for an answer, where the platform is
  core::Instant due_at;        ///< the first moment that is too late
  bool due_estimated = false;  ///< past the calendar's end: counted without holidays
  std::string basis;           ///< the norm the term comes from
  bool extended = false;
  std::optional<core::CitizenId> officer_id;
  std::optional<core::Instant> overdue_at;  ///< once it has been noted
  std::optional<core::Instant> closed_at;

  [[nodiscard]] bool is_overdue(core::Instant now) const {
    return is_open(state) ? now >= due_at : closed_at && *closed_at >= due_at;
  }
  /// "received" ... "withdrawn", or "overdue" while it is open and late.
  [[nodiscard]] std::string_view shown_state(core::Instant now) const {
    return is_open(state) && is_overdue(now) ? "overdue" : name_of(state);
  }
};

/// One line of a request's history.
struct RequestEvent {
  int number = 0;
  core::Instant at;
  RequestAct act = RequestAct::kReceive;
  std::string actor;                             ///< "citizen", "platform", "officer:<account>"
  RequestState state = RequestState::kReceived;  ///< after it
  core::Date due_day;                            ///< after it
  std::string reason;                            ///< of a refusal, by its name
  std::string norm;
  std::optional<RequestTextId> text_id;
  std::string text_sha256;  ///< see digest_of; empty without a text
};

/// What somebody wrote, as the vault keeps it.
struct RequestText {
  RequestTextId id;
  core::Secret<std::string> text;
  std::string salt;
};
using RequestTexts = std::vector<RequestText>;
[[nodiscard]] const RequestText* find_text(const RequestTexts& texts,
                                           const std::optional<RequestTextId>& id);
/// SHA-256 over the salt (32 hexadecimal digits), a line feed and the text, in lower-case
/// hexadecimal.
[[nodiscard]] std::string digest_of(std::string_view salt, std::string_view text);

/// A request with its history; texts only where somebody may read them.
struct RequestFile {
  SubjectRequest request;
  std::vector<RequestEvent> events;
  RequestTexts texts;
};

}  // namespace privacy
