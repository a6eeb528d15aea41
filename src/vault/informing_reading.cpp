#include "vault/informing_reading.h"

#include "audit/log_entry.h"
#include "core/assert.h"
#include "vault/claims.h"
#include "vault/sealing.h"

namespace vault {
namespace {

using core::ErrorCode;
using core::fail;

using AccessId = core::StrongId<struct AccessIdTag>;

constexpr store::Query kInsertAccess{
    "access_record.insert_informing",
    "INSERT INTO access_record (citizen_id, access_id, at_utc, actor, purpose, category)"
    " SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS"
    " (SELECT 1 FROM data_block WHERE citizen_id = $1 AND category = $6)"};
constexpr store::Query kSelectContact{
    "personal_record.list_contact",
    "SELECT name, sealed, source, assurance_level, proven_at_utc FROM personal_record"
    " WHERE citizen_id = $1 AND category = $2 AND name = $3"};

constexpr Category kCategory = Category::kProfile;

std::string_view record_of(Contact contact) {
  return contact == Contact::kPhone ? "phone" : "email:confirmed";
}

}  // namespace

core::Result<core::Secret<std::string>> InformingReading::read(const ContactRequest& request,
                                                               const store::UnitFunction& beside) {
  CORE_ASSERT(!request.actor.is_citizen() && !request.part.empty());
  if (!request.consent.starts_with(kInformingConsents)) {
    return fail(ErrorCode::kForbidden, "vault.consent_missing");
  }
  TRY(const auto key, find_data_key(ports_.keys, ports_.root, request.citizen_id, kCategory));
  TRY(const auto rows, ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<store::Rows> {
    if (beside) {
      TRY_VOID(beside(unit));
    }
    return record_and_select(unit, request);
  }));
  PersonalRecords records;
  for (const auto& row : rows) {
    if (!key) break;
    TRY(auto record, open_row(row, request.citizen_id, kCategory, *key));
    records.push_back(std::move(record));
  }
  put_in_force_order(records);
  return records.empty() ? core::Secret<std::string>() : std::move(records.front().value);
}

core::Result<store::Rows> InformingReading::record_and_select(store::UnitOfWork& unit,
                                                              const ContactRequest& request) {
  const std::array<std::string, 1> parts{request.part};
  TRY(const bool live,
      ports_.consents.hold_live(unit, {request.citizen_id, request.consent, parts, request.now}));
  if (!live) return fail(ErrorCode::kForbidden, "vault.consent_missing");
  const auto access_id = AccessId::make(request.now, ports_.rng);
  TRY(const auto inserted,
      unit.run(kInsertAccess, {request.citizen_id, access_id, request.now, request.actor.name(),
                               kInformingPurpose, name_of(kCategory)}));
  if (inserted.affected() == 0) return fail(ErrorCode::kForbidden, "vault.blocked");
  TRY(const auto entry_id, audit::EntryId::from_bytes(access_id.bytes()));
  const auto subject = request.consent + " " + request.part;
  TRY_VOID(audit::record_log_entry(unit,
                                   {.citizen_id = request.citizen_id,
                                    .id = entry_id,
                                    .kind = "access",
                                    .actor = request.actor.name(),
                                    .purpose = kInformingPurpose,
                                    .category = name_of(kCategory),
                                    .subject = subject},
                                   request.now, ports_.rng));
  return unit.run(kSelectContact,
                  {request.citizen_id, name_of(kCategory), record_of(request.contact)});
}

}  // namespace vault
