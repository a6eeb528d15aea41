#include "openid/client/party_service.h"

#include <mutex>

#include "codec/base64url.h"
#include "crypto/digest.h"
#include "openid/client/client_assertion.h"
#include "openid/client/client_store.h"
#include "openid/client/registration.h"
#include "openid/token/token_store.h"

namespace openid {
namespace {

using core::ErrorCode;
using core::fail;

constexpr core::Duration kRefreshAfter = std::chrono::seconds(1);
constexpr std::size_t kClientIdBytes = 12;
constexpr std::size_t kSecretBytes = 32;

auto refuse_client(std::string_view why) {
  return fail(ErrorCode::kUnauthenticated, "oauth.invalid_client." + std::string(why));
}

}  // namespace

PartyService::PartyService(store::Database& data, PartyDocuments& documents, core::Rng& rng,
                           crypto::Key256 secret_key)
    : data_(data),
      documents_(documents),
      keys_(documents),
      rng_(rng),
      secret_key_(std::move(secret_key)) {}

core::Result<NewParty> PartyService::add(const codec::Json& registration, core::Instant now) {
  TRY(auto party, parse_registration(registration));
  TRY_VOID(check_sector(party, documents_));
  party.client_id = codec::to_base64url(core::random_bytes(rng_, kClientIdBytes));
  // Without addresses there is no host to share: it is a sector of its own.
  if (party.sector.empty()) party.sector = party.client_id;
  party.registered_at = now;
  party.changed_at = now;
  const bool with_secret = party.auth == ClientAuth::kSecretBasic;
  return store(std::move(party), with_secret);
}

core::Result<PartyPtr> PartyService::change(std::string_view client_id,
                                            const codec::Json& registration, core::Instant now) {
  TRY(const auto before, get(client_id, now));
  TRY(auto party, parse_registration(registration));
  if (party.auth != before->auth) return fail(ErrorCode::kInvalidInput, "relying_party.auth");
  TRY_VOID(check_sector(party, documents_));
  party.client_id = before->client_id;
  // People are known to the party by the sector: changing it would make strangers of all.
  party.sector = before->sector;
  party.disabled = before->disabled;
  party.secret_tag = before->secret_tag;
  party.registered_at = before->registered_at;
  party.changed_at = now;
  TRY(const auto stored, store(std::move(party), false));
  return stored.party;
}

core::Result<PartyPtr> PartyService::set_disabled(std::string_view client_id, bool disabled,
                                                  core::Instant now) {
  TRY(const auto before, get(client_id, now));
  auto party = *before;
  party.disabled = disabled;
  party.changed_at = now;
  TRY(const auto stored, store(std::move(party), false));
  return stored.party;
}

core::Result<NewParty> PartyService::rotate_secret(std::string_view client_id, core::Instant now) {
  TRY(const auto before, get(client_id, now));
  if (before->auth != ClientAuth::kSecretBasic) {
    return fail(ErrorCode::kConflict, "relying_party.no_secret");
  }
  auto party = *before;
  party.changed_at = now;
  return store(std::move(party), true);
}

core::Result<NewParty> PartyService::store(RelyingParty party, bool with_secret) {
  NewParty made;
  if (with_secret) {
    auto secret = codec::to_base64url(core::random_bytes(rng_, kSecretBytes));
    party.secret_tag = tag_of(party.client_id, secret);
    made.client_secret = core::Secret<std::string>(std::move(secret));
  }
  TRY_VOID(data_.write([&](store::UnitOfWork& unit) { return sql::put_party(unit, party); }));
  made.party = std::make_shared<const RelyingParty>(party);
  const std::unique_lock lock(mutex_);
  auto changed = std::make_shared<Register>(*register_);
  (*changed)[party.client_id] = made.party;
  register_ = std::move(changed);
  return made;
}

core::Status PartyService::refresh(core::Instant now) {
  {
    const std::shared_lock lock(mutex_);
    const auto age = now - refreshed_at_;
    if (age >= core::Duration(0) && age < kRefreshAfter) return {};
  }
  const std::unique_lock lock(mutex_);
  const auto age = now - refreshed_at_;
  if (age >= core::Duration(0) && age < kRefreshAfter) return {};
  TRY(const auto version,
      data_.read([](store::UnitOfWork& unit) { return sql::registry_version(unit); }));
  if (version != version_) {
    TRY(const auto parties,
        data_.read([](store::UnitOfWork& unit) { return sql::list_parties(unit); }));
    auto fresh = std::make_shared<Register>();
    for (const auto& party : parties) {
      (*fresh)[party.client_id] = std::make_shared<const RelyingParty>(party);
    }
    register_ = std::move(fresh);
    version_ = version;
  }
  refreshed_at_ = now;
  return {};
}

core::Result<std::vector<PartyPtr>> PartyService::list(core::Instant now) {
  TRY_VOID(refresh(now));
  const std::shared_lock lock(mutex_);
  std::vector<PartyPtr> parties;
  for (const auto& [id, party] : *register_) parties.push_back(party);
  return parties;
}

core::Result<PartyPtr> PartyService::get(std::string_view client_id, core::Instant now) {
  TRY_VOID(refresh(now));
  const std::shared_lock lock(mutex_);
  const auto found = register_->find(client_id);
  if (found == register_->end()) return fail(ErrorCode::kNotFound, "relying_party.unknown");
  return found->second;
}

core::Result<std::vector<RefusedAsk>> PartyService::refused_asks(std::string_view client_id) {
  TRY(const auto rows,
      data_.read([&](store::UnitOfWork& unit) { return sql::list_excess(unit, client_id); }));
  std::vector<RefusedAsk> asks;
  for (const auto& row : rows) asks.push_back({row.what, row.times, row.first_at, row.last_at});
  return asks;
}

core::Status PartyService::note_excess(std::string_view client_id, std::string_view what,
                                       core::Instant now) {
  return data_.write(
      [&](store::UnitOfWork& unit) { return sql::note_excess(unit, client_id, what, now); });
}

codec::JsonObject PartyService::registration_of(const RelyingParty& party) {
  return registration_json(party);
}

core::Bytes PartyService::tag_of(std::string_view client_id, std::string_view secret) const {
  constexpr std::uint8_t kSeparator = 0;
  return core::to_bytes(crypto::hmac_sha256(
      secret_key_.reveal(),
      {core::as_bytes(client_id), core::ByteView(&kSeparator, 1), core::as_bytes(secret)}));
}

core::Result<PartyPtr> PartyService::known(std::string_view client_id, core::Instant now) {
  auto party = get(client_id, now);
  if (!party && party.error().code != ErrorCode::kNotFound) return fail(party.error());
  if (!party || (*party)->disabled) return refuse_client("unknown");
  return *party;
}

core::Result<PartyPtr> PartyService::authenticate(const PresentedClient& presented,
                                                  core::Instant now) {
  const bool asserted =
      !presented.client_assertion.empty() || !presented.client_assertion_type.empty();
  if (asserted && presented.basic) {
    return fail(ErrorCode::kInvalidInput, "oauth.invalid_request.two_client_authentications");
  }
  if (asserted) return by_assertion(presented, now);
  if (presented.basic) {
    const auto& [id, secret] = *presented.basic;
    if (!presented.client_id.empty() && presented.client_id != id) {
      return fail(ErrorCode::kInvalidInput, "oauth.invalid_request.two_client_ids");
    }
    TRY(auto party, known(id, now));
    const bool right = party->auth == ClientAuth::kSecretBasic &&
                       crypto::equal_constant_time(tag_of(id, secret.reveal()), party->secret_tag);
    if (!right) return refuse_client("secret_wrong");
    return party;
  }
  if (presented.client_id.empty()) return refuse_client("missing");
  TRY(auto party, known(presented.client_id, now));
  if (party->auth != ClientAuth::kNone) return refuse_client("credential_missing");
  return party;
}

core::Result<PartyPtr> PartyService::by_assertion(const PresentedClient& presented,
                                                  core::Instant now) {
  if (presented.client_assertion_type != kClientAssertionType) {
    return refuse_client("assertion_type");
  }
  const auto claimed = asserted_client(presented.client_assertion);
  if (!claimed) return refuse_client("assertion_malformed");
  if (!presented.client_id.empty() && presented.client_id != *claimed) {
    return refuse_client("assertion_of_another");
  }
  TRY(auto party, known(*claimed, now));
  if (party->auth != ClientAuth::kPrivateKeyJwt) return refuse_client("method");
  TRY(auto keys, keys_.of(*party, now));
  const auto verify = [&] {
    return verify_client_assertion(presented.client_assertion, *keys, party->client_id,
                                   presented.audience, now);
  };
  auto once = verify();
  // A party changes its keys when it likes: the new one may be there already.
  if (!once && once.error().reason.ends_with("_key_unknown") && !party->jwks_uri.empty()) {
    TRY(keys, keys_.newer(*party, now));
    once = verify();
  }
  if (!once) return fail(std::move(once).error());
  TRY(const bool first,
      data_.write([&](store::UnitOfWork& unit) { return sql::use_assertion(unit, *once); }));
  if (!first) return refuse_client("assertion_used");
  return party;
}

}  // namespace openid
