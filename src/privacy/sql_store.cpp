#include "privacy/sql_store.h"

namespace privacy::sql {
namespace {

using RowId = core::StrongId<struct PrivacyRowIdTag>;

constexpr store::Query kInsertAcceptance{
    "acceptance.insert",
    "INSERT INTO acceptance (citizen_id, acceptance_id, edition_kind, edition_number,"
    " edition_language, edition_sha256, how, accepted_at_utc)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr store::Query kListAcceptances{
    "acceptance.list",
    "SELECT edition_kind, edition_number, edition_language, edition_sha256, accepted_at_utc"
    " FROM acceptance WHERE citizen_id = $1 ORDER BY acceptance_id DESC LIMIT 100"};
constexpr store::Query kInsertConsent{
    "consent.insert",
    "INSERT INTO consent (citizen_id, consent_id, purpose, edition_kind, edition_number,"
    " edition_language, edition_sha256, granted_at_utc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr store::Query kFindConsent{
    "consent.find",
    "SELECT edition_kind, edition_number, edition_language, edition_sha256, granted_at_utc,"
    " withdrawn_at_utc FROM consent WHERE citizen_id = $1 AND purpose = $2"
    " ORDER BY consent_id DESC LIMIT 1"};
constexpr store::Query kWithdrawConsent{
    "consent.withdraw",
    "UPDATE consent SET withdrawn_at_utc = $3"
    " WHERE citizen_id = $1 AND purpose = $2 AND withdrawn_at_utc IS NULL"};

SeenEdition read_seen(const store::Row& row) {
  return {find_edition_kind(row.text(0)).value_or(EditionKind::kAgreement),
          static_cast<int>(row.int64(1)), std::string(row.text(2)), std::string(row.text(3))};
}

}  // namespace

core::Status insert_acceptance(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                               const SeenEdition& seen, std::string_view how, core::Instant at,
                               core::Rng& rng) {
  TRY_VOID(unit.run(kInsertAcceptance, {citizen_id, RowId::make(at, rng), name_of(seen.kind),
                                        seen.number, seen.language, seen.sha256, how, at}));
  return {};
}

core::Result<std::vector<Acceptance>> list_acceptances(store::UnitOfWork& unit,
                                                       const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kListAcceptances, {citizen_id}));
  std::vector<Acceptance> acceptances;
  for (const auto& row : rows) acceptances.push_back({read_seen(row), row.instant(4)});
  return acceptances;
}

core::Status insert_consent(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                            const Consent& consent, core::Rng& rng) {
  const auto& seen = consent.seen;
  TRY_VOID(unit.run(kInsertConsent, {citizen_id, RowId::make(*consent.granted_at, rng),
                                     name_of(consent.purpose), name_of(seen.kind), seen.number,
                                     seen.language, seen.sha256, consent.granted_at}));
  return {};
}

core::Result<Consent> find_consent(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                   ConsentPurpose purpose) {
  TRY(const auto rows, unit.run(kFindConsent, {citizen_id, name_of(purpose)}));
  Consent consent;
  consent.purpose = purpose;
  if (rows.empty()) return consent;
  const auto& row = rows.front();
  consent.seen = read_seen(row);
  consent.granted_at = row.instant(4);
  consent.withdrawn_at = row.optional_instant(5);
  return consent;
}

core::Result<std::int64_t> withdraw_consent(store::UnitOfWork& unit,
                                            const core::CitizenId& citizen_id,
                                            ConsentPurpose purpose, core::Instant at) {
  TRY(const auto rows, unit.run(kWithdrawConsent, {citizen_id, name_of(purpose), at}));
  return rows.affected();
}

}  // namespace privacy::sql
