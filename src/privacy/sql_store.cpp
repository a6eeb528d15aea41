#include "privacy/sql_store.h"

#include <algorithm>

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
    " edition_language, edition_sha256, granted_at_utc, expires_at_utc, granted_scope, scope)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)"};
constexpr store::Query kFindConsent{
    "consent.find",
    "SELECT edition_kind, edition_number, edition_language, edition_sha256, granted_at_utc,"
    " withdrawn_at_utc, expires_at_utc, granted_scope, scope, narrowed_at_utc FROM consent"
    " WHERE citizen_id = $1 AND purpose = $2 ORDER BY consent_id DESC LIMIT 1"};
// Asked before every reading, so no more is read than tells.
constexpr store::Query kCheckConsent{
    "consent.check",
    "SELECT granted_at_utc, withdrawn_at_utc, expires_at_utc, scope FROM consent"
    " WHERE citizen_id = $1 AND purpose = $2 ORDER BY consent_id DESC LIMIT 1"};
constexpr store::Query kHoldConsent{
    "consent.hold",
    "SELECT granted_at_utc, withdrawn_at_utc, expires_at_utc, scope FROM consent"
    " WHERE citizen_id = $1 AND purpose = $2 ORDER BY consent_id DESC LIMIT 1 FOR UPDATE"};
constexpr store::Query kListConsents{
    "consent.list",
    "SELECT edition_kind, edition_number, edition_language, edition_sha256, granted_at_utc,"
    " withdrawn_at_utc, expires_at_utc, granted_scope, scope, narrowed_at_utc, purpose FROM consent"
    " WHERE citizen_id = $1 ORDER BY consent_id DESC LIMIT 200"};
constexpr store::Query kWithdrawConsent{
    "consent.withdraw",
    "UPDATE consent SET withdrawn_at_utc = $3"
    " WHERE citizen_id = $1 AND purpose = $2 AND withdrawn_at_utc IS NULL"
    " AND (expires_at_utc IS NULL OR expires_at_utc > $3)"};
constexpr store::Query kNarrowConsent{
    "consent.narrow",
    "UPDATE consent SET scope = $4, narrowed_at_utc = $3"
    " WHERE citizen_id = $1 AND purpose = $2 AND withdrawn_at_utc IS NULL"
    " AND (expires_at_utc IS NULL OR expires_at_utc > $3)"};

constexpr store::Query kListExpired{
    "consent.list_expired",
    "SELECT citizen_id, consent_id, purpose FROM consent WHERE expires_at_utc <= $1"
    " AND withdrawn_at_utc IS NULL AND expiry_settled_at_utc IS NULL"
    " ORDER BY expires_at_utc LIMIT $2"};
constexpr store::Query kSettleExpired{
    "consent.settle_expired",
    "UPDATE consent SET expiry_settled_at_utc = $3 WHERE citizen_id = $1 AND consent_id = $2"
    " AND withdrawn_at_utc IS NULL AND expiry_settled_at_utc IS NULL"};

SeenEdition read_seen(const store::Row& row) {
  return {find_edition_kind(row.text(0)).value_or(EditionKind::kAgreement),
          static_cast<int>(row.int64(1)), std::string(row.text(2)), std::string(row.text(3))};
}

Scope read_scope(std::string_view text) {
  Scope parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string scope_text(const Scope& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " ") + part;
  return text;
}

Consent read_consent(const store::Row& row, ConsentPurpose purpose) {
  return {.purpose = purpose,
          .granted_at = row.instant(4),
          .withdrawn_at = row.optional_instant(5),
          .expires_at = row.optional_instant(6),
          .narrowed_at = row.optional_instant(9),
          .granted_scope = read_scope(row.text(7)),
          .scope = read_scope(row.text(8)),
          .seen = read_seen(row)};
}

core::Result<Consent> read_term(store::UnitOfWork& unit, const store::Query& query,
                                const core::CitizenId& citizen_id, ConsentPurpose purpose) {
  TRY(const auto rows, unit.run(query, {citizen_id, name_of(purpose)}));
  Consent consent;
  consent.purpose = purpose;
  if (rows.empty()) return consent;
  const auto& row = rows.front();
  consent.granted_at = row.instant(0);
  consent.withdrawn_at = row.optional_instant(1);
  consent.expires_at = row.optional_instant(2);
  consent.scope = read_scope(row.text(3));
  return consent;
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
  TRY_VOID(unit.run(kInsertConsent,
                    {citizen_id, RowId::make(*consent.granted_at, rng), name_of(consent.purpose),
                     name_of(seen.kind), seen.number, seen.language, seen.sha256,
                     consent.granted_at, consent.expires_at, scope_text(consent.scope)}));
  return {};
}

core::Result<Consent> find_consent(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                   ConsentPurpose purpose) {
  TRY(const auto rows, unit.run(kFindConsent, {citizen_id, name_of(purpose)}));
  if (!rows.empty()) return read_consent(rows.front(), purpose);
  Consent absent;
  absent.purpose = purpose;
  return absent;
}

core::Result<Consent> check_consent(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                    ConsentPurpose purpose) {
  return read_term(unit, kCheckConsent, citizen_id, purpose);
}

core::Result<Consent> hold_consent(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                   ConsentPurpose purpose) {
  return read_term(unit, kHoldConsent, citizen_id, purpose);
}

core::Result<std::vector<Consent>> list_consents(store::UnitOfWork& unit,
                                                 const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kListConsents, {citizen_id}));
  std::vector<Consent> consents;
  for (const auto& row : rows) {
    const auto purpose = find_consent_purpose(row.text(10));
    if (purpose) consents.push_back(read_consent(row, *purpose));
  }
  return consents;
}

core::Result<std::int64_t> withdraw_consent(store::UnitOfWork& unit,
                                            const core::CitizenId& citizen_id,
                                            ConsentPurpose purpose, core::Instant at) {
  TRY(const auto rows, unit.run(kWithdrawConsent, {citizen_id, name_of(purpose), at}));
  return rows.affected();
}

core::Result<std::vector<ExpiredConsent>> list_expired(store::UnitOfWork& unit, core::Instant now,
                                                       std::int64_t rows_max) {
  TRY(const auto rows, unit.run(kListExpired, {now, rows_max}));
  std::vector<ExpiredConsent> expired;
  for (const auto& row : rows) {
    const auto purpose = find_consent_purpose(row.text(2));
    if (!purpose) continue;
    expired.push_back({row.id<core::CitizenId>(0), core::to_bytes(row.blob(1)), *purpose});
  }
  return expired;
}

core::Result<bool> settle_expired(store::UnitOfWork& unit, const ExpiredConsent& expired,
                                  core::Instant now) {
  TRY(const auto rows, unit.run(kSettleExpired, {expired.citizen_id, expired.consent_id, now}));
  return rows.affected() == 1;
}

core::Result<std::int64_t> narrow_consent(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id,
                                          const Consent& narrowed) {
  TRY(const auto rows,
      unit.run(kNarrowConsent, {citizen_id, name_of(narrowed.purpose), narrowed.narrowed_at,
                                scope_text(narrowed.scope)}));
  return rows.affected();
}

}  // namespace privacy::sql
