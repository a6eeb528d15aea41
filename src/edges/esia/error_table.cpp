#include "edges/esia/error_table.h"

#include <algorithm>
#include <array>
#include <string>

namespace edges::esia {
namespace {

using core::Error;
using core::ErrorCode;

constexpr std::string_view kPrefix = "ESIA-";
constexpr std::size_t kDigits = 6;
constexpr std::string_view kConsentCodes = "0367";  // 036700 to 036799

struct Row {
  std::string_view code;
  ErrorCode kind;
  std::string_view reason;
};

constexpr ErrorCode kNo = ErrorCode::kForbidden;
constexpr ErrorCode kDown = ErrorCode::kUnavailable;

constexpr std::array kTable{
    Row{"007002", kDown, "esia.misconfigured"},  // certificate is not this system's
    Row{"007003", kDown, "esia.misconfigured"},  // parameter missing, doubled or wrong
    Row{"007004", kNo, "esia.refused_by_person"},
    Row{"007005", kDown, "esia.misconfigured"},  // the system may not sign people in
    Row{"007006", kDown, "esia.misconfigured"},  // no such scope
    Row{"007007", kDown, "esia.failed"},
    Row{"007008", kDown, "esia.overloaded"},
    Row{"007009", kDown, "esia.misconfigured"},  // method not supported
    Row{"007011", kNo, "esia.code_refused"},
    Row{"007012", kDown, "esia.misconfigured"},  // response or grant type
    Row{"007013", kDown, "esia.misconfigured"},  // no scope
    Row{"007014", kDown, "esia.misconfigured"},  // mandatory parameter missing
    Row{"007015", kDown, "esia.clock"},
    Row{"007019", kNo, "esia.consent_refused"},  // no permission for this access
    Row{"007023", kDown, "esia.misconfigured"},  // redirect_uri not registered
    Row{"007038", kDown, "esia.misconfigured"},  // parameter does not parse
    Row{"007039", kDown, "esia.misconfigured"},  // code_challenge wanted
    Row{"007040", kNo, "esia.code_refused"},     // code_verifier does not match
    Row{"007046", kNo, "esia.second_factor_failed"},
    Row{"007053", kDown, "esia.misconfigured"},  // client_secret does not verify
    Row{"007055", kNo, "esia.account_unverified"},
    Row{"007060", kNo, "esia.role_refused"},
    Row{"007061", kNo, "esia.role_refused"},
    Row{"007062", kNo, "esia.role_refused"},
    Row{"007194", kNo, "esia.role_refused"},
    Row{"008010", kDown, "esia.misconfigured"},  // the system did not prove itself
};

std::string_view code_in(std::string_view description) {
  if (!description.starts_with(kPrefix)) return {};
  const auto digits = description.substr(kPrefix.size(), kDigits);
  const bool all =
      digits.size() == kDigits &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return all ? digits : std::string_view();
}

}  // namespace

Error esia_error(std::string_view error, std::string_view description) {
  const auto code = code_in(description);
  const auto detail = code.empty() ? std::string("no code") : std::string(kPrefix).append(code);
  for (const auto& row : kTable) {
    if (row.code == code) return {row.kind, std::string(row.reason), detail};
  }
  if (code.starts_with(kConsentCodes)) return {kNo, "esia.consent_refused", detail};
  // Without a code, OAuth's own words (RFC 6749, section 4.1.2.1) are all there is.
  if (error == "access_denied") return {kNo, "esia.refused_by_person", detail};
  if (error == "server_error") return {kDown, "esia.failed", detail};
  if (error == "temporarily_unavailable") return {kDown, "esia.overloaded", detail};
  return {kNo, "esia.refused", detail};
}

}  // namespace edges::esia
