#include "openid/authorization/authorization_service.h"

#include <array>

#include "audit/operation_log.h"
#include "codec/base64url.h"
#include "openid/authorization/agreement.h"
#include "openid/authorization/authorization_store.h"
#include "openid/authorization/redirect.h"
#include "openid/token/facts.h"
#include "openid/token/token.h"
#include "openid/token/token_store.h"

namespace openid {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kClientIdBytesMax = 64;

bool is_fresh(const AuthorizationRequest& request, const SignedIn& who, core::Instant now) {
  if (request.prompts("login") || request.prompts("select_account")) {
    return who.auth_time >= request.asked_at;
  }
  if (!request.max_age_s) return true;
  return who.auth_time + std::chrono::seconds(*request.max_age_s) >= now ||
         who.auth_time >= request.asked_at;
}

SignInFacts facts_of(const AuthorizationRequest& request, const SignedIn& who) {
  return {.scopes = request.scopes,
          .id_token_claims = request.id_token_claims,
          .userinfo_claims = request.userinfo_claims,
          .auth_time = who.auth_time,
          .acr = who.acr,
          .amr = who.amr,
          .jkt = {}};
}

}  // namespace

std::string_view name_of(AuthorizationState state) {
  switch (state) {
    case AuthorizationState::kSignIn:
      return "sign_in";
    case AuthorizationState::kReenter:
      return "reenter";
    case AuthorizationState::kProve:
      return "prove";
    case AuthorizationState::kConsent:
      return "consent";
    case AuthorizationState::kReady:
      return "ready";
  }
  return "sign_in";
}

std::optional<Decision> find_decision(std::string_view name) {
  if (name == "continue") return Decision::kContinue;
  if (name == "agree") return Decision::kAgree;
  if (name == "refuse") return Decision::kRefuse;
  return std::nullopt;
}

core::Status AuthorizationService::note(const RelyingParty& party, const RequestRefusal& refusal,
                                        core::Instant now) {
  if (refusal.excess.empty()) return {};
  return ports_.parties.note_excess(party.client_id, refusal.excess, now);
}

std::string AuthorizationService::back_with_error(const AuthorizationRequest& request,
                                                  const core::Error& error) const {
  return with_query(request.redirect_uri, {{"error", oauth_code(error)},
                                           {"error_description", oauth_description(error)},
                                           {"state", request.state},
                                           {"iss", address_.issuer}});
}

core::Result<std::optional<AuthorizationRequest>> AuthorizationService::find_pushed(
    const Parameters& parameters, core::Instant now) {
  const auto none = std::optional<AuthorizationRequest>();
  const auto uri = openid::find(parameters, "request_uri");
  if (!uri || !uri->starts_with(kRequestUriPrefix)) return none;
  const auto key = find_token_key(uri->substr(kRequestUriPrefix.size()), now);
  if (!key) return none;
  TRY(const auto row,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_request(unit, *key); }));
  if (!row || openid::find(parameters, "client_id") != row->client_id) return none;
  TRY(auto request, request_from_text(row->request));
  request.pushed_key = codec::to_base64url(*key);
  request.asked_at = now;
  return std::optional(std::move(request));
}

core::Status AuthorizationService::end(store::UnitOfWork& unit, const Kept& kept) {
  TRY(const bool first, sql::delete_request(unit, kept.key));
  if (!first) return fail(ErrorCode::kNotFound, "authorization.unknown");
  if (kept.request.pushed_key.empty()) return {};
  TRY(const auto pushed, codec::from_base64url(kept.request.pushed_key));
  TRY_VOID(sql::delete_request(unit, pushed));
  return {};
}

core::Result<Destination> AuthorizationService::begin(const Parameters& parameters,
                                                      core::Instant now) {
  const auto wrong = [](std::string_view reason) {
    return Destination{"/authorize?problem=" + std::string(reason)};
  };
  const auto client_id = openid::find(parameters, "client_id").value_or("");
  if (client_id.empty() || client_id.size() > kClientIdBytesMax) {
    return wrong("authorization.party_unknown");
  }
  const auto party = ports_.parties.get(client_id, now);
  if (!party && party.error().code != ErrorCode::kNotFound) return fail(party.error());
  if (!party || (*party)->disabled) return wrong("authorization.party_unknown");
  if (openid::find(parameters, "request_uri")) {
    TRY(const auto pushed, find_pushed(parameters, now));
    if (!pushed) return wrong("authorization.request_uri");
    TRY(const auto id, keep(*pushed, now));
    return Destination{"/authorize?request=" + id};
  }
  if (!check_redirect_uri(parameters, **party)) return wrong("authorization.redirect_uri");
  auto request = parse_authorization_request(parameters, **party, now);
  if (request && (*party)->par_required) {
    request = tl::unexpected(
        RequestRefusal{{ErrorCode::kInvalidInput, "oauth.invalid_request.push_it_first", {}}, {}});
  }
  if (!request) {
    TRY_VOID(note(**party, request.error(), now));
    AuthorizationRequest back;
    back.redirect_uri = openid::find(parameters, "redirect_uri").value_or("");
    const auto state = openid::find(parameters, "state").value_or("");
    if (state.size() <= kStateBytesMax) back.state = state;
    return Destination{back_with_error(back, request.error().error)};
  }
  TRY(const auto id, keep(*request, now));
  return Destination{"/authorize?request=" + id};
}

