#include "app/adapters/account_export.h"

#include "api/identity/identity_json.h"
#include "api/privacy/consent_json.h"
#include "api/wallet/wallet_json.h"
#include "api/wire.h"
#include "audit/operation_log.h"
#include "identity/account_store.h"
#include "identity/authenticator/passkey_store.h"
#include "identity/authenticator/totp_store.h"
#include "openid/authorization/party_grant.h"
#include "vault/access_log.h"

namespace app {
namespace {

using codec::JsonArray;
using codec::JsonObject;

constexpr int kHistoryPage = 100;

/// Writes where something is from: the source as its rows name it, which never changes, and beside
/// it the provider's name where it is a provider of this installation.
void put_source(JsonObject& json, const std::string& member, const std::string& source,
                const identity::IdentityProviders& providers) {
  api::put_text(json, member, source);
  for (const auto& one : providers.list()) {
    if (identity::provider_source(one.id) != source) continue;
    json[member + "_name"] = JsonObject{{"ru", one.name_ru}, {"en", one.name_en}};
  }
}

JsonObject account_json(const identity::Citizen& citizen,
                        const identity::IdentityProviders& providers) {
  JsonObject json{{"citizen_id", citizen.id.to_string()},
                  {"level", identity::name_of(citizen.level)}};
  put_source(json, "level_source", citizen.level_source, providers);
  api::put_moment(json, "level_raised_at", citizen.level_raised_at);
  api::put_moment(json, "registered_at", citizen.registered_at);
  return json;
}

JsonArray numbers_json(const identity::OwnNumbers& own) {
  JsonArray numbers;
  for (const auto& number : own.numbers) {
    JsonObject item{{"number_id", number.id.to_string()},
                    {"phone_masked", number.masked},
                    {"primary", number.primary}};
    api::put_moment(item, "confirmed_at", number.confirmed_at);
    numbers.push_back(std::move(item));
  }
  return numbers;
}

JsonArray consents_json(const privacy::ConsentOverview& overview, core::Instant now) {
  JsonArray consents;
  for (const auto& consent : overview.consents) consents.push_back(api::to_json(consent, now));
  for (const auto& consent : overview.past) consents.push_back(api::to_json(consent, now));
  for (const auto& acceptance : overview.acceptances) {
    JsonObject item{{"accepted", privacy::name_of(acceptance.seen.kind)},
                    {"edition_number", acceptance.seen.number},
                    {"edition_language", acceptance.seen.language},
                    {"edition_sha256", acceptance.seen.sha256}};
    api::put_moment(item, "accepted_at", acceptance.accepted_at);
    consents.push_back(std::move(item));
  }
  return consents;
}

/// Names and moments; what authenticates stays here.
core::Result<JsonObject> authenticators_json(store::UnitOfWork& unit,
                                             const core::CitizenId& citizen_id) {
  JsonArray passkeys;
  TRY(const auto rows, identity::sql::list_passkeys(unit, citizen_id));
  for (const auto& row : rows) {
    JsonObject item{{"name", row.passkey.name}};
    api::put_moment(item, "made_at", row.passkey.made_at);
    api::put_moment(item, "last_used_at", row.passkey.last_used_at);
    passkeys.push_back(std::move(item));
  }
  TRY(const auto totp, identity::sql::find_totp(unit, citizen_id));
  return JsonObject{{"passkeys", std::move(passkeys)},
                    {"totp", totp.has_value() && totp->confirmed_at.has_value()}};
}

/// The services signed in to, and what each may see.
core::Result<JsonArray> connections_json(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                         core::Instant now) {
  JsonArray connections;
  TRY(const auto grants, openid::list_live_grants(unit, citizen_id, now));
  for (const auto& grant : grants) {
    JsonArray claims;
    for (const auto& claim : grant.claims) claims.push_back(codec::Json(claim));
    JsonObject item{{"client_id", grant.client_id}, {"claims", std::move(claims)}};
    api::put_moment(item, "granted_at", grant.granted_at);
    api::put_moment(item, "last_used_at", grant.last_used_at);
    connections.push_back(std::move(item));
  }
  return connections;
}

}  // namespace

core::Result<JsonObject> AccountExport::collect(const core::CitizenId& citizen_id,
                                                core::Instant now) {
  JsonObject all;
  TRY(const auto citizen, ground_.data.read([&](store::UnitOfWork& unit) {
    return identity::sql::get_citizen(unit, citizen_id);
  }));
  all["account"] = account_json(citizen, ground_.providers);
  TRY(const auto numbers, ground_.numbers.list(citizen_id));
  all["numbers"] = numbers_json(numbers);
  TRY(all["attributes"], records(citizen_id, vault::Category::kProfile, now));
  TRY(all["documents"], records(citizen_id, vault::Category::kDocuments, now));
  TRY(const auto overview, ground_.privacy.overview(citizen_id));
  all["consents"] = consents_json(overview, now);
  TRY(const auto digital_id, ground_.digital_id.overview(citizen_id, now));
  if (digital_id.device) all["digital_id"] = api::to_json(*digital_id.device);
  TRY(const auto sessions, ground_.sessions.list(citizen_id, now));
  JsonArray lines;
  for (const auto& session : sessions) {
    auto line = api::to_json(session, identity::SessionId());
    line.erase("current");
    lines.push_back(std::move(line));
  }
  all["sessions"] = std::move(lines);
  TRY_VOID(add_rows(citizen_id, all, now));
  return all;
}

core::Result<JsonArray> AccountExport::records(const core::CitizenId& citizen_id,
                                               vault::Category category, core::Instant now) {
  TRY(const auto found, ground_.vault.open({.citizen_id = citizen_id,
                                            .category = category,
                                            .purpose = vault::Purpose::kShowToCitizen,
                                            .actor = vault::Actor::citizen(),
                                            .now = now}));
  JsonArray items;
  for (const auto& record : found) {
    JsonObject item{{"name", record.name}, {"level", record.provenance.assurance_level}};
    put_source(item, "source", record.provenance.source, ground_.providers);
    // A document is kept as the JSON it came in; anything else is a text.
    auto parsed = category == vault::Category::kDocuments
                      ? codec::parse_json(record.value.reveal(),
                                          {.bytes_max = 4UL << 20U, .string_max = 4UL << 20U})
                      : core::Result<codec::Json>(codec::Json(record.value.reveal()));
    item["value"] = parsed ? std::move(*parsed) : codec::Json(record.value.reveal());
    api::put_moment(item, "proven_at", record.provenance.proven_at);
    items.push_back(std::move(item));
  }
  return items;
}

core::Status AccountExport::add_rows(const core::CitizenId& citizen_id, JsonObject& all,
                                     core::Instant now) {
  return ground_.data.read([&](store::UnitOfWork& unit) -> core::Status {
    TRY(all["authenticators"], authenticators_json(unit, citizen_id));
    TRY(all["connections"], connections_json(unit, citizen_id, now));
    JsonArray history;
    std::optional<audit::OperationId> before;
    while (history.size() < kRowsMax) {
      TRY(const auto page, audit::list_operations(unit, citizen_id, before, kHistoryPage));
      for (const auto& operation : page) {
        JsonObject item{{"kind", operation.kind}};
        api::put_moment(item, "at", operation.at);
        api::put_text(item, "subject", operation.subject);
        history.push_back(std::move(item));
      }
      if (page.size() < kHistoryPage) break;
      before = page.back().id;
    }
    if (history.size() >= kRowsMax) all["history_cut"] = true;
    TRY(const auto accesses, vault::list_accesses(unit, citizen_id, kRowsMax));
    JsonArray who_looked;
    for (const auto& access : accesses) {
      JsonObject item{
          {"actor", access.actor}, {"purpose", access.purpose}, {"category", access.category}};
      api::put_moment(item, "at", access.at);
      who_looked.push_back(std::move(item));
    }
    all["history"] = std::move(history);
    all["accesses"] = std::move(who_looked);
    return {};
  });
}

}  // namespace app
