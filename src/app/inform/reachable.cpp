#include "app/inform/reachable.h"

#include "identity/account/deletion_store.h"
#include "identity/account/email_store.h"
#include "identity/account/number_store.h"
#include "privacy/request/objection.h"
#include "vault/block.h"

namespace app {

using privacy::InformingOutcome;

core::Result<std::optional<InformingOutcome>> find_obstacle(store::UnitOfWork& unit,
                                                            const core::CitizenId& citizen_id) {
  using Obstacle = std::optional<InformingOutcome>;
  TRY(const auto deletion, identity::sql::find_deletion(unit, citizen_id));
  // One that is only asked for may never be confirmed.
  if (deletion && deletion->state != "asked") return Obstacle(InformingOutcome::kLeaving);
  TRY(const bool blocked, vault::is_blocked(unit, citizen_id, vault::Category::kProfile));
  TRY(const bool objects, privacy::sql::has_open_objection(unit, citizen_id));
  if (blocked || objects) return Obstacle(InformingOutcome::kBlocked);
  return Obstacle();
}

core::Result<bool> has_contact(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                               privacy::InformingChannel channel) {
  if (channel == privacy::InformingChannel::kSms) {
    TRY(const auto numbers, identity::sql::list_numbers(unit, citizen_id));
    return !numbers.empty();
  }
  TRY(const auto email,
      identity::sql::find_email(unit, citizen_id, identity::sql::kEmailConfirmed));
  return email.has_value();
}

}  // namespace app
