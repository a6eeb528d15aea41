#include "openid/logout/logout_service.h"

#include <set>

#include "codec/base64url.h"
#include "codec/jose.h"
#include "openid/authorization/authorization_store.h"
#include "openid/authorization/redirect.h"
#include "openid/client/redirect_uri.h"
#include "openid/token/facts.h"
#include "openid/token/token.h"

namespace openid {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kEvent = "http://schemas.openid.net/event/backchannel-logout";
constexpr core::Duration kTokenLife = std::chrono::minutes(2);
constexpr std::size_t kStateMax = 1024;

std::string text_of(const codec::JsonObject& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Who is to be told of what; ids only, so that it may lie in the outbox as it is.
core::Bytes payload_of(const sql::FamilyRow& family) {
  const auto text =
      codec::to_text(codec::JsonObject{{"client_id", family.client_id},
                                       {"citizen_id", family.citizen_id.to_string()},
                                       {"session_id", codec::to_base64url(family.session_id)}});
  return core::to_bytes(core::as_bytes(text));
}

}  // namespace

core::Status LogoutService::sessions_ended(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                           core::ByteView ended, core::ByteView kept,
                                           core::Instant now) {
  TRY(const auto families, sql::list_live_families(unit, citizen_id, now));
  std::set<std::string> told;
  for (const auto& family : families) {
    const bool concerned = ended.empty() ? core::to_bytes(kept) != family.session_id
                                         : core::to_bytes(ended) == family.session_id;
    if (!concerned) continue;
    const auto key = family.client_id + "|" + codec::to_base64url(family.session_id);
    if (told.insert(key).second) {
      TRY_VOID(store::enqueue(unit,
                              {.kind = std::string(kLogoutKind),
                               .dedup_key = key,
                               .payload = payload_of(family),
                               .not_before = {}},
                              now, ports_.rng));
    }
    TRY(const auto facts, facts_from_text(family.facts));
    if (has(facts.scopes, "offline_access")) continue;
    TRY_VOID(sql::revoke_family(unit, citizen_id, family.family_id, now));
  }
  return {};
}

core::Result<store::OutboxOutcome> LogoutService::deliver(const store::OutboxDelivery& delivery,
                                                          core::Instant now) {
  const auto malformed = [] { return store::OutboxOutcome(store::GiveUp{"logout.malformed"}); };
  const auto json = codec::parse_json(core::as_text(delivery.payload));
  if (!json || !json->is_object()) return malformed();
  const auto& object = json->get_object();
  const auto citizen_id = CitizenId::parse(text_of(object, "citizen_id"));
  const auto session_id = codec::from_base64url(text_of(object, "session_id"));
  if (!citizen_id || !session_id) return malformed();
  const auto party = ports_.parties.get(text_of(object, "client_id"), now);
  if (!party) {
    if (party.error().code == ErrorCode::kNotFound) return malformed();
    return fail(party.error());
  }
  const auto& url = (*party)->backchannel_logout_uri;
  if (url.empty() || (*party)->disabled) return store::OutboxOutcome(store::Delivered{});
  const codec::JsonObject claims{{"iss", address_.issuer},
                                 {"aud", (*party)->client_id},
                                 {"iat", now.seconds()},
                                 {"exp", (now + kTokenLife).seconds()},
                                 {"jti", codec::to_base64url(core::random_bytes(ports_.rng, 16))},
                                 {"sub", ports_.tokens.pseudonyms().sub(**party, *citizen_id)},
                                 {"sid", ports_.tokens.pseudonyms().sid(**party, *session_id)},
                                 {"events", codec::JsonObject{{kEvent, codec::JsonObject{}}}}};
  TRY(const auto token, ports_.tokens.sign(claims, "logout+jwt", now));
  TRY(const int status, ports_.sender.post_form(url, {{"logout_token", token}}));
  if (status == 200 || status == 204) return store::OutboxOutcome(store::Delivered{});
  // 400: the party says that it could not do it, and would say so again.
  if (status == 400) return store::OutboxOutcome(store::GiveUp{"logout.refused"});
  return store::OutboxOutcome(store::RetryAfter{"logout.status"});
}

std::optional<LogoutService::Hint> LogoutService::read_hint(std::string_view id_token,
                                                            core::Instant now) {
  const auto set = ports_.keys.published(now);
  if (!set) return std::nullopt;
  const auto keys = codec::JwkSet::parse(codec::to_text(*set));
  if (!keys) return std::nullopt;
  // An expired id_token is still a hint (RP-Initiated Logout 1.0, section 4).
  const auto verified = codec::verify_jws(id_token, *keys);
  if (!verified || text_of(verified->claims, "iss") != address_.issuer) return std::nullopt;
  const auto party = ports_.parties.get(text_of(verified->claims, "aud"), now);
  if (!party || (*party)->disabled) return std::nullopt;
  return Hint{*party, text_of(verified->claims, "sid")};
}

core::Result<std::string> LogoutService::begin(const Parameters& parameters, core::Instant now) {
  std::optional<Hint> hint;
  if (const auto token = openid::find(parameters, "id_token_hint")) hint = read_hint(*token, now);
  const auto client_id = openid::find(parameters, "client_id");
  if (!hint && client_id) {
    const auto party = ports_.parties.get(*client_id, now);
    if (party && !(*party)->disabled) hint = Hint{*party, {}};
  }
  if (hint && client_id && *client_id != hint->party->client_id) hint.reset();
  std::string location;
  const auto back = openid::find(parameters, "post_logout_redirect_uri");
  const auto state = openid::find(parameters, "state").value_or("");
  // Only for whoever holds an id_token: a client_id is known to everybody.
  if (hint && !hint->sid.empty() && back && state.size() <= kStateMax &&
      is_registered_uri(*hint->party, hint->party->post_logout_redirect_uris, *back)) {
    location = with_query(*back, {{"state", std::string(state)}});
  }
  const codec::JsonObject kept{
      {"logout", true}, {"location", location}, {"sid", hint ? hint->sid : std::string()}};
  const auto token = make_token(now + kRequestLife, ports_.rng);
  const auto party_id = hint ? hint->party->client_id : std::string();
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::insert_request(unit, {token.key, party_id, codec::to_text(kept)});
  }));
  return "/sign-out?request=" + token.text.reveal();
}

core::Result<LogoutView> LogoutService::view(std::string_view logout_id, core::Instant now) {
  const auto unknown = [] { return fail(ErrorCode::kNotFound, "logout.unknown"); };
  const auto key = find_token_key(logout_id, now);
  if (!key) return unknown();
  TRY(const auto row,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_request(unit, *key); }));
  if (!row) return unknown();
  const auto json = codec::parse_json(row->request);
  if (!json || !json->is_object() || !json->get_object().contains("logout")) return unknown();
  LogoutView view;
  view.location = text_of(json->get_object(), "location");
  view.sid = text_of(json->get_object(), "sid");
  if (!row->client_id.empty()) {
    TRY(view.party, ports_.parties.get(row->client_id, now));
  }
  return view;
}

bool LogoutService::is_of(const LogoutView& view, const SignedIn& who) const {
  return view.party != nullptr && !view.sid.empty() &&
         view.sid == ports_.tokens.pseudonyms().sid(*view.party, who.session_id);
}

}  // namespace openid
