#include "openid/client/party_documents.h"

namespace openid {
namespace {

auto no_keys() {
  return core::fail(core::ErrorCode::kUnauthenticated, "oauth.invalid_client.keys_unavailable");
}

core::Result<KeySetPtr> parse(std::string_view text) {
  auto set = codec::JwkSet::parse(text);
  if (!set || set->keys.empty()) return no_keys();
  return std::make_shared<const codec::JwkSet>(*std::move(set));
}

}  // namespace

core::Result<KeySetPtr> PartyKeys::of(const RelyingParty& party, core::Instant now) {
  return party.jwks_uri.empty() ? parse(party.jwks) : get(party.jwks_uri, kFreshFor, now);
}

core::Result<KeySetPtr> PartyKeys::newer(const RelyingParty& party, core::Instant now) {
  if (party.jwks_uri.empty()) return no_keys();
  return get(party.jwks_uri, core::Duration(0), now);
}

core::Result<KeySetPtr> PartyKeys::get(const std::string& url, core::Duration fresh_for,
                                       core::Instant now) {
  KeySetPtr known;
  {
    const std::lock_guard lock(mutex_);
    auto& kept = kept_[url];
    known = kept.set;
    const bool just_asked = kept.asked_at + kAskAgainAfter > now;
    // Nothing known yet: whoever comes meanwhile asks as well, instead of being refused.
    if (known ? just_asked || kept.fetched_at + fresh_for > now : just_asked && kept.failed) {
      return known ? core::Result<KeySetPtr>(known) : no_keys();
    }
    kept.asked_at = now;
  }
  const auto text = documents_.fetch(url);
  auto set = text ? parse(*text) : core::Result<KeySetPtr>(no_keys());
  const std::lock_guard lock(mutex_);
  auto& kept = kept_[url];
  kept.failed = !set;
  if (!set) return known ? core::Result<KeySetPtr>(known) : no_keys();
  kept.set = *set;
  kept.fetched_at = now;
  return *set;
}

core::Status check_sector(const RelyingParty& party, PartyDocuments& documents) {
  if (party.sector_identifier_uri.empty()) return {};
  const auto refuse = [](std::string_view why) {
    return core::fail(core::ErrorCode::kInvalidInput, "relying_party.sector_identifier_uri",
                      std::string(why));
  };
  const auto text = documents.fetch(party.sector_identifier_uri);
  if (!text) return refuse(text.error().reason);
  const auto json = codec::parse_json(*text);
  if (!json || !json->is_array()) return refuse("no JSON array");
  Texts listed;
  for (const auto& item : json->get_array()) {
    if (item.is_string()) listed.emplace_back(item.get_string());
  }
  for (const auto& uri : party.redirect_uris) {
    if (!has(listed, uri)) return refuse(uri);
  }
  return {};
}

}  // namespace openid
