#include "privacy/edition_service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "privacy/acceptance_store.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

/// People remembered as having accepted; a full memory is emptied, and asks again.
constexpr std::size_t kRememberedMax = 100'000;

}  // namespace

std::string_view name_of(AcceptedHow how) {
  switch (how) {
    case AcceptedHow::kRegistration:
      return "registration";
    case AcceptedHow::kUse:
      return "use";
    case AcceptedHow::kSignIn:
      break;
  }
  return "sign_in";
}

EditionService::EditionService(store::Database& data, const EditionLibrary& editions,
                               core::Rng& rng)
    : data_(data), editions_(editions), rng_(rng) {
  for (const auto& edition : editions.all()) {
    const auto before = editions.find(edition.kind, edition.number - 1, edition.language);
    if (!before) continue;
    changes_.emplace(Key{edition.kind, edition.number, edition.language},
                     difference((*before)->text, edition.text));
  }
}

core::Result<EditionChanges> EditionService::changes(EditionKind kind, int number,
                                                     std::string_view language,
                                                     core::Instant now) const {
  EditionChanges found;
  TRY(found.edition, editions_.find_published(kind, number, language, now));
  const auto known = changes_.find(Key{kind, number, std::string(language)});
  if (known == changes_.end()) return found;
  TRY(found.previous, editions_.find(kind, number - 1, language));
  found.changes = &known->second;
  return found;
}

core::Result<std::vector<WaitingEdition>> EditionService::waiting(const core::CitizenId& citizen_id,
                                                                  std::string_view language,
                                                                  core::Instant now) {
  TRY(const int accepted, data_.read([&](store::UnitOfWork& unit) {
    return sql::newest_accepted(unit, citizen_id, EditionKind::kAgreement);
  }));
  const int in_force = number_in_force(now);
  std::vector<WaitingEdition> waiting;
  for (const auto* edition : editions_.published(EditionKind::kAgreement, language, now)) {
    if (edition->number <= accepted || edition->number < in_force) continue;
    waiting.insert(waiting.begin(), WaitingEdition{edition, edition->number == in_force});
  }
  return waiting;
}

core::Result<std::vector<AcceptanceRecord>> EditionService::accepted(
    const core::CitizenId& citizen_id) {
  return data_.read(
      [&](store::UnitOfWork& unit) { return sql::list_acceptance_records(unit, citizen_id); });
}

core::Result<AcceptanceRecord> EditionService::accept(const core::CitizenId& citizen_id,
                                                      const SeenEdition& seen, core::Instant now) {
  if (seen.kind != EditionKind::kAgreement) {
    return fail(ErrorCode::kInvalidInput, "edition.nothing_to_accept");
  }
  TRY(const auto* edition, editions_.find_published(seen.kind, seen.number, seen.language, now));
  const int in_force = number_in_force(now);
  if (seen.number < in_force) return fail(ErrorCode::kConflict, "edition.superseded");
  if (edition->sha256 != seen.sha256) return fail(ErrorCode::kInvalidInput, "edition.mismatch");
  const auto how = seen.number == in_force ? AcceptedHow::kSignIn : AcceptedHow::kUse;
  const AcceptanceRecord record{seen, std::string(name_of(how)), now};
  TRY_VOID(data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const int newest, sql::newest_accepted(unit, citizen_id, seen.kind));
    if (newest >= seen.number) return fail(ErrorCode::kConflict, "edition.already_accepted");
    TRY_VOID(sql::insert_acceptance_record(unit, citizen_id, record, rng_));
    return audit::record_operation(
        unit, {citizen_id, "agreement.accepted", "agreement/" + std::to_string(seen.number)}, now,
        rng_);
  }));
  return record;
}

core::Result<bool> EditionService::must_accept(const core::CitizenId& citizen_id,
                                               core::Instant now) {
  const int in_force = number_in_force(now);
  // Nobody has an account without having accepted the first.
  if (in_force <= 1) return false;
  {
    const std::lock_guard lock(mutex_);
    if (remembered_number_ == in_force && remembered_.contains(citizen_id)) return false;
  }
  TRY(const int accepted, data_.read([&](store::UnitOfWork& unit) {
    return sql::newest_accepted(unit, citizen_id, EditionKind::kAgreement);
  }));
  if (accepted < in_force) return true;
  remember(citizen_id, in_force);
  return false;
}

int EditionService::number_in_force(core::Instant now) const {
  int number = 0;
  for (const auto& edition : editions_.all()) {
    if (edition.kind == EditionKind::kAgreement && edition.in_force_at <= now) {
      number = std::max(number, edition.number);
    }
  }
  return number;
}

void EditionService::remember(const core::CitizenId& citizen_id, int number) {
  const std::lock_guard lock(mutex_);
  if (remembered_number_ != number || remembered_.size() >= kRememberedMax) remembered_.clear();
  remembered_number_ = number;
  remembered_.insert(citizen_id);
}

}  // namespace privacy
