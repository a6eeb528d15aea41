#include "privacy/kept_consent.h"

#include <algorithm>

#include "crypto/digest.h"

namespace privacy {
namespace {

constexpr store::Query kKeepConsents{
    "kept_consent.insert_consents",
    "INSERT INTO kept_consent (receipt_hash, kept_id, act, edition_kind, edition_number,"
    " edition_language, edition_sha256, given_at_utc, ended_at_utc, keep_until_utc)"
    " SELECT $2, consent_id, purpose, edition_kind, edition_number,"
    " edition_language, edition_sha256, granted_at_utc,"
    " CASE WHEN withdrawn_at_utc IS NOT NULL THEN withdrawn_at_utc"
    " WHEN expires_at_utc < CAST($3 AS BIGINT) THEN expires_at_utc ELSE CAST($3 AS BIGINT) END,"
    " CAST($4 AS BIGINT)"
    " FROM consent WHERE citizen_id = $1"};
constexpr store::Query kKeepAcceptances{
    "kept_consent.insert_acceptances",
    "INSERT INTO kept_consent (receipt_hash, kept_id, act, edition_kind, edition_number,"
    " edition_language, edition_sha256, given_at_utc, ended_at_utc, keep_until_utc)"
    " SELECT $2, acceptance_id, 'acceptance', edition_kind, edition_number,"
    " edition_language, edition_sha256, accepted_at_utc, CAST($3 AS BIGINT), CAST($4 AS BIGINT)"
    " FROM acceptance WHERE citizen_id = $1"};
constexpr store::Query kKeepOther{
    "kept_consent.insert_other",
    "INSERT INTO kept_consent (receipt_hash, kept_id, act, edition_kind, edition_number,"
    " edition_language, edition_sha256, given_at_utc, ended_at_utc, keep_until_utc)"
    " VALUES ($1, $2, $3, 'party', 0, '', $4, $5, $6, $7)"
    " ON CONFLICT (receipt_hash, kept_id) DO NOTHING"};
constexpr std::size_t kKeptIdBytes = 16;

/// A name of the record that leads to nobody: of what it says, under the receipt.
core::Bytes kept_id_of(const OtherConsent& consent, const Keeping& keep) {
  auto text = core::to_bytes(keep.receipt_hash);
  const auto said = consent.act + "|" + std::to_string(consent.given_at.micros());
  text.insert(text.end(), said.begin(), said.end());
  const auto digest = crypto::sha256(text);
  return {digest.begin(), digest.begin() + kKeptIdBytes};
}

constexpr store::Query kEraseConsents{"consent.erase", "DELETE FROM consent WHERE citizen_id = $1"};
constexpr store::Query kEraseAcceptances{"acceptance.erase",
                                         "DELETE FROM acceptance WHERE citizen_id = $1"};
constexpr store::Query kCountKept{
    "kept_consent.count",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM kept_consent WHERE receipt_hash = $1"};
constexpr store::Query kPurgeKept{"kept_consent.purge",
                                  "DELETE FROM kept_consent WHERE keep_until_utc < $1"};

}  // namespace

core::Result<MovedConsents> keep_consents(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id, const Keeping& keep) {
  TRY(const auto consents,
      unit.run(kKeepConsents, {citizen_id, keep.receipt_hash, keep.ended_at, keep.keep_until}));
  TRY(const auto acceptances,
      unit.run(kKeepAcceptances, {citizen_id, keep.receipt_hash, keep.ended_at, keep.keep_until}));
  TRY_VOID(unit.run(kEraseConsents, {citizen_id}));
  TRY_VOID(unit.run(kEraseAcceptances, {citizen_id}));
  return MovedConsents{consents.affected(), acceptances.affected()};
}

core::Result<std::int64_t> keep_others(store::UnitOfWork& unit,
                                       const std::vector<OtherConsent>& others,
                                       const Keeping& keep) {
  for (const auto& consent : others) {
    const auto ended_at = std::min(consent.ended_at.value_or(keep.ended_at), keep.ended_at);
    TRY_VOID(unit.run(kKeepOther,
                      {keep.receipt_hash, kept_id_of(consent, keep), consent.act,
                       consent.document_sha256, consent.given_at, ended_at, keep.keep_until}));
  }
  return static_cast<std::int64_t>(others.size());
}

core::Result<std::int64_t> count_kept(store::UnitOfWork& unit, core::ByteView receipt_hash) {
  TRY(const auto rows, unit.run(kCountKept, {receipt_hash}));
  return rows.front().int64(0);
}

core::Result<std::int64_t> purge_kept(store::UnitOfWork& unit, core::Instant now) {
  TRY(const auto rows, unit.run(kPurgeKept, {now}));
  return rows.affected();
}

}  // namespace privacy
