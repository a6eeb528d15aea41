#include "privacy/request/request_rules.h"

#include <algorithm>

namespace privacy {

const RefusalGround* RequestRules::find_ground(std::string_view name) const {
  const auto found = std::find_if(grounds_.begin(), grounds_.end(),
                                  [&](const auto& ground) { return ground.name == name; });
  return found == grounds_.end() ? nullptr : &*found;
}

bool RequestRules::is_working(const core::Date& day, bool& estimated) const {
  const auto known = calendar_.is_working(day);
  if (known) return *known;
  estimated = true;
  return !calendar_.is_weekly_day_off(day);
}

RequestDeadline RequestRules::add(core::Date day, int count, bool in_working_days) const {
  RequestDeadline deadline;
  for (int left = count; left > 0;) {
    day = core::add_days(day, 1);
    if (!in_working_days || is_working(day, deadline.estimated)) --left;
  }
  while (!is_working(day, deadline.estimated)) day = core::add_days(day, 1);
  deadline.day = day;
  deadline.at = calendar_.end_of(day);
  return deadline;
}

RequestDeadline RequestRules::deadline_of(RequestKind kind, core::Instant received_at) const {
  const auto& term = term_of(kind);
  return add(calendar_.day_of(received_at), term.days, term.in_working_days);
}

RequestDeadline RequestRules::extended(RequestKind kind, const core::Date& due_day) const {
  return add(due_day, term_of(kind).extension_working_days, true);
}

int RequestRules::working_days_left(const core::Date& due_day, core::Instant now) const {
  int left = 0;
  bool estimated = false;
  for (auto day = core::add_days(calendar_.day_of(now), 1); day <= due_day;
       day = core::add_days(day, 1)) {
    if (is_working(day, estimated)) ++left;
  }
  return left;
}

}  // namespace privacy
