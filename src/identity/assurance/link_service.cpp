#include "identity/assurance/link_service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "identity/account/ways_in.h"
#include "identity/account_store.h"
#include "identity/assurance/provider_store.h"
#include "vault/claims.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;
using sql::ProviderLinkRow;

/// The SNILS that only this source vouches for: it no longer leads to the account afterwards.
std::vector<core::Bytes> snils_of(const vault::Vault& vault, const vault::PersonalRecords& records,
                                  std::string_view source) {
  std::vector<core::Bytes> only_here;
  for (const auto& record : records) {
    if (record.name != "snils" || record.provenance.source != source) continue;
    const bool elsewhere = std::any_of(records.begin(), records.end(), [&](const auto& other) {
      return other.name == "snils" && other.provenance.source != source &&
             other.value.reveal() == record.value.reveal();
    });
    if (!elsewhere) {
      only_here.push_back(vault.blind_index(sql::kSnilsLogin, record.value.reveal()).bytes);
    }
  }
  return only_here;
}

/// Another proof of who the owner is: a linked provider, or an officer's or a passport's word.
std::string other_proof(const std::vector<ProviderLinkRow>& remaining,
                        const vault::PersonalRecords& records) {
  if (!remaining.empty()) return provider_source(remaining.front().provider);
  for (const auto& record : records) {
    const auto& source = record.provenance.source;
    if (source == vault::kDeskSource || source == vault::kPassportSource) return source;
  }
  return {};
}

core::Status lower_level(store::UnitOfWork& unit, const CitizenId& id, std::string_view gone,
                         const std::string& proof) {
  TRY(auto citizen, sql::get_citizen(unit, id));
  if (!proof.empty() && citizen.level_source != gone) return {};
  citizen.level_source = proof;
  if (proof.empty()) {
    citizen.level = AssuranceLevel::kPhone;
    citizen.level_raised_at.reset();
  }
  return sql::raise_level(unit, citizen);
}

}  // namespace

core::Result<std::vector<LinkedProvider>> LinkService::list(const CitizenId& id) {
  bool own_way_in = false;
  TRY(const auto rows,
      ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<std::vector<ProviderLinkRow>> {
        TRY(const auto ways, find_ways_in(unit, id));
        own_way_in = ways.own();
        return sql::list_links(unit, id);
      }));
  std::vector<LinkedProvider> linked;
  for (const auto& row : rows) {
    if (!linked.empty() && linked.back().id == row.provider) {
      auto& same = linked.back();
      same.linked_at = std::min(same.linked_at, row.linked_at);
      same.last_used_at = std::max(same.last_used_at, row.last_used_at);
      continue;
    }
    const auto known = ports_.providers.choose(row.provider);
    linked.push_back({row.provider, known ? (*known)->name_ru : row.provider,
                      known ? (*known)->name_en : row.provider, row.linked_at, row.last_used_at,
                      false, false});
  }
  if (linked.size() == 1) {
    linked.front().last_proof = true;
    linked.front().last_way_in = !own_way_in;
  }
  return linked;
}

core::Status LinkService::unlink(const CitizenId& id, std::string_view provider,
                                 core::Instant now) {
  const auto source = provider_source(provider);
  TRY(const auto records, ports_.vault.open({.citizen_id = id,
                                             .category = vault::Category::kProfile,
                                             .purpose = vault::Purpose::kShowToCitizen,
                                             .actor = vault::Actor::citizen(),
                                             .now = now}));
  const auto snils = snils_of(ports_.vault, records, source);
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(auto links, sql::list_links(unit, id));
    const auto gone = std::stable_partition(
        links.begin(), links.end(), [&](const auto& row) { return row.provider != provider; });
    if (gone == links.end()) return fail(ErrorCode::kNotFound, "provider.not_linked");
    const std::vector<ProviderLinkRow> remaining(links.begin(), gone);
    TRY(const auto ways, find_ways_in(unit, id));
    if (!ways.own() && remaining.empty()) {
      return fail(ErrorCode::kConflict, "provider.last_way_in");
    }
    for (auto row = gone; row != links.end(); ++row) {
      TRY_VOID(sql::delete_login(unit, sql::kProviderLogin, row->subject_index, id));
    }
    for (const auto& index : snils) {
      TRY_VOID(sql::delete_login(unit, sql::kSnilsLogin, index, id));
    }
    TRY_VOID(sql::delete_links(unit, id, provider));
    TRY_VOID(vault::delete_source(unit, id, source));
    const auto proof = other_proof(remaining, records);
    TRY_VOID(lower_level(unit, id, source, proof));
    TRY_VOID(audit::record_operation(unit, {id, "provider.unlinked", provider}, now, ports_.rng));
    // The page said so before: what the provider itself holds is withdrawn at its operator's.
    TRY_VOID(
        audit::record_operation(unit, {id, "consent.source_withdrawn", provider}, now, ports_.rng));
    if (!proof.empty()) return {};
    TRY_VOID(ports_.fallen.level_fell(unit, id, now));
    return audit::record_operation(unit, {id, "assurance.lowered", "phone"}, now, ports_.rng);
  });
}

}  // namespace identity
