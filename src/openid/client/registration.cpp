#include "openid/client/registration.h"

#include "codec/jose.h"
#include "openid/claims.h"
#include "openid/client/redirect_uri.h"

namespace openid {
namespace {

using codec::JsonFields;
using core::ErrorCode;
using core::fail;

constexpr std::size_t kNameBytesMax = 160;
constexpr std::size_t kPurposeBytesMax = 600;
constexpr std::size_t kListMax = 20;
constexpr std::size_t kScopeBytesMax = 64;

auto refuse(std::string_view reason) { return fail(ErrorCode::kInvalidInput, reason); }

bool is_line(std::string_view text, std::size_t bytes_max) {
  return !text.empty() && text.size() <= bytes_max &&
         std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
}

core::Result<Texts> list(JsonFields& fields, std::string_view name, std::size_t bytes_max) {
  Texts texts;
  const auto* value = fields.find(name);
  if (value == nullptr) return texts;
  if (!value->is_array()) return fail(ErrorCode::kInvalidInput, "json.member_type");
  if (value->get_array().size() > kListMax) {
    return fail(ErrorCode::kInvalidInput, "json.member_too_long");
  }
  for (const auto& item : value->get_array()) {
    if (!item.is_string()) return fail(ErrorCode::kInvalidInput, "json.member_type");
    const std::string_view text = item.get_string();
    if (text.empty() || text.size() > bytes_max) {
      return fail(ErrorCode::kInvalidInput, "json.member_too_long");
    }
    if (!has(texts, text)) texts.emplace_back(text);
  }
  return texts;
}

core::Result<bool> flag(JsonFields& fields, std::string_view name) {
  const auto* value = fields.find(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) return fail(ErrorCode::kInvalidInput, "json.member_type");
  return value->get_bool();
}

core::Result<std::string> text(JsonFields& fields, std::string_view name, std::size_t bytes_max) {
  TRY(auto value, fields.optional_string(name, bytes_max));
  return std::move(value).value_or("");
}

core::Status read_words(JsonFields& fields, RelyingParty& party) {
  TRY(party.name.ru, fields.string("name_ru", kNameBytesMax));
  TRY(party.name.en, fields.string("name_en", kNameBytesMax));
  TRY(party.purpose.ru, fields.string("purpose_ru", kPurposeBytesMax));
  TRY(party.purpose.en, fields.string("purpose_en", kPurposeBytesMax));
  if (!is_line(party.name.ru, kNameBytesMax) || !is_line(party.name.en, kNameBytesMax)) {
    return refuse("relying_party.name");
  }
  if (!is_line(party.purpose.ru, kPurposeBytesMax) ||
      !is_line(party.purpose.en, kPurposeBytesMax)) {
    return refuse("relying_party.purpose");
  }
  return {};
}

core::Status read_lists(JsonFields& fields, RelyingParty& party) {
  TRY(party.redirect_uris, list(fields, "redirect_uris", kUriBytesMax));
  TRY(party.post_logout_redirect_uris, list(fields, "post_logout_redirect_uris", kUriBytesMax));
  TRY(party.claims, list(fields, "claims", kScopeBytesMax));
  TRY(party.service_scopes, list(fields, "service_scopes", kScopeBytesMax));
  TRY(party.backchannel_logout_uri, text(fields, "backchannel_logout_uri", kUriBytesMax));
  TRY(party.sector, text(fields, "sector", kUriBytesMax));
  TRY(party.sector_identifier_uri, text(fields, "sector_identifier_uri", kUriBytesMax));
  TRY(party.jwks_uri, text(fields, "jwks_uri", kUriBytesMax));
  return {};
}

core::Status read_flags(JsonFields& fields, RelyingParty& party) {
  TRY(party.offline_access, flag(fields, "offline_access"));
  TRY(party.device_grant, flag(fields, "device_grant"));
  TRY(party.introspects_all, flag(fields, "introspects_all"));
  TRY(party.par_required, flag(fields, "par_required"));
  TRY(party.dpop_required, flag(fields, "dpop_required"));
  TRY(party.signed_userinfo, flag(fields, "signed_userinfo"));
  return {};
}

core::Status check_uris(const RelyingParty& party) {
  const bool native = party.auth == ClientAuth::kNone;
  for (const auto& uri : party.redirect_uris) {
    TRY_VOID(check_registered_uri(uri, native));
  }
  for (const auto& uri : party.post_logout_redirect_uris) {
    TRY_VOID(check_registered_uri(uri, native));
  }
  for (const auto* uri :
       {&party.backchannel_logout_uri, &party.jwks_uri, &party.sector_identifier_uri}) {
    if (uri->empty()) continue;
    TRY_VOID(check_registered_uri(*uri, false));
  }
  return {};
}

bool is_scope_token(std::string_view scope) {
  return !scope.empty() && std::all_of(scope.begin(), scope.end(), [](char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '\\';
  });
}

core::Status check_asks(const RelyingParty& party) {
  for (const auto& claim : party.claims) {
    if (!has(all_claims(), claim)) return refuse("relying_party.claim");
  }
  for (const auto& scope : party.service_scopes) {
    const bool ours = scope == "openid" || scope == "offline_access" || has(claim_scopes(), scope);
    if (!is_scope_token(scope) || ours) return refuse("relying_party.scope");
  }
  const bool serves = !party.service_scopes.empty() || party.introspects_all;
  if (party.auth == ClientAuth::kNone && serves) return refuse("relying_party.public_service");
  if (party.redirect_uris.empty() && !party.device_grant && !serves) {
    return refuse("relying_party.nothing");
  }
  return {};
}

/// A party's sector is what was settled before, the host of its list (which the service checks), or
/// the host all its addresses share.
core::Status settle_sector(RelyingParty& party) {
  if (party.sector.empty()) party.sector = host_of(party.sector_identifier_uri);
  if (!party.sector.empty() || party.redirect_uris.empty()) return {};
  const auto host = host_of(party.redirect_uris.front());
  for (const auto& uri : party.redirect_uris) {
    if (host_of(uri) != host) return refuse("relying_party.sector");
  }
  party.sector = host;
  return {};
}

core::Status read_keys(JsonFields& fields, RelyingParty& party) {
  const auto* keys = fields.find("jwks");
  const bool needed = party.auth == ClientAuth::kPrivateKeyJwt;
  if (keys == nullptr) {
    return needed && party.jwks_uri.empty() ? core::Status(refuse("relying_party.keys"))
                                            : core::Status();
  }
  // Two places for one thing would disagree one day.
  if (!party.jwks_uri.empty()) return refuse("relying_party.keys");
  party.jwks = codec::to_text(*keys);
  const auto set = codec::JwkSet::parse(party.jwks);
  if (!set || set->keys.empty()) return refuse("relying_party.keys");
  return {};
}

}  // namespace

core::Result<RelyingParty> parse_registration(const codec::Json& json) {
  TRY(auto fields, JsonFields::of(json));
  RelyingParty party;
  TRY_VOID(read_words(fields, party));
  TRY(const auto auth, fields.string("token_endpoint_auth_method", 32));
  const auto method = find_client_auth(auth);
  if (!method) return refuse("relying_party.auth");
  party.auth = *method;
  TRY_VOID(read_lists(fields, party));
  TRY_VOID(read_flags(fields, party));
  TRY_VOID(read_keys(fields, party));
  TRY_VOID(fields.finish());
  TRY_VOID(check_uris(party));
  TRY_VOID(check_asks(party));
  TRY_VOID(settle_sector(party));
  return party;
}

codec::JsonObject registration_json(const RelyingParty& party) {
  const auto array = [](const Texts& texts) {
    return codec::JsonArray(texts.begin(), texts.end());
  };
  codec::JsonObject json{{"name_ru", party.name.ru},
                         {"name_en", party.name.en},
                         {"purpose_ru", party.purpose.ru},
                         {"purpose_en", party.purpose.en},
                         {"token_endpoint_auth_method", name_of(party.auth)},
                         {"redirect_uris", array(party.redirect_uris)},
                         {"post_logout_redirect_uris", array(party.post_logout_redirect_uris)},
                         {"claims", array(party.claims)},
                         {"service_scopes", array(party.service_scopes)},
                         {"backchannel_logout_uri", party.backchannel_logout_uri},
                         {"sector", party.sector},
                         {"sector_identifier_uri", party.sector_identifier_uri},
                         {"jwks_uri", party.jwks_uri},
                         {"offline_access", party.offline_access},
                         {"device_grant", party.device_grant},
                         {"introspects_all", party.introspects_all},
                         {"par_required", party.par_required},
                         {"dpop_required", party.dpop_required},
                         {"signed_userinfo", party.signed_userinfo}};
  if (party.jwks.empty()) return json;
  if (auto keys = codec::parse_json(party.jwks)) json["jwks"] = std::move(*keys);
  return json;
}

}  // namespace openid
