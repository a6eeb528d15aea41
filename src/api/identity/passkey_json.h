// What browsers are called with and send back for passkeys, as docs/api/openapi.yaml has it: the
// JSON forms of WebAuthn Level 3, so that a page hands them over as they are.
// Pure functions; safe from any thread.
#pragma once

#include "codec/json.h"
#include "identity/authenticator/passkey_service.h"

namespace api {

/// Largest body of a finished ceremony: an attestation may carry certificates.
inline constexpr std::size_t kCeremonyBodyBytesMax = 48UL * 1024;

/// PublicKeyCredentialCreationOptionsJSON.
[[nodiscard]] codec::JsonObject to_json(const identity::PasskeyCreation& creation,
                                        const identity::RelyingParty& party,
                                        std::string_view installation_name);
/// PublicKeyCredentialRequestOptionsJSON.
[[nodiscard]] codec::JsonObject to_json(const identity::PasskeyRequest& request,
                                        const identity::RelyingParty& party,
                                        bool verification_required);
[[nodiscard]] codec::JsonObject to_json(const identity::Passkey& passkey);

/// Members of the credential a browser made. Errors: those of JsonFields and from_base64url.
[[nodiscard]] core::Result<identity::PasskeyRegistration> registration_of(
    const codec::JsonObject& credential);
[[nodiscard]] core::Result<identity::PasskeyAssertion> assertion_of(
    const codec::JsonObject& credential);

}  // namespace api
