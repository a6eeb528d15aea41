#include "openid/token/token_service.h"

#include "codec/base64url.h"
#include "codec/jose.h"
#include "crypto/digest.h"
#include "openid/authorization/authorization_request.h"
#include "openid/token/token.h"

namespace openid {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kVerifierBytesMin = 43;
constexpr std::size_t kVerifierBytesMax = 128;
constexpr std::int64_t kPurgeRows = 500;
constexpr int kPurgeRoundsMax = 200;

auto refuse(std::string_view what) {
  return fail(ErrorCode::kInvalidInput, "oauth." + std::string(what));
}

bool fits_challenge(std::string_view verifier, std::string_view challenge) {
  if (verifier.size() < kVerifierBytesMin || verifier.size() > kVerifierBytesMax) return false;
  const auto digest = codec::to_base64url(crypto::sha256(core::as_bytes(verifier)));
  return crypto::equal_constant_time(core::as_bytes(digest), core::as_bytes(challenge));
}

/// The rows of a new pair of tokens, and what their holder is told.
struct Pair {
  TokenAnswer answer;
  sql::AccessRow access;
  std::optional<sql::RefreshRow> refresh;
};

Pair make_pair_of(const sql::FamilyRow& family, const Texts& scopes, std::string_view jkt,
                  core::Instant now, core::Rng& rng) {
  auto access = make_token(now + TokenService::kAccessLife, rng);
  Pair pair;
  pair.answer.access_token = std::move(access.text);
  pair.answer.token_type = jkt.empty() ? "Bearer" : "DPoP";
  pair.answer.expires_in_s =
      std::chrono::duration_cast<std::chrono::seconds>(TokenService::kAccessLife).count();
  pair.answer.scope = join_words(scopes);
  pair.access = {.key = std::move(access.key),
                 .client_id = family.client_id,
                 .citizen_id = family.citizen_id,
                 .family_id = family.family_id,
                 .scope = pair.answer.scope,
                 .jkt = std::string(jkt),
                 .issued_at = now};
  return pair;
}

void add_refresh(Pair& pair, const sql::FamilyRow& family, core::Rng& rng) {
  auto refresh = make_token(family.expires_at, rng);
  pair.answer.refresh_token = std::move(refresh.text);
  pair.refresh = {.key = std::move(refresh.key),
                  .client_id = family.client_id,
                  .citizen_id = family.citizen_id,
                  .family_id = family.family_id};
}

core::Status insert_pair(store::UnitOfWork& unit, const Pair& pair) {
  TRY_VOID(sql::insert_access(unit, pair.access));
  return pair.refresh ? sql::insert_refresh(unit, *pair.refresh) : core::Status();
}

core::Status put_values(codec::JsonObject& json, const ClaimValues& values) {
  for (const auto& value : values) {
    TRY(auto parsed, codec::parse_json(value.json.reveal()));
    json[value.name] = std::move(parsed);
  }
  return {};
}

core::Status check_proof(const RelyingParty& party, std::string_view jkt) {
  if (party.dpop_required && jkt.empty()) return refuse("invalid_dpop_proof.missing");
  return {};
}

/// A code's family; a public party's refresh tokens are bound to its key (RFC 9449, section 5).
sql::FamilyRow family_of(const sql::CodeRow& code, SignInFacts facts, const RelyingParty& party,
                         std::string_view jkt, core::Instant now) {
  if (party.auth == ClientAuth::kNone) facts.jkt = jkt;
  return {.citizen_id = code.citizen_id,
          .family_id = code.family_id,
          .client_id = code.client_id,
          .session_id = code.session_id,
          .facts = to_text(facts),
          .started_at = now,
          .expires_at = now + TokenService::kFamilyLife};
}

/// The consent under which tokens are made: what it covers; none where they are not to be made.
using Held = std::optional<Texts>;

core::Result<Held> hold_consent(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                const RelyingParty& party, core::Instant now) {
  TRY(auto grant, hold_grant(unit, citizen_id, party.client_id, now));
  if (!grant) return refuse("invalid_grant.consent_ended");
  return Held(std::move(grant->claims));
}

/// The facts of a sign-in without the claims that are not, or no longer, agreed to.
SignInFacts within(SignInFacts facts, const Texts& consented) {
  facts.id_token_claims = common(facts.id_token_claims, consented);
  return facts;
}

core::Status check_code(const sql::CodeRow& code, const AuthorizationRequest& request,
                        const RelyingParty& party, const CodeExchange& exchange,
                        std::string_view jkt) {
  if (code.client_id != party.client_id) return refuse("invalid_grant.code_of_another");
  if (exchange.redirect_uri != request.redirect_uri) return refuse("invalid_grant.redirect_uri");
  if (!fits_challenge(exchange.code_verifier, request.code_challenge)) {
    return refuse("invalid_grant.code_verifier");
  }
  if (!request.dpop_jkt.empty() && request.dpop_jkt != jkt) return refuse("invalid_grant.dpop_key");
  return {};
}

}  // namespace

