#include "openid/authorization/authorization_request.h"

#include <array>
#include <charconv>

#include "openid/claims.h"
#include "openid/client/redirect_uri.h"

namespace openid {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kScopeBytesMax = 512;
constexpr std::size_t kChallengeBytes = 43;  // SHA-256 in base64url
constexpr std::int64_t kMaxAgeMax = 100LL * 365 * 24 * 3600;
constexpr std::size_t kAskedClaimsMax = 64;

core::Error refusal(std::string_view what) {
  return {ErrorCode::kInvalidInput, "oauth." + std::string(what), {}};
}
auto refuse(std::string_view what) { return tl::unexpected(RequestRefusal{refusal(what), {}}); }

auto refuse_excess(std::string_view what, std::string excess) {
  return tl::unexpected(RequestRefusal{refusal(what), std::move(excess)});
}

using Outcome = tl::expected<void, RequestRefusal>;

bool is_base64url(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

bool may_have_scope(const RelyingParty& party, std::string_view scope) {
  if (scope == "openid") return true;
  if (scope == "offline_access") return party.offline_access;
  const auto claims = claims_of_scope(scope);
  return std::any_of(claims.begin(), claims.end(),
                     [&](const auto& claim) { return has(party.claims, claim); });
}

/// Names only scopes that exist: what the registrar reads must not be a stranger's text.
std::string excess_of_scope(std::string_view scope) {
  const bool known = has(claim_scopes(), scope) || scope == "offline_access";
  return "scope:" + (known ? std::string(scope) : std::string("unknown"));
}

Outcome read_scope(std::string_view scope, const RelyingParty& party, AuthorizationRequest& into) {
  if (scope.size() > kScopeBytesMax) return refuse("invalid_scope.too_long");
  into.scopes = split_words(scope);
  if (!into.wants("openid")) return refuse("invalid_scope.openid_missing");
  for (const auto& wanted : into.scopes) {
    if (!may_have_scope(party, wanted)) {
      return refuse_excess("invalid_scope.not_registered", excess_of_scope(wanted));
    }
    // Of a scope's claims only the registered ones are meant: that is what the party asked for
    // then.
    for (const auto& claim : claims_of_scope(wanted)) {
      if (has(party.claims, claim)) into.userinfo_claims.push_back(claim);
    }
  }
  return {};
}

Outcome read_challenge(const Parameters& parameters, AuthorizationRequest& into) {
  if (find(parameters, "response_type") != "code") {
    return refuse(find(parameters, "response_type") ? "unsupported_response_type"
                                                    : "invalid_request.response_type_missing");
  }
  const auto mode = find(parameters, "response_mode");
  if (mode && mode != "query") return refuse("invalid_request.response_mode");
  const auto challenge = find(parameters, "code_challenge");
  if (!challenge) return refuse("invalid_request.code_challenge_missing");
  // "plain" is what an absent method means (RFC 7636, 4.3), and it protects nothing.
  if (find(parameters, "code_challenge_method") != "S256") {
    return refuse("invalid_request.code_challenge_method");
  }
  if (challenge->size() != kChallengeBytes || !is_base64url(*challenge)) {
    return refuse("invalid_request.code_challenge");
  }
  into.code_challenge = *challenge;
  return {};
}

Outcome read_bounded_texts(const Parameters& parameters, AuthorizationRequest& into) {
  into.nonce = find(parameters, "nonce").value_or("");
  if (into.nonce.size() > kNonceBytesMax) return refuse("invalid_request.nonce_too_long");
  into.dpop_jkt = find(parameters, "dpop_jkt").value_or("");
  if (!into.dpop_jkt.empty() &&
      (into.dpop_jkt.size() != kChallengeBytes || !is_base64url(into.dpop_jkt))) {
    return refuse("invalid_request.dpop_jkt");
  }
  const auto acr = find(parameters, "acr_values");
  if (acr && acr->size() > kScopeBytesMax) return refuse("invalid_request.acr_values");
  return {};
}

Outcome read_prompt(const Parameters& parameters, AuthorizationRequest& into) {
  constexpr std::array<std::string_view, 4> kWords{"none", "login", "consent", "select_account"};
  into.prompt = split_words(find(parameters, "prompt").value_or(""));
  for (const auto& word : into.prompt) {
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) {
      return refuse("invalid_request.prompt");
    }
  }
  if (into.prompts("none") && into.prompt.size() > 1) return refuse("invalid_request.prompt");
  const auto age = find(parameters, "max_age");
  if (!age) return {};
  std::int64_t seconds = 0;
  const auto read = std::from_chars(age->data(), age->data() + age->size(), seconds);
  if (read.ec != std::errc{} || read.ptr != age->data() + age->size() || seconds < 0 ||
      seconds > kMaxAgeMax) {
    return refuse("invalid_request.max_age");
  }
  into.max_age_s = seconds;
  return {};
}

Outcome read_acr(const codec::Json& ask, AuthorizationRequest& into) {
  const auto* object = ask.if_object();
  if (object == nullptr) return {};
  const auto* essential = object->if_contains("essential");
  if (essential == nullptr || !essential->is_bool() || !essential->get_bool()) return {};
  Texts wanted;
  if (const auto* value = object->if_contains("value"); value != nullptr && value->is_string()) {
    wanted.emplace_back(value->get_string());
  }
  if (const auto* values = object->if_contains("values"); values != nullptr && values->is_array()) {
    for (const auto& item : values->get_array()) {
      if (item.is_string()) wanted.emplace_back(item.get_string());
    }
  }
  if (wanted.empty() || has(wanted, kAcrPhone)) return {};
  if (!has(wanted, kAcrVerified)) return refuse("unmet_authentication_requirements");
  into.acr_wanted = kAcrVerified;
  return {};
}

/// Claims that are facts of the sign-in and given anyway.
bool is_sign_in_fact(std::string_view name) {
  constexpr std::array<std::string_view, 6> kFacts{"sub", "auth_time", "acr",
                                                   "amr", "iss",       "nonce"};
  return std::find(kFacts.begin(), kFacts.end(), name) != kFacts.end();
}

Outcome read_claim_list(const codec::Json* list, const RelyingParty& party, Texts& into,
                        AuthorizationRequest& request) {
  if (list == nullptr) return {};
  const auto* object = list->if_object();
  if (object == nullptr || object->size() > kAskedClaimsMax) {
    return refuse("invalid_request.claims");
  }
  for (const auto& [key, ask] : *object) {
    const std::string_view name = key;
    if (name == "acr") {
      if (auto read = read_acr(ask, request); !read) return read;
    }
    // Unknown claims are passed over (OpenID Connect Core, 5.5); known ones must be registered.
    if (is_sign_in_fact(name) || !has(all_claims(), name)) continue;
    if (!has(party.claims, name)) {
      return refuse_excess("access_denied.claim_not_registered", "claim:" + std::string(name));
    }
    if (!has(into, name)) into.emplace_back(name);
  }
  return {};
}

Outcome read_claims(const Parameters& parameters, const RelyingParty& party,
                    AuthorizationRequest& into) {
  const auto text = find(parameters, "claims");
  if (!text) return {};
  const auto json = codec::parse_json(*text, {.bytes_max = 8192, .depth_max = 6});
  if (!json || !json->is_object()) return refuse("invalid_request.claims");
  const auto& object = json->get_object();
  if (auto read =
          read_claim_list(object.if_contains("id_token"), party, into.id_token_claims, into);
      !read) {
    return read;
  }
  return read_claim_list(object.if_contains("userinfo"), party, into.userinfo_claims, into);
}

}  // namespace

