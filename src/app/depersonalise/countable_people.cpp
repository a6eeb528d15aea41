#include "app/depersonalise/countable_people.h"

#include <fmt/format.h>

#include "identity/account/deletion_store.h"
#include "identity/account_store.h"
#include "privacy/request/objection.h"
#include "privacy/sql_store.h"
#include "wallet/sql_store.h"

namespace app {

core::Result<bool> CountablePeople::may_be_read(store::UnitOfWork& unit,
                                                const core::CitizenId& citizen_id) {
  TRY(const auto leaving, identity::sql::find_deletion(unit, citizen_id));
  TRY(const bool objects, privacy::sql::has_open_objection(unit, citizen_id));
  if (leaving || objects) return false;
  auto facts = look(unit, citizen_id);
  // Erased between the list and this transaction.
  if (!facts && facts.error().reason == "citizen.unknown") return false;
  if (!facts) return core::fail(std::move(facts).error());
  seen_.insert_or_assign(citizen_id, std::move(*facts));
  return true;
}

core::Result<privacy::PersonFacts> CountablePeople::look(store::UnitOfWork& unit,
                                                         const core::CitizenId& citizen_id) const {
  TRY(const auto citizen, identity::sql::get_citizen(unit, citizen_id));
  TRY(const auto documents, wallet::sql::list_documents(unit, citizen_id));
  TRY(const auto consents, privacy::sql::list_consents(unit, citizen_id));
  privacy::PersonFacts facts;
  facts.assurance_level = identity::name_of(citizen.level);
  facts.registered_year = fmt::format("{}", core::date_of(citizen.registered_at).year);
  std::vector<std::string> held;
  for (const auto& document : documents) {
    // Statuses are an answer of a registry, not a card.
    if (document.kind == wallet::DocumentKind::kStatuses) continue;
    if (document.state == wallet::DocumentState::kReady) held.emplace_back(name_of(document.kind));
  }
  facts.documents = privacy::joined_parts(std::move(held));
  std::vector<std::string> given;
  for (const auto& consent : consents) {
    if (consent.is_live(now_)) given.emplace_back(name_of(consent.purpose));
  }
  facts.consents = privacy::joined_parts(std::move(given));
  return facts;
}

privacy::PersonFacts CountablePeople::take(const core::CitizenId& citizen_id,
                                           const vault::PersonalRecords& records) {
  auto node = seen_.extract(citizen_id);
  auto facts = node.empty() ? privacy::PersonFacts() : std::move(node.mapped());
  privacy::take_records(facts, records, rules_.regions);
  return facts;
}

}  // namespace app
