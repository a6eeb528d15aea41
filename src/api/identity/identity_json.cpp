#include "api/identity/identity_json.h"

#include "api/identity/attribute_json.h"
#include "api/wire.h"

namespace api {

using codec::JsonArray;
using codec::JsonObject;

namespace {

void put_proof(JsonObject& json, core::Instant at, identity::AmrSet amr, identity::Aal aal) {
  put_moment(json, "authenticated_at", at);
  JsonArray names;
  for (const auto name : amr.names()) names.emplace_back(name);
  json["amr"] = std::move(names);
  json["aal"] = static_cast<int>(aal);
}

}  // namespace

JsonObject to_json(const identity::Challenge& challenge) {
  JsonObject json{
      {"challenge_id", challenge.id.to_string()}, {"channel", identity::name_of(challenge.channel)},
      {"phone_masked", challenge.phone_masked},   {"code_digits", challenge.code_digits},
      {"attempts_left", challenge.attempts_left}, {"sms_after_s", challenge.sms_after_s}};
  put_moment(json, "sent_at", challenge.sent_at);
  put_moment(json, "expires_at", challenge.expires_at);
  return json;
}

JsonObject to_json(const identity::RegistrationTicket& ticket) {
  const bool by_provider = ticket.account == identity::AccountState::kExistingVerified;
  JsonObject json{{"registration_token", ticket.token.reveal()},
                  {"account", identity::name_of(ticket.account)},
                  {"next", by_provider ? "sign_in" : "password"}};
  put_moment(json, "expires_at", ticket.expires_at);
  return json;
}

JsonObject to_json(const identity::SecondFactorTicket& ticket) {
  JsonArray methods;
  for (const auto method : ticket.methods) methods.emplace_back(identity::name_of(method));
  JsonObject json{{"ticket", ticket.token.reveal()}, {"methods", std::move(methods)}};
  put_moment(json, "expires_at", ticket.expires_at);
  return json;
}

JsonObject to_json(const identity::SessionInfo& session, const identity::SessionId& current) {
  JsonObject json{{"session_id", session.id.to_string()},
                  {"current", session.id == current},
                  {"device", session.device.description},
                  {"network", session.device.network},
                  {"signed_in_by", identity::name_of(session.signed_in_by)}};
  put_moment(json, "opened_at", session.opened_at);
  put_moment(json, "last_used_at", session.last_used_at);
  put_proof(json, session.authenticated_at, session.amr, session.aal);
  return json;
}

JsonObject to_json(const identity::Authenticated& who) {
  JsonObject json;
  put_proof(json, who.authenticated_at, who.amr, who.aal);
  return json;
}

JsonObject to_json(const identity::Profile& profile,
                   const std::vector<identity::FunctionState>& states,
                   std::string_view csrf_token) {
  const auto& citizen = profile.citizen;
  JsonArray functions;
  for (const auto& state : states) functions.push_back(to_json(state));
  JsonObject assurance{{"level", identity::name_of(citizen.level)},
                       {"functions", std::move(functions)}};
  put_moment(assurance, "raised_at", citizen.level_raised_at);
  put_source(assurance, citizen.level_source);
  JsonObject json{{"citizen_id", citizen.id.to_string()},
                  {"phone_masked", citizen.phone_masked},
                  {"assurance", std::move(assurance)},
                  {"csrf_token", csrf_token}};
  put_moment(json, "registered_at", citizen.registered_at);
  if (profile.closing) json["closing"] = true;
  for (const std::string_view name : {"given_name", "middle_name", "family_name"}) {
    const auto* record = vault::find_record(profile.attributes, name);
    if (record != nullptr) put_text(json, name, record->value.reveal());
  }
  return json;
}

}  // namespace api