core::Result<PushedRequest> AuthorizationService::push(const RelyingParty& party,
                                                       const Parameters& parameters,
                                                       std::string_view proven_jkt,
                                                       core::Instant now) {
  if (openid::find(parameters, "request_uri")) {
    return fail(ErrorCode::kInvalidInput, "oauth.invalid_request.request_uri");
  }
  if (!check_redirect_uri(parameters, party)) {
    return fail(ErrorCode::kInvalidInput, "oauth.invalid_request.redirect_uri");
  }
  auto request = parse_authorization_request(parameters, party, now);
  if (!request) {
    TRY_VOID(note(party, request.error(), now));
    return fail(request.error().error);
  }
  if (!proven_jkt.empty()) {
    if (!request->dpop_jkt.empty() && request->dpop_jkt != proven_jkt) {
      return fail(ErrorCode::kInvalidInput, "oauth.invalid_dpop_proof.another_key");
    }
    request->dpop_jkt = proven_jkt;
  }
  const auto token = make_token(now + kPushedLife, ports_.rng);
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::insert_request(unit, {token.key, party.client_id, to_text(*request)});
  }));
  return PushedRequest{std::string(kRequestUriPrefix) + token.text.reveal(),
                       std::chrono::duration_cast<std::chrono::seconds>(kPushedLife).count()};
}

core::Result<std::string> AuthorizationService::keep(const AuthorizationRequest& request,
                                                     core::Instant now) {
  const auto token = make_token(now + kRequestLife, ports_.rng);
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::insert_request(unit, {token.key, request.client_id, to_text(request)});
  }));
  return token.text.reveal();
}

core::Result<AuthorizationService::Kept> AuthorizationService::find(std::string_view request_id,
                                                                    core::Instant now) {
  const auto unknown = [] { return fail(ErrorCode::kNotFound, "authorization.unknown"); };
  const auto key = find_token_key(request_id, now);
  if (!key) return unknown();
  TRY(const auto row,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_request(unit, *key); }));
  if (!row) return unknown();
  TRY(auto request, request_from_text(row->request));
  TRY(auto party, ports_.parties.get(row->client_id, now));
  if (party->disabled) return unknown();
  return Kept{*key, std::move(request), std::move(party)};
}

core::Result<AuthorizationState> AuthorizationService::state_of(const Kept& kept,
                                                                const std::optional<SignedIn>& who,
                                                                core::Instant now) {
  const auto& request = kept.request;
  if (!who) return AuthorizationState::kSignIn;
  if (!is_fresh(request, *who, now)) return AuthorizationState::kReenter;
  if (!request.acr_wanted.empty() && who->acr != request.acr_wanted) {
    return AuthorizationState::kProve;
  }
  if (request.prompts("consent") || !request.device_key.empty()) {
    return AuthorizationState::kConsent;
  }
  TRY(const auto grant, ports_.data.read([&](store::UnitOfWork& unit) {
    return find_grant(unit, who->citizen_id, kept.party->client_id);
  }));
  const bool agreed = grant && allows(*grant, *kept.party, request, now);
  return agreed ? AuthorizationState::kReady : AuthorizationState::kConsent;
}

core::Result<AuthorizationView> AuthorizationService::view(std::string_view request_id,
                                                           const Reader& reader,
                                                           core::Instant now) {
  const auto& who = reader.who;
  TRY(const auto kept, find(request_id, now));
  TRY(const auto state, state_of(kept, who, now));
  AuthorizationView view;
  // prompt=none is answered in any case, so the page has nothing to show.
  view.state = kept.request.prompts("none") ? AuthorizationState::kReady : state;
  view.party = kept.party;
  view.claims = kept.request.all_claims();
  view.offline_access = kept.request.wants("offline_access");
  view.is_device = !kept.request.device_key.empty();
  if (view.state == AuthorizationState::kConsent) {
    TRY(view.values, ports_.claims.preview(who->citizen_id, view.claims, now));
    TRY(const auto before, ports_.data.read([&](store::UnitOfWork& unit) {
      return find_grant(unit, who->citizen_id, kept.party->client_id);
    }));
    const auto grant = widened(before, *kept.party, kept.request, now);
    view.document = document_of(kept, grant, reader.language);
    view.expires_at = terms_.expiry(now);
  }
  return view;
}

