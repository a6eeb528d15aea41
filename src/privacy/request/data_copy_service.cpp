#include "privacy/request/data_copy_service.h"

#include "codec/base64url.h"
#include "codec/utf8.h"

namespace privacy {
namespace {

using codec::JsonArray;
using codec::JsonObject;

constexpr store::Query kListAccesses{
    "access_record.list_of_citizen",
    "SELECT at_utc, actor, purpose, category FROM access_record WHERE citizen_id = $1"
    " ORDER BY access_id DESC LIMIT $2"};

JsonObject record_json(vault::Category category, const vault::PersonalRecord& record) {
  JsonObject json{{"category", vault::name_of(category)},
                  {"name", record.name},
                  {"source", record.provenance.source},
                  {"level", record.provenance.assurance_level},
                  {"since", core::to_rfc3339(record.provenance.proven_at)}};
  const auto& value = record.value.reveal();
  if (codec::is_utf8(value)) {
    json["value"] = value;
  } else {
    json["value"] = codec::to_base64url(core::as_bytes(value));
    json["encoding"] = "base64url";
  }
  return json;
}

JsonObject consent_json(const Consent& consent) {
  JsonObject json{{"purpose", name_of(consent.purpose)},
                  {"granted_at", core::to_rfc3339(*consent.granted_at)},
                  {"edition_number", consent.seen.number},
                  {"edition_sha256", consent.seen.sha256}};
  const auto put = [&](std::string_view name, const std::optional<core::Instant>& at) {
    if (at) json[name] = core::to_rfc3339(*at);
  };
  put("withdrawn_at", consent.withdrawn_at);
  put("expires_at", consent.expires_at);
  put("narrowed_at", consent.narrowed_at);
  if (!consent.scope.empty()) {
    json["scope"] = JsonArray(consent.scope.begin(), consent.scope.end());
  }
  return json;
}

JsonArray consents_json(const ConsentOverview& overview) {
  JsonArray consents;
  for (const auto& consent : overview.consents) {
    if (consent.granted_at) consents.push_back(consent_json(consent));
  }
  for (const auto& consent : overview.past) consents.push_back(consent_json(consent));
  return consents;
}

}  // namespace

core::Result<JsonObject> DataCopyService::make(const CopyRequest& request) {
  JsonArray records;
  for (const auto category : {vault::Category::kProfile, vault::Category::kDocuments}) {
    TRY(const auto opened, vault_.open({.citizen_id = request.citizen_id,
                                        .category = category,
                                        .purpose = request.purpose,
                                        .actor = request.actor,
                                        .now = request.now}));
    for (const auto& record : opened) {
      records.push_back(record_json(category, record));
    }
  }
  TRY(const auto overview, privacy_.overview(request.citizen_id));
  TRY(const auto rows, data_.read([&](store::UnitOfWork& unit) {
    return unit.run(kListAccesses, {request.citizen_id, kAccessesMax});
  }));
  JsonArray accesses;
  for (const auto& row : rows) {
    accesses.push_back(JsonObject{{"at", core::to_rfc3339(row.instant(0))},
                                  {"actor", row.text(1)},
                                  {"purpose", row.text(2)},
                                  {"category", row.text(3)}});
  }
  return JsonObject{{"made_at", core::to_rfc3339(request.now)},
                    {"records", std::move(records)},
                    {"consents", consents_json(overview)},
                    {"accesses", std::move(accesses)}};
}

}  // namespace privacy
