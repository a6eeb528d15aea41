// RequestDeskService: the data-protection officer's side: what is due first, take, extend with
// reasons, answer, refuse on a ground of the law. Every reading of a person's words or data goes
// through the vault and leaves an access record under the officer's account. Who is an officer is
// the caller's to check. Safe from any thread.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "privacy/request/block_service.h"
#include "privacy/request/request_service.h"
#include "privacy/request/request_steps.h"
#include "privacy/request/request_store.h"

namespace privacy {

/// Which request, as which officer saw it.
struct DeskAct {
  core::CitizenId officer_id;
  RequestId id;
  std::int64_t revision = 0;
};

class RequestDeskService {
 public:
  static constexpr std::size_t kTextBytesMax = 16'000;
  static constexpr int kPageMax = 50;
  /// Requests of one day that a number is looked for among.
  static constexpr int kDayMax = 100'000;

  /// @param stops  told when an answer has blocked somebody's data; may be null.
  RequestDeskService(RequestPorts ports, const RequestRules& rules,
                     ProcessingStops* stops = nullptr)
      : ports_(ports), rules_(rules), stops_(stops) {}

  [[nodiscard]] const RequestRules& rules() const { return rules_; }

  /// Without a word of anybody: open ones, due first; or closed ones, newest first.
  [[nodiscard]] core::Result<std::vector<SubjectRequest>> page(
      bool open, const std::optional<sql::DeskCursor>& after, int rows_max);
  /// Open or closed; more than one where requests of a day share a number. Errors: the store's.
  [[nodiscard]] core::Result<std::vector<SubjectRequest>> find(const RequestNumber& number);
  /// One request with its texts. @param reader  an officer, or the command line of the machine.
  /// Errors: kNotFound "request.unknown".
  [[nodiscard]] core::Result<RequestFile> get(const vault::Actor& reader, const RequestId& id,
                                              core::Instant now);

  // Of all below, errors: kNotFound "request.unknown"; kForbidden "request.own" the officer asked
  // it themselves; kConflict "request.not_now", "http.precondition_failed"; kInvalidInput
  // "request.text_required", "request.text_too_long".

  [[nodiscard]] core::Result<SubjectRequest> take(const DeskAct& act, core::Instant now);
  /// Once, and only in time. Errors also: kConflict "request.no_extension" the law gives none, or
  /// the term has passed.
  [[nodiscard]] core::Result<SubjectRequest> extend(const DeskAct& act,
                                                    const core::Secret<std::string>& reasons,
                                                    core::Instant now);
  /// Answering a request for blocking, or a demand to stop, blocks the data in the same
  /// transaction.
  [[nodiscard]] core::Result<SubjectRequest> answer(const DeskAct& act,
                                                    const core::Secret<std::string>& text,
                                                    core::Instant now);
  /// Errors also: kInvalidInput "request.ground_unknown".
  [[nodiscard]] core::Result<SubjectRequest> refuse(const DeskAct& act, std::string_view ground,
                                                    const core::Secret<std::string>& text,
                                                    core::Instant now);
  /// What the platform holds about the person, while this officer works on the request.
  /// Errors also: kForbidden "request.not_yours" it is not in this officer's work.
  [[nodiscard]] core::Result<SubjectRequest> check_may_see_data(const core::CitizenId& officer_id,
                                                                const RequestId& id);

 private:
  using Change = std::function<core::Result<SubjectRequest>(const SubjectRequest&)>;
  struct Words {
    RequestStep step;
    const core::Secret<std::string>* text = nullptr;
  };
  [[nodiscard]] core::Result<core::CitizenId> owner_of(const RequestId& id);
  [[nodiscard]] core::Result<SubjectRequest> move(const DeskAct& act, Words words,
                                                  const Change& change, core::Instant now);

  RequestPorts ports_;
  const RequestRules& rules_;
  ProcessingStops* stops_;
};

/// Names the officer in events and in access records.
[[nodiscard]] std::string officer_name(const core::CitizenId& officer_id);
[[nodiscard]] inline vault::Actor officer_actor(const core::CitizenId& officer_id) {
  return vault::Actor::staff(officer_name(officer_id));
}

}  // namespace privacy