core::Result<Destination> AuthorizationService::decide(std::string_view request_id,
                                                       const Answer& answer,
                                                       const std::optional<SignedIn>& who,
                                                       core::Instant now) {
  TRY(const auto kept, find(request_id, now));
  const auto decision = answer.decision;
  if (decision == Decision::kRefuse) return turn_down(kept, "oauth.access_denied", now);
  TRY(const auto state, state_of(kept, who, now));
  if (kept.request.prompts("none") && state != AuthorizationState::kReady) {
    const bool signs_in =
        state == AuthorizationState::kSignIn || state == AuthorizationState::kReenter;
    const bool consents = state == AuthorizationState::kConsent;
    return turn_down(kept,
                     signs_in   ? "oauth.login_required"
                     : consents ? "oauth.consent_required"
                                : "oauth.interaction_required",
                     now);
  }
  if (state == AuthorizationState::kReady) return conclude(kept, *who, {}, now);
  if (!who) return fail(ErrorCode::kUnauthenticated, "session.required");
  if (state == AuthorizationState::kConsent && decision == Decision::kAgree) {
    if (answer.document_sha256.empty()) {
      return fail(ErrorCode::kInvalidInput, "authorization.document_needed");
    }
    return conclude(kept, *who, answer.document_sha256, now);
  }
  return fail(ErrorCode::kConflict, "authorization.not_ready");
}

core::Result<Destination> AuthorizationService::conclude(const Kept& kept, const SignedIn& who,
                                                         const std::string& document_sha256,
                                                         core::Instant now) {
  const auto& request = kept.request;
  const auto& party = kept.party;
  const auto code = make_token(now + kCodeLife, ports_.rng);
  const auto facts = to_text(facts_of(request, who));
  const sql::CodeRow row{.key = code.key,
                         .client_id = party->client_id,
                         .citizen_id = who.citizen_id,
                         .family_id = FamilyId::make(now, ports_.rng),
                         .session_id = who.session_id,
                         .request = to_text(request),
                         .facts = facts};
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(end(unit, kept));
    if (!document_sha256.empty()) {
      TRY_VOID(put_agreement(unit, kept, {who, document_sha256}, now));
    } else {
      TRY_VOID(touch_grant(unit, who.citizen_id, party->client_id, now));
      // Withdrawn or narrowed since the page was shown: the citizen has to be asked after all.
      TRY(const auto grant, hold_grant(unit, who.citizen_id, party->client_id, now));
      if (!grant || !allows(*grant, *party, request, now)) {
        return fail(ErrorCode::kConflict, "authorization.not_ready");
      }
    }
    TRY_VOID(audit::record_operation(unit, {who.citizen_id, "party.signed_in", party->name.ru}, now,
                                     ports_.rng));
    if (!request.device_key.empty()) {
      return devices_->decide(unit, request.device_key, &who, facts);
    }
    return sql::insert_code(unit, row);
  }));
  if (!request.device_key.empty()) return Destination{"/device?result=agreed"};
  return Destination{with_query(
      request.redirect_uri,
      {{"code", code.text.reveal()}, {"state", request.state}, {"iss", address_.issuer}})};
}

ConsentDocument AuthorizationService::document_of(const Kept& kept, const PartyGrant& grant,
                                                  std::string_view language) const {
  return make_consent_document({*kept.party, grant.claims, grant.offline_access}, terms_, language);
}

core::Status AuthorizationService::put_agreement(store::UnitOfWork& unit, const Kept& kept,
                                                 const Agreement& agreement, core::Instant now) {
  const auto& party = *kept.party;
  const auto& citizen_id = agreement.who.citizen_id;
  TRY(const auto before, find_grant(unit, citizen_id, party.client_id));
  auto grant = widened(before, party, kept.request, now);
  auto document = document_of(kept, grant, "ru");
  if (document.sha256 != agreement.document_sha256) document = document_of(kept, grant, "en");
  if (document.sha256 != agreement.document_sha256) {
    return fail(ErrorCode::kConflict, "authorization.document_changed");
  }
  // Tokens of an agreement that has ended do not come back to life with a new one.
  if (before && !before->is_live(now)) {
    TRY_VOID(sql::revoke_families_of(unit, citizen_id, party.client_id, now));
  }
  grant.citizen_id = citizen_id;
  grant.expires_at = terms_.expiry(now);
  grant.document_sha256 = document.sha256;
  TRY_VOID(keep_consent_document(unit, document));
  TRY_VOID(put_grant(unit, grant));
  return audit::record_operation(unit, {citizen_id, "party.agreed", party.name.ru}, now,
                                 ports_.rng);
}

core::Result<Destination> AuthorizationService::turn_down(const Kept& kept, std::string_view error,
                                                          core::Instant /*now*/) {
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(end(unit, kept));
    if (kept.request.device_key.empty()) return {};
    return devices_->decide(unit, kept.request.device_key, nullptr, {});
  }));
  if (!kept.request.device_key.empty()) return Destination{"/device?result=refused"};
  const core::Error told{ErrorCode::kForbidden, std::string(error), {}};
  return Destination{back_with_error(kept.request, told)};
}

}  // namespace openid
