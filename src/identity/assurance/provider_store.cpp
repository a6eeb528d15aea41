#include "identity/assurance/provider_store.h"

namespace identity::sql {
namespace {

constexpr store::Query kPutLink{
    "provider_link.put",
    "INSERT INTO provider_link (citizen_id, provider, subject_index, linked_at_utc,"
    " last_used_at_utc) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (citizen_id, provider, subject_index) DO UPDATE SET"
    " last_used_at_utc = excluded.last_used_at_utc"};
constexpr store::Query kListLinks{
    "provider_link.list",
    "SELECT provider, subject_index, linked_at_utc, last_used_at_utc FROM provider_link"
    " WHERE citizen_id = $1 ORDER BY provider, subject_index"};
constexpr store::Query kDeleteLinks{
    "provider_link.delete", "DELETE FROM provider_link WHERE citizen_id = $1 AND provider = $2"};

}  // namespace

core::Status put_link(store::UnitOfWork& unit, const ProviderLinkRow& row) {
  TRY_VOID(unit.run(kPutLink, {row.citizen_id, row.provider, row.subject_index, row.linked_at,
                               row.last_used_at}));
  return {};
}

core::Result<std::vector<ProviderLinkRow>> list_links(store::UnitOfWork& unit,
                                                      const CitizenId& id) {
  TRY(const auto rows, unit.run(kListLinks, {id}));
  std::vector<ProviderLinkRow> links;
  for (const auto& row : rows) {
    links.push_back({id, std::string(row.text(0)), core::to_bytes(row.blob(1)), row.instant(2),
                     row.instant(3)});
  }
  return links;
}

core::Status delete_links(store::UnitOfWork& unit, const CitizenId& id, std::string_view provider) {
  TRY_VOID(unit.run(kDeleteLinks, {id, provider}));
  return {};
}

}  // namespace identity::sql
