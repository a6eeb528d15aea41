#include "app/adapters/openid_claims.h"

#include <array>

#include "codec/json.h"
#include "wallet/document_record.h"

namespace app {
namespace {

using openid::ClaimValues;

// Claim -> name of the record in the profile.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kProfileClaims{{
    {"family_name", "family_name"},
    {"given_name", "given_name"},
    {"middle_name", "middle_name"},
    {"birthdate", "birth_date"},
    {"gender", "sex"},
    {"phone_number", "phone"},
    {"email", "email"},
    {"snils", "snils"},
    {"inn", "inn"},
}};
constexpr std::string_view kIdentityDocument = "id_doc";
constexpr std::string_view kPassport = "passport";

/// The profile keeps the sex as documents write it; OpenID Connect has words for it (Core, 5.1).
std::string claim_value(std::string_view claim, const std::string& kept) {
  if (claim != "gender") return kept;
  return kept == "F" ? "female" : kept == "M" ? "male" : kept;
}

core::Secret<std::string> json_of(const codec::Json& value) {
  return core::Secret<std::string>(codec::to_text(value));
}

void add_profile(const vault::PersonalRecords& records, const openid::Texts& claims,
                 ClaimValues& into) {
  for (const auto& [claim, name] : kProfileClaims) {
    if (!openid::has(claims, claim)) continue;
    const auto* record = vault::find_record(records, name);
    if (record == nullptr) continue;
    into.push_back(
        {std::string(claim), json_of(codec::Json(claim_value(claim, record->value.reveal())))});
    // What is kept was proven by a code or a link sent there.
    if (claim == "phone_number") into.push_back({"phone_number_verified", json_of(true)});
    if (claim == "email") into.push_back({"email_verified", json_of(true)});
  }
}

core::Status add_document(const vault::PersonalRecords& records, ClaimValues& into) {
  const auto* stored = vault::find_record(records, kPassport);
  if (stored == nullptr) return {};
  TRY(const auto record, wallet::decode_record(stored->value));
  codec::JsonObject document{{"type", kPassport}, {"number", record.number}};
  for (const std::string_view name : {"issue_date", "issued_by", "issue_id"}) {
    if (const auto* field = record.find(name)) document[name] = field->value;
  }
  into.push_back({std::string(kIdentityDocument), json_of(document)});
  return {};
}

bool wants_profile(const openid::Texts& claims) {
  return std::any_of(claims.begin(), claims.end(),
                     [](const auto& claim) { return claim != kIdentityDocument; });
}

}  // namespace

core::Result<ClaimValues> OpenidClaims::preview(const core::CitizenId& citizen_id,
                                                const openid::Texts& claims, core::Instant now) {
  return read(citizen_id, {vault::Purpose::kShowToCitizen, vault::Actor::citizen()}, claims, now);
}

core::Result<ClaimValues> OpenidClaims::release(const core::CitizenId& citizen_id,
                                                std::string_view client_id,
                                                const openid::Texts& claims, core::Instant now) {
  return read(citizen_id, {vault::Purpose::kReleaseToParty, vault::Actor::party(client_id)}, claims,
              now);
}

core::Result<ClaimValues> OpenidClaims::read(const core::CitizenId& citizen_id,
                                             const Reader& reader, const openid::Texts& claims,
                                             core::Instant now) {
  ClaimValues values;
  vault::OpenRequest request{.citizen_id = citizen_id,
                             .category = vault::Category::kProfile,
                             .purpose = reader.purpose,
                             .actor = reader.actor,
                             .now = now};
  if (wants_profile(claims)) {
    TRY(const auto records, vault_.open(request));
    add_profile(records, claims, values);
  }
  if (openid::has(claims, kIdentityDocument)) {
    request.category = vault::Category::kDocuments;
    TRY(const auto records, vault_.open(request));
    TRY_VOID(add_document(records, values));
  }
  return values;
}

}  // namespace app
