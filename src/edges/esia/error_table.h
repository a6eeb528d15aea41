// ESIA's refusals, told apart by the code that its descriptions begin with ("ESIA-007004: ...").
// Pure function over what strangers may have written; of it only the code goes on.
#pragma once

#include <string_view>

#include "core/result.h"

namespace edges::esia {

/// What ESIA said in a callback or in the body of an answer. Errors, with the code as detail:
///   kForbidden   "esia.refused_by_person"     the person said no;
///   kForbidden   "esia.account_unverified"    a confirmed account is needed;
///   kForbidden   "esia.code_refused"          the code is used, old or another system's;
///   kForbidden   "esia.consent_refused"       the permission to pass data on was not given;
///   kForbidden   "esia.role_refused"          role, organisation or kind of person do not fit;
///   kForbidden   "esia.second_factor_failed"  ESIA could not send its one-time code;
///   kUnavailable "esia.overloaded"            later;
///   kUnavailable "esia.failed"                its own fault;
///   kUnavailable "esia.clock"                 our clock is wrong, or the request was held up;
///   kUnavailable "esia.misconfigured"         our certificate, scopes, address or rights there;
///   kForbidden   "esia.refused"               anything else.
[[nodiscard]] core::Error esia_error(std::string_view error, std::string_view description);

}  // namespace edges::esia