core::Result<std::string> TokenService::take_proof(std::string_view proof,
                                                   const ProofContext& context, core::Instant now) {
  TRY(auto verified, verify_proof(proof, context, now));
  TRY(const bool first, ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::use_assertion(unit, verified.once);
  }));
  if (!first) return refuse("invalid_dpop_proof.used");
  return std::move(verified.jkt);
}

core::Result<TokenAnswer> TokenService::exchange_code(const RelyingParty& party,
                                                      const CodeExchange& exchange,
                                                      std::string_view jkt, core::Instant now) {
  TRY_VOID(check_proof(party, jkt));
  const auto key = find_token_key(exchange.code, now);
  if (!key) return refuse("invalid_grant.code_unknown");
  TRY(const auto code,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_code(unit, *key); }));
  if (!code) return refuse("invalid_grant.code_unknown");
  TRY(const auto request, request_from_text(code->request));
  TRY(const auto facts, facts_from_text(code->facts));
  TRY_VOID(check_code(*code, request, party, exchange, jkt));
  const auto family = family_of(*code, facts, party, jkt, now);
  auto pair = make_pair_of(family, facts.scopes, jkt, now, ports_.rng);
  if (request.wants("offline_access")) add_refresh(pair, family, ports_.rng);
  // Whoever is second learns it after the commit: what the first got must be taken back for good.
  TRY(const auto consent, ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<Held> {
    TRY(const bool won, sql::use_code(unit, *key, now));
    if (!won) {
      TRY_VOID(sql::revoke_family(unit, code->citizen_id, code->family_id, now));
      return Held();
    }
    TRY(auto held, hold_consent(unit, code->citizen_id, party, now));
    TRY_VOID(sql::insert_family(unit, family));
    TRY_VOID(insert_pair(unit, pair));
    return held;
  }));
  if (!consent) return refuse("invalid_grant.code_used");
  TRY(pair.answer.id_token, id_token(party, family, within(facts, *consent), request.nonce, now));
  return std::move(pair.answer);
}

core::Result<TokenAnswer> TokenService::begin_family(const RelyingParty& party,
                                                     sql::FamilyRow family, std::string_view jkt,
                                                     core::Instant now) {
  TRY_VOID(check_proof(party, jkt));
  TRY(auto facts, facts_from_text(family.facts));
  if (party.auth == ClientAuth::kNone) facts.jkt = jkt;
  family.facts = to_text(facts);
  auto pair = make_pair_of(family, facts.scopes, jkt, now, ports_.rng);
  if (has(facts.scopes, "offline_access")) add_refresh(pair, family, ports_.rng);
  TRY(const auto consent, ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<Held> {
    TRY(auto held, hold_consent(unit, family.citizen_id, party, now));
    TRY_VOID(sql::insert_family(unit, family));
    TRY_VOID(insert_pair(unit, pair));
    return held;
  }));
  TRY(pair.answer.id_token, id_token(party, family, within(facts, *consent), "", now));
  return std::move(pair.answer);
}