Texts AuthorizationRequest::all_claims() const {
  Texts all;
  for (const auto& claim : openid::all_claims()) {
    if (has(id_token_claims, claim) || has(userinfo_claims, claim)) all.push_back(claim);
  }
  return all;
}

core::Result<std::string> check_redirect_uri(const Parameters& parameters,
                                             const RelyingParty& party) {
  const auto asked = find(parameters, "redirect_uri");
  if (!asked || asked->size() > kUriBytesMax ||
      !is_registered_uri(party, party.redirect_uris, *asked)) {
    return fail(ErrorCode::kInvalidInput, "authorization.redirect_uri");
  }
  return std::string(*asked);
}

tl::expected<AuthorizationRequest, RequestRefusal> parse_authorization_request(
    const Parameters& parameters, const RelyingParty& party, core::Instant now) {
  AuthorizationRequest request;
  request.client_id = party.client_id;
  request.asked_at = now;
  request.redirect_uri = find(parameters, "redirect_uri").value_or("");
  request.state = find(parameters, "state").value_or("");
  if (request.state.size() > kStateBytesMax) return refuse("invalid_request.state_too_long");
  if (find(parameters, "request")) return refuse("request_not_supported");
  if (find(parameters, "registration")) return refuse("registration_not_supported");
  for (const auto& read :
       {read_challenge(parameters, request),
        read_scope(find(parameters, "scope").value_or(""), party, request),
        read_bounded_texts(parameters, request), read_prompt(parameters, request),
        read_claims(parameters, party, request)}) {
    if (!read) return tl::unexpected(read.error());
  }
  return request;
}

