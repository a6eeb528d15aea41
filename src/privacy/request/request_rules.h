// RequestRules: what the law of the country says about people's requests: how long an answer may
// take, whether the term may be extended, and on which grounds a request may be refused.
// Immutable; safe from any thread.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/work_calendar.h"
#include "privacy/norm_texts.h"
#include "privacy/request/request_number.h"
#include "privacy/request/types.h"

namespace privacy {

/// How long something may take.
struct RequestTerm {
  bool in_working_days = true;
  int days = 0;
  int extension_working_days = 0;  ///< 0 = the law gives no more time
  std::string basis;
};

/// A ground for refusing, in the words of each language.
struct RefusalGround {
  std::string name;
  std::string norm;
  std::map<std::string, std::string, std::less<>> text;
};

/// Where people complain when the operator does not answer.
struct SupervisoryAuthority {
  std::map<std::string, std::string, std::less<>> name;
  std::string address;  ///< may be empty
};

/// The last day of a term.
struct RequestDeadline {
  core::Date day;
  core::Instant at;        ///< the first moment that is too late
  bool estimated = false;  ///< past the calendar's end
};

/// A day where the platform is: its first moment, and the first one after it.
struct DayBounds {
  core::Instant begin;
  core::Instant end;
};

class RequestRules {
 public:
  /// @param terms  by RequestKind.
  RequestRules(core::WorkCalendar calendar, std::array<RequestTerm, 8> terms,
               std::vector<RefusalGround> grounds, SupervisoryAuthority authority,
               NormTexts norms = {})
      : calendar_(std::move(calendar)),
        terms_(std::move(terms)),
        grounds_(std::move(grounds)),
        authority_(std::move(authority)),
        norms_(std::move(norms)) {}

  [[nodiscard]] const RequestTerm& term_of(RequestKind kind) const {
    return terms_.at(static_cast<std::size_t>(kind));
  }
  [[nodiscard]] const std::vector<RefusalGround>& grounds() const { return grounds_; }
  [[nodiscard]] const RefusalGround* find_ground(std::string_view name) const;
  [[nodiscard]] const SupervisoryAuthority& authority() const { return authority_; }
  /// How a norm, of these rules or of an old record, is cited to a reader.
  [[nodiscard]] const NormTexts& norms() const { return norms_; }

  /// The day of receipt does not count; a term that would end on a day off ends on the next working
  /// day. Past the calendar's end only the days of the week are known: the term then ends no later
  /// than the law's by any holiday, and says that it is an estimate.
  [[nodiscard]] RequestDeadline deadline_of(RequestKind kind, core::Instant received_at) const;
  /// The same term with the extension added; only where term_of gives one.
  [[nodiscard]] RequestDeadline extended(RequestKind kind, const core::Date& due_day) const;
  /// What people call a request by.
  [[nodiscard]] RequestNumber number_of(const SubjectRequest& request) const {
    return RequestNumber::of(request.id, calendar_.day_of(request.received_at));
  }
  [[nodiscard]] DayBounds bounds_of(const core::Date& day) const {
    return {calendar_.end_of(core::add_days(day, -1)), calendar_.end_of(day)};
  }
  /// Working days from tomorrow to the last day; 0 when it is today or past.
  [[nodiscard]] int working_days_left(const core::Date& due_day, core::Instant now) const;

 private:
  [[nodiscard]] bool is_working(const core::Date& day, bool& estimated) const;
  [[nodiscard]] RequestDeadline add(core::Date day, int count, bool in_working_days) const;

  core::WorkCalendar calendar_;
  std::array<RequestTerm, 8> terms_;
  std::vector<RefusalGround> grounds_;
  SupervisoryAuthority authority_;
  NormTexts norms_;
};

}  // namespace privacy