core::Result<TokenAnswer> TokenService::refresh(const RelyingParty& party, std::string_view token,
                                                std::string_view scope, std::string_view jkt,
                                                core::Instant now) {
  TRY_VOID(check_proof(party, jkt));
  const auto key = find_token_key(token, now);
  if (!key) return refuse("invalid_grant.refresh_token_unknown");
  struct Rows {
    std::optional<sql::RefreshRow> refresh;
    std::optional<sql::FamilyRow> family;
  };
  TRY(const auto rows, ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<Rows> {
    Rows found;
    TRY(found.refresh, sql::find_refresh(unit, *key));
    if (!found.refresh) return found;
    TRY(found.family, sql::find_family(unit, found.refresh->citizen_id, found.refresh->family_id));
    return found;
  }));
  if (!rows.refresh || !rows.family || rows.refresh->client_id != party.client_id) {
    return refuse("invalid_grant.refresh_token_unknown");
  }
  if (rows.family->revoked) return refuse("invalid_grant.sign_in_ended");
  TRY(const auto facts, facts_from_text(rows.family->facts));
  if (facts.jkt != (party.auth == ClientAuth::kNone ? jkt : facts.jkt)) {
    return refuse("invalid_grant.dpop_key");
  }
  const auto scopes = scope.empty() ? facts.scopes : split_words(scope);
  for (const auto& wanted : scopes) {
    if (!has(facts.scopes, wanted)) return refuse("invalid_scope.wider");
  }
  auto pair = make_pair_of(*rows.family, scopes, jkt, now, ports_.rng);
  add_refresh(pair, *rows.family, ports_.rng);
  TRY(const auto consent, ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<Held> {
    TRY(const bool won, sql::use_refresh(unit, *key, now));
    if (!won) {
      TRY_VOID(sql::revoke_family(unit, rows.family->citizen_id, rows.family->family_id, now));
      return Held();
    }
    TRY_VOID(touch_grant(unit, rows.family->citizen_id, party.client_id, now));
    TRY(auto held, hold_consent(unit, rows.family->citizen_id, party, now));
    TRY_VOID(insert_pair(unit, pair));
    return held;
  }));
  if (!consent) return refuse("invalid_grant.refresh_token_used");
  if (has(scopes, "openid")) {
    TRY(pair.answer.id_token, id_token(party, *rows.family, within(facts, *consent), "", now));
  }
  return std::move(pair.answer);
}

core::Result<PendingTokens> TokenService::serve_client(const RelyingParty& party,
                                                       std::string_view scope, std::string_view jkt,
                                                       core::Instant now) {
  if (party.service_scopes.empty()) return refuse("unauthorized_client");
  TRY_VOID(check_proof(party, jkt));
  const auto scopes = scope.empty() ? party.service_scopes : split_words(scope);
  for (const auto& wanted : scopes) {
    if (!has(party.service_scopes, wanted)) return refuse("invalid_scope.not_registered");
  }
  auto token = make_token(now + kAccessLife, ports_.rng);
  TokenAnswer answer;
  answer.token_type = jkt.empty() ? "Bearer" : "DPoP";
  answer.expires_in_s = std::chrono::duration_cast<std::chrono::seconds>(kAccessLife).count();
  answer.scope = join_words(scopes);
  sql::AccessRow row{.key = std::move(token.key),
                     .client_id = party.client_id,
                     .citizen_id = {},
                     .family_id = {},
                     .scope = answer.scope,
                     .jkt = std::string(jkt),
                     .issued_at = now};
  answer.access_token = std::move(token.text);
  return PendingTokens{
      std::move(answer), [this, row = std::move(row)](Stored stored) {
        ports_.data.write_then(
            [row](store::UnitOfWork& unit) { return sql::insert_access(unit, row); },
            std::move(stored));
      }};
}

core::Result<std::optional<TokenService::Found>> TokenService::find_active(std::string_view token,
                                                                           core::Instant now) {
  const auto key = find_token_key(token, now);
  if (!key) return std::optional<Found>();
  TRY(auto found,
      ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<std::optional<Found>> {
        TRY(auto row, sql::find_access(unit, *key));
        if (!row) return std::optional<Found>();
        Found answer{std::move(*row), {}, {}};
        if (answer.row.citizen_id && answer.row.family_id) {
          const auto& citizen_id = *answer.row.citizen_id;
          TRY(answer.family, sql::find_family(unit, citizen_id, *answer.row.family_id));
          TRY(answer.grant, find_grant(unit, citizen_id, answer.row.client_id));
        }
        return std::optional(std::move(answer));
      }));
  if (!found) return found;
  const bool ended = found->row.family_id && (!found->family || found->family->revoked ||
                                              !found->grant || !found->grant->is_live(now));
  return ended ? std::optional<Found>() : std::move(found);
}

core::Result<std::optional<TokenFacts>> TokenService::introspect(const RelyingParty& asking,
                                                                 std::string_view token,
                                                                 core::Instant now) {
  TRY(const auto found, find_active(token, now));
  if (!found) return std::optional<TokenFacts>();
  const auto& row = found->row;
  if (row.client_id != asking.client_id && !asking.introspects_all) {
    return std::optional<TokenFacts>();
  }
  TokenFacts facts{.client_id = row.client_id,
                   .citizen_id = row.citizen_id,
                   .scope = row.scope,
                   .jkt = row.jkt,
                   .issued_at = row.issued_at,
                   .expires_at = expiry_of(row.key),
                   .sign_in = {}};
  if (found->family) {
    TRY(facts.sign_in, facts_from_text(found->family->facts));
  }
  return std::optional(std::move(facts));
}

