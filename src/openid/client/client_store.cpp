#include "openid/client/client_store.h"

#include "openid/client/registration.h"

namespace openid::sql {
namespace {

constexpr store::Query kVersion{"relying_party_version.find",
                                "SELECT version FROM relying_party_version WHERE one = 1"};
constexpr store::Query kBumpVersion{
    "relying_party_version.bump",
    "UPDATE relying_party_version SET version = version + 1 WHERE one = 1"};
constexpr store::Query kList{
    "relying_party.list",
    "SELECT client_id, registration, secret_tag, state, registered_at_utc, changed_at_utc"
    " FROM relying_party ORDER BY client_id"};
constexpr store::Query kPut{
    "relying_party.put",
    "INSERT INTO relying_party (client_id, registration, secret_tag, state, registered_at_utc,"
    " changed_at_utc) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (client_id) DO UPDATE SET registration = excluded.registration,"
    " secret_tag = excluded.secret_tag, state = excluded.state,"
    " changed_at_utc = excluded.changed_at_utc"};
constexpr store::Query kNoteExcess{
    "relying_party_refusal.note",
    "INSERT INTO relying_party_refusal (client_id, excess, times, first_at_utc, last_at_utc)"
    " VALUES ($1, $2, 1, $3, $3) ON CONFLICT (client_id, excess) DO UPDATE SET"
    " times = relying_party_refusal.times + 1, last_at_utc = excluded.last_at_utc"};
constexpr store::Query kListExcess{
    "relying_party_refusal.list",
    "SELECT excess, times, first_at_utc, last_at_utc FROM relying_party_refusal"
    " WHERE client_id = $1 ORDER BY last_at_utc DESC, excess"};

core::Result<RelyingParty> read_party(const store::Row& row) {
  TRY(const auto json, codec::parse_json(row.text(1)));
  TRY(auto party, parse_registration(json));
  party.client_id = row.text(0);
  if (!row.is_null(2)) party.secret_tag = core::to_bytes(row.blob(2));
  party.disabled = row.text(3) != "live";
  party.registered_at = row.instant(4);
  party.changed_at = row.instant(5);
  return party;
}

}  // namespace

core::Result<std::int64_t> registry_version(store::UnitOfWork& unit) {
  TRY(const auto rows, unit.run(kVersion));
  return rows.empty() ? 0 : rows.front().int64(0);
}

core::Result<std::vector<RelyingParty>> list_parties(store::UnitOfWork& unit) {
  TRY(const auto rows, unit.run(kList));
  std::vector<RelyingParty> parties;
  for (const auto& row : rows) {
    if (auto party = read_party(row)) parties.push_back(std::move(*party));
  }
  return parties;
}

core::Status put_party(store::UnitOfWork& unit, const RelyingParty& party) {
  const auto registration = codec::to_text(registration_json(party));
  const std::string_view state = party.disabled ? "disabled" : "live";
  if (party.secret_tag.empty()) {
    TRY_VOID(unit.run(kPut, {party.client_id, registration, nullptr, state, party.registered_at,
                             party.changed_at}));
  } else {
    TRY_VOID(unit.run(kPut, {party.client_id, registration, party.secret_tag, state,
                             party.registered_at, party.changed_at}));
  }
  TRY_VOID(unit.run(kBumpVersion));
  return {};
}

core::Status note_excess(store::UnitOfWork& unit, std::string_view client_id,
                         std::string_view excess, core::Instant now) {
  TRY_VOID(unit.run(kNoteExcess, {client_id, excess, now}));
  return {};
}

core::Result<std::vector<Excess>> list_excess(store::UnitOfWork& unit, std::string_view client_id) {
  TRY(const auto rows, unit.run(kListExcess, {client_id}));
  std::vector<Excess> excesses;
  for (const auto& row : rows) {
    excesses.push_back({std::string(row.text(0)), row.int64(1), row.instant(2), row.instant(3)});
  }
  return excesses;
}

}  // namespace openid::sql
