#include "privacy/processing/my_data_service.h"

#include <array>

namespace privacy {
namespace {

constexpr store::Query kRecords{
    "my_data.records",
    "SELECT category, name, source, assurance_level, proven_at_utc FROM personal_record"
    " WHERE citizen_id = $1 ORDER BY category, name, source LIMIT 1000"};
// Of each category the tables a person would count; those beside them hold the same in another
// shape (an index, a token's digest).
constexpr store::Query kAccount{
    "my_data.account",
    "SELECT CAST((SELECT COUNT(*) FROM citizen_phone WHERE citizen_id = $1)"
    " + (SELECT COUNT(*) FROM citizen_email WHERE citizen_id = $1)"
    " + (SELECT COUNT(*) FROM provider_link WHERE citizen_id = $1) AS BIGINT)"};
constexpr store::Query kSignIn{
    "my_data.sign_in",
    "SELECT CAST((SELECT COUNT(*) FROM password_authenticator WHERE citizen_id = $1)"
    " + (SELECT COUNT(*) FROM passkey WHERE citizen_id = $1)"
    " + (SELECT COUNT(*) FROM recovery_code WHERE citizen_id = $1) AS BIGINT)"};
constexpr store::Query kSessions{
    "my_data.sessions", "SELECT CAST(COUNT(*) AS BIGINT) FROM session WHERE citizen_id = $1"};
constexpr store::Query kHistory{
    "my_data.history", "SELECT CAST(COUNT(*) AS BIGINT) FROM operation WHERE citizen_id = $1"};
constexpr store::Query kAgreements{
    "my_data.agreements",
    "SELECT CAST((SELECT COUNT(*) FROM acceptance WHERE citizen_id = $1)"
    " + (SELECT COUNT(*) FROM consent WHERE citizen_id = $1)"
    " + (SELECT COUNT(*) FROM ended_party_grant WHERE citizen_id = $1) AS BIGINT)"};
constexpr store::Query kDigitalId{
    "my_data.digital_id",
    "SELECT CAST((SELECT COUNT(*) FROM device WHERE citizen_id = $1)"
    " + (SELECT COUNT(*) FROM attestation WHERE citizen_id = $1) AS BIGINT)"};
constexpr store::Query kConnections{
    "my_data.connections",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM party_grant WHERE citizen_id = $1"};
constexpr store::Query kRequests{
    "my_data.requests",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM subject_request WHERE citizen_id = $1"};

struct Count {
  std::string_view category;
  const store::Query* query;
};
constexpr std::array kCounts{
    Count{"account", &kAccount},         Count{"sign_in", &kSignIn},
    Count{"sessions", &kSessions},       Count{"history", &kHistory},
    Count{"agreements", &kAgreements},   Count{"digital_id", &kDigitalId},
    Count{"connections", &kConnections}, Count{"requests", &kRequests},
};

}  // namespace

core::Result<Held> MyDataService::held(const core::CitizenId& citizen_id) {
  return data_.read([&](store::UnitOfWork& unit) -> core::Result<Held> {
    Held held;
    TRY(const auto rows, unit.run(kRecords, {citizen_id}));
    for (const auto& row : rows) {
      held.records.push_back({std::string(row.text(0)), std::string(row.text(1)),
                              std::string(row.text(2)), std::string(row.text(3)), row.instant(4)});
    }
    for (const auto& [category, query] : kCounts) {
      TRY(const auto counted, unit.run(*query, {citizen_id}));
      held.lines.emplace(category, counted.front().int64(0));
    }
    return held;
  });
}

}  // namespace privacy