core::Status TokenService::revoke(const RelyingParty& party, std::string_view token,
                                  core::Instant now) {
  const auto key = find_token_key(token, now);
  if (!key) return {};
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto refresh, sql::find_refresh(unit, *key));
    if (refresh && refresh->client_id == party.client_id) {
      return sql::revoke_family(unit, refresh->citizen_id, refresh->family_id, now);
    }
    TRY(const auto access, sql::find_access(unit, *key));
    if (!access || access->client_id != party.client_id) return {};
    return sql::delete_access(unit, *key);
  });
}

core::Result<UserInfoRight> TokenService::check_userinfo(const PresentedToken& presented,
                                                         PartyService& parties, core::Instant now) {
  const auto refuse_token = [](std::string_view why) {
    return fail(ErrorCode::kUnauthenticated, "oauth.invalid_token." + std::string(why));
  };
  TRY(const auto found, find_active(presented.token, now));
  if (!found) return refuse_token("not_active");
  // A bound token is no bearer token, and a proof for an unbound one proves nothing.
  if (found->row.jkt != presented.jkt || presented.with_dpop != !found->row.jkt.empty()) {
    return refuse_token("presented_otherwise_than_issued");
  }
  const auto scopes = split_words(found->row.scope);
  if (!found->family || !has(scopes, "openid")) {
    return fail(ErrorCode::kForbidden, "oauth.insufficient_scope");
  }
  TRY(auto facts, facts_from_text(found->family->facts));
  TRY(auto party, parties.get(found->row.client_id, now));
  if (party->disabled) return refuse_token("party_disabled");
  return UserInfoRight{std::move(party), found->family->citizen_id,
                       common(facts.userinfo_claims, found->grant->claims)};
}

core::Result<codec::JsonObject> TokenService::userinfo_json(const UserInfoRight& right,
                                                            const ClaimValues& values) const {
  codec::JsonObject json{{"sub", pseudonyms_.sub(*right.party, right.citizen_id)}};
  TRY_VOID(put_values(json, values));
  return json;
}

core::Status TokenService::add_claims(codec::JsonObject& json, const CitizenId& citizen_id,
                                      std::string_view client_id, const Texts& claims,
                                      core::Instant now) {
  if (claims.empty()) return {};
  const auto values = ports_.claims.release(citizen_id, client_id, claims, now);
  if (values) return put_values(json, *values);
  // The consent ended in this very moment.
  const bool ended = values.error().code == ErrorCode::kForbidden;
  return ended ? refuse("invalid_grant.consent_ended") : fail(values.error());
}

core::Result<std::string> TokenService::id_token(const RelyingParty& party,
                                                 const sql::FamilyRow& family,
                                                 const SignInFacts& facts, std::string_view nonce,
                                                 core::Instant now) {
  codec::JsonObject claims{{"iss", address_.issuer},
                           {"sub", pseudonyms_.sub(party, family.citizen_id)},
                           {"aud", party.client_id},
                           {"iat", now.seconds()},
                           {"exp", (now + kIdTokenLife).seconds()},
                           {"auth_time", facts.auth_time.seconds()},
                           {"acr", facts.acr},
                           {"amr", codec::JsonArray(facts.amr.begin(), facts.amr.end())},
                           {"sid", pseudonyms_.sid(party, family.session_id)}};
  if (!nonce.empty()) claims["nonce"] = nonce;
  TRY_VOID(add_claims(claims, family.citizen_id, party.client_id, facts.id_token_claims, now));
  return sign(claims, "JWT", now);
}

core::Result<std::string> TokenService::sign(const codec::JsonObject& claims, std::string_view typ,
                                             core::Instant now) {
  TRY(const auto key, ports_.keys.current(now));
  return codec::make_jws_es256(claims, key.key, {.kid = key.kid, .typ = typ});
}

core::Status TokenService::purge(core::Instant now) {
  for (int round = 0; round < kPurgeRoundsMax; ++round) {
    TRY(const auto most, ports_.data.write([&](store::UnitOfWork& unit) {
      return sql::purge_tokens(unit, now, kPurgeRows);
    }));
    if (most < kPurgeRows) return {};
  }
  return {};
}

}  // namespace openid
