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
constexpr std::string_view kAddress = "address";
// Where somebody is registered counts before where they say they live.
constexpr std::array<std::string_view, 2> kAddressRecords{"registration_address", "living_address"};
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

/// OpenID Connect Core, section 5.1.1: the vault keeps the whole address as one text.
void add_address(const vault::PersonalRecords& records, ClaimValues& into) {
  for (const auto name : kAddressRecords) {
    const auto* record = vault::find_record(records, name);
    if (record == nullptr) continue;
    into.push_back(
        {std::string(kAddress), json_of(codec::JsonObject{{"formatted", record->value.reveal()}})});
    return;
  }
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
  if (openid::has(claims, kAddress)) add_address(records, into);
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

/// A reading of one category after the other, none of which is waited for.
struct Reading {
  vault::OpenRequest request;
  openid::Texts claims;
  std::vector<vault::Category> categories;
  std::vector<std::shared_ptr<const vault::Opening>> openings;
  openid::Released done;
};

core::Result<ClaimValues> values_of(const Reading& reading) {
  ClaimValues values;
  for (std::size_t i = 0; i < reading.openings.size(); ++i) {
    TRY(const auto records, reading.openings[i]->records());
    if (reading.categories[i] == vault::Category::kProfile) {
      add_profile(records, reading.claims, values);
    } else {
      TRY_VOID(add_document(records, values));
    }
  }
  return values;
}

void open_next(vault::Vault& vault, const std::shared_ptr<Reading>& reading) {
  if (reading->openings.size() == reading->categories.size()) {
    return reading->done([reading] { return values_of(*reading); });
  }
  auto request = reading->request;
  request.category = reading->categories[reading->openings.size()];
  vault.open_later(request, [&vault, reading](auto opened) {
    if (!opened) return reading->done(core::fail(std::move(opened).error()));
    reading->openings.push_back(*std::move(opened));
    open_next(vault, reading);
  });
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

void OpenidClaims::release_later(const core::CitizenId& citizen_id, std::string_view client_id,
                                 const openid::Texts& claims, core::Instant now,
                                 openid::Released done) {
  auto reading =
      std::make_shared<Reading>(Reading{.request = {.citizen_id = citizen_id,
                                                    .category = vault::Category::kProfile,
                                                    .purpose = vault::Purpose::kReleaseToParty,
                                                    .actor = vault::Actor::party(client_id),
                                                    .now = now,
                                                    .attributes = claims},
                                        .claims = claims,
                                        .categories = {},
                                        .openings = {},
                                        .done = std::move(done)});
  if (wants_profile(claims)) reading->categories.push_back(vault::Category::kProfile);
  if (openid::has(claims, kIdentityDocument)) {
    reading->categories.push_back(vault::Category::kDocuments);
  }
  open_next(vault_, reading);
}

core::Result<ClaimValues> OpenidClaims::read(const core::CitizenId& citizen_id,
                                             const Reader& reader, const openid::Texts& claims,
                                             core::Instant now) {
  ClaimValues values;
  vault::OpenRequest request{.citizen_id = citizen_id,
                             .category = vault::Category::kProfile,
                             .purpose = reader.purpose,
                             .actor = reader.actor,
                             .now = now,
                             .attributes = claims};
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
