#include "openid/token/facts.h"

#include "codec/json.h"

namespace openid {
namespace {

auto malformed() { return core::fail(core::ErrorCode::kInternal, "facts.stored_malformed"); }

}  // namespace

std::string to_text(const SignInFacts& facts) {
  const auto array = [](const Texts& texts) {
    return codec::JsonArray(texts.begin(), texts.end());
  };
  return codec::to_text(codec::JsonObject{{"scopes", array(facts.scopes)},
                                          {"id_token_claims", array(facts.id_token_claims)},
                                          {"userinfo_claims", array(facts.userinfo_claims)},
                                          {"auth_time", facts.auth_time.micros()},
                                          {"acr", facts.acr},
                                          {"amr", array(facts.amr)},
                                          {"jkt", facts.jkt}});
}

core::Result<SignInFacts> facts_from_text(std::string_view text) {
  const auto json = codec::parse_json(text);
  if (!json || !json->is_object()) return malformed();
  const auto& object = json->get_object();
  SignInFacts facts;
  for (const auto& [name, into] : {std::pair{"scopes", &facts.scopes},
                                   {"id_token_claims", &facts.id_token_claims},
                                   {"userinfo_claims", &facts.userinfo_claims},
                                   {"amr", &facts.amr}}) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_array()) return malformed();
    for (const auto& item : value->get_array()) {
      if (!item.is_string()) return malformed();
      into->emplace_back(item.get_string());
    }
  }
  for (const auto& [name, into] : {std::pair{"acr", &facts.acr}, {"jkt", &facts.jkt}}) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return malformed();
    *into = std::string_view(value->get_string());
  }
  const auto* auth_time = object.if_contains("auth_time");
  if (auth_time == nullptr || !auth_time->is_int64()) return malformed();
  facts.auth_time = core::Instant::from_micros(auth_time->get_int64());
  return facts;
}

}  // namespace openid
