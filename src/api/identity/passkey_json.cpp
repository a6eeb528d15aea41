#include "api/identity/passkey_json.h"

#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;

constexpr std::size_t kIdTextMax = 1400;
constexpr std::size_t kClientDataTextMax = 4096;
constexpr std::size_t kBinaryTextMax = 44UL * 1024;
constexpr std::int64_t kTimeoutMs = 300'000;

JsonArray descriptors(const std::vector<core::Bytes>& ids) {
  JsonArray list;
  for (const auto& id : ids) {
    list.push_back(JsonObject{{"type", "public-key"}, {"id", codec::to_base64url(id)}});
  }
  return list;
}

JsonArray algorithms() {
  JsonArray list;
  for (const std::int64_t number : {-7, -8, -257}) {
    list.push_back(JsonObject{{"type", "public-key"}, {"alg", number}});
  }
  return list;
}

}  // namespace

JsonObject to_json(const identity::PasskeyCreation& creation, const identity::RelyingParty& party,
                   std::string_view installation_name) {
  return {{"challenge", codec::to_base64url(creation.challenge)},
          {"rp", JsonObject{{"id", party.id}, {"name", installation_name}}},
          {"user", JsonObject{{"id", codec::to_base64url(creation.user_handle)},
                              {"name", creation.user_name},
                              {"displayName", creation.user_name}}},
          {"pubKeyCredParams", algorithms()},
          {"timeout", kTimeoutMs},
          {"excludeCredentials", descriptors(creation.exclude)},
          {"authenticatorSelection", JsonObject{{"residentKey", "required"},
                                                {"requireResidentKey", true},
                                                {"userVerification", "required"}}},
          {"attestation", "none"}};
}

JsonObject to_json(const identity::PasskeyRequest& request, const identity::RelyingParty& party,
                   bool verification_required) {
  return {{"challenge", codec::to_base64url(request.challenge)},
          {"rpId", party.id},
          {"timeout", kTimeoutMs},
          {"allowCredentials", descriptors(request.allow)},
          {"userVerification", verification_required ? "required" : "preferred"}};
}

JsonObject to_json(const identity::Passkey& passkey) {
  JsonObject json{
      {"passkey_id", passkey.id.to_string()}, {"name", passkey.name}, {"synced", passkey.synced}};
  put_moment(json, "made_at", passkey.made_at);
  put_moment(json, "last_used_at", passkey.last_used_at);
  return json;
}

core::Result<identity::PasskeyRegistration> registration_of(const JsonObject& credential) {
  JsonFields fields(credential);
  identity::PasskeyRegistration sent;
  TRY(sent.client_data, bytes_member(fields, "client_data", kClientDataTextMax));
  TRY(sent.attestation_object, bytes_member(fields, "attestation_object", kBinaryTextMax));
  TRY_VOID(fields.finish());
  return sent;
}

core::Result<identity::PasskeyAssertion> assertion_of(const JsonObject& credential) {
  JsonFields fields(credential);
  identity::PasskeyAssertion sent;
  TRY(sent.credential_id, bytes_member(fields, "credential_id", kIdTextMax));
  TRY(sent.client_data, bytes_member(fields, "client_data", kClientDataTextMax));
  TRY(sent.authenticator_data, bytes_member(fields, "authenticator_data", kClientDataTextMax));
  TRY(sent.signature, bytes_member(fields, "signature", kClientDataTextMax));
  TRY(const auto handle, fields.optional_string("user_handle", 128));
  if (handle) {
    TRY(sent.user_handle, codec::from_base64url(*handle));
  }
  TRY_VOID(fields.finish());
  return sent;
}

}  // namespace api
