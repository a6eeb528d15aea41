#include "identity/authenticator/second_factor_gate.h"

namespace identity::sql {
namespace {

constexpr store::Query kInsert{
    "second_factor.insert",
    "INSERT INTO second_factor_ticket (token_hash, citizen_id, amr, attempts_left, expires_at_utc)"
    " VALUES ($1, $2, $3, $4, $5)"};
constexpr store::Query kFind{
    "second_factor.find",
    "SELECT citizen_id, amr, attempts_left, expires_at_utc FROM second_factor_ticket"
    " WHERE token_hash = $1"};
constexpr store::Query kSpend{"second_factor.spend",
                              "UPDATE second_factor_ticket SET attempts_left = attempts_left - 1"
                              " WHERE token_hash = $1 AND attempts_left > 0"};
constexpr store::Query kDelete{"second_factor.delete",
                               "DELETE FROM second_factor_ticket WHERE token_hash = $1"};
constexpr store::Query kPurge{"second_factor.purge",
                              "DELETE FROM second_factor_ticket WHERE expires_at_utc < $1"};

}  // namespace

core::Status insert_second_factor(store::UnitOfWork& unit, const SecondFactorRow& row) {
  TRY_VOID(unit.run(kInsert, {row.token_hash, row.citizen_id, row.amr.to_text(), row.attempts_left,
                              row.expires_at}));
  return {};
}

core::Result<std::optional<SecondFactorRow>> find_second_factor(store::UnitOfWork& unit,
                                                                core::ByteView token_hash) {
  TRY(const auto rows, unit.run(kFind, {token_hash}));
  if (rows.empty()) return std::optional<SecondFactorRow>();
  const auto& row = rows.front();
  return std::optional(SecondFactorRow{core::to_bytes(token_hash), row.id<CitizenId>(0),
                                       AmrSet::from_text(row.text(1)), row.int64(2),
                                       row.instant(3)});
}

core::Result<bool> spend_second_factor_attempt(store::UnitOfWork& unit, core::ByteView token_hash) {
  TRY(const auto rows, unit.run(kSpend, {token_hash}));
  return rows.affected() == 1;
}

core::Result<bool> delete_second_factor(store::UnitOfWork& unit, core::ByteView token_hash) {
  TRY(const auto rows, unit.run(kDelete, {token_hash}));
  return rows.affected() == 1;
}

core::Result<std::int64_t> purge_second_factors(store::UnitOfWork& unit, core::Instant now) {
  TRY(const auto rows, unit.run(kPurge, {now}));
  return rows.affected();
}

}  // namespace identity::sql