tl::expected<AuthorizationRequest, RequestRefusal> parse_scope_request(std::string_view scope,
                                                                       const RelyingParty& party,
                                                                       core::Instant now) {
  AuthorizationRequest request;
  request.client_id = party.client_id;
  request.asked_at = now;
  if (auto read = read_scope(scope, party, request); !read) return tl::unexpected(read.error());
  return request;
}

std::string to_text(const AuthorizationRequest& request) {
  const auto array = [](const Texts& texts) {
    return codec::JsonArray(texts.begin(), texts.end());
  };
  codec::JsonObject json{{"client_id", request.client_id},
                         {"redirect_uri", request.redirect_uri},
                         {"state", request.state},
                         {"nonce", request.nonce},
                         {"code_challenge", request.code_challenge},
                         {"scopes", array(request.scopes)},
                         {"id_token_claims", array(request.id_token_claims)},
                         {"userinfo_claims", array(request.userinfo_claims)},
                         {"acr_wanted", request.acr_wanted},
                         {"prompt", array(request.prompt)},
                         {"dpop_jkt", request.dpop_jkt},
                         {"device_key", request.device_key},
                         {"pushed_key", request.pushed_key},
                         {"asked_at", request.asked_at.micros()}};
  if (request.max_age_s) json["max_age_s"] = *request.max_age_s;
  return codec::to_text(json);
}

core::Result<AuthorizationRequest> request_from_text(std::string_view text) {
  const auto malformed = [] { return fail(ErrorCode::kInternal, "request.stored_malformed"); };
  const auto json = codec::parse_json(text);
  if (!json || !json->is_object()) return malformed();
  const auto& object = json->get_object();
  AuthorizationRequest request;
  for (const auto& [name, into] : {std::pair{"client_id", &request.client_id},
                                   {"redirect_uri", &request.redirect_uri},
                                   {"state", &request.state},
                                   {"nonce", &request.nonce},
                                   {"code_challenge", &request.code_challenge},
                                   {"acr_wanted", &request.acr_wanted},
                                   {"dpop_jkt", &request.dpop_jkt},
                                   {"device_key", &request.device_key},
                                   {"pushed_key", &request.pushed_key}}) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return malformed();
    *into = std::string_view(value->get_string());
  }
  for (const auto& [name, into] : {std::pair{"scopes", &request.scopes},
                                   {"id_token_claims", &request.id_token_claims},
                                   {"userinfo_claims", &request.userinfo_claims},
                                   {"prompt", &request.prompt}}) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_array()) return malformed();
    for (const auto& item : value->get_array()) {
      if (!item.is_string()) return malformed();
      into->emplace_back(item.get_string());
    }
  }
  const auto* asked_at = object.if_contains("asked_at");
  if (asked_at == nullptr || !asked_at->is_int64()) return malformed();
  request.asked_at = core::Instant::from_micros(asked_at->get_int64());
  if (const auto* age = object.if_contains("max_age_s"); age != nullptr && age->is_int64()) {
    request.max_age_s = age->get_int64();
  }
  return request;
}

}  // namespace openid
