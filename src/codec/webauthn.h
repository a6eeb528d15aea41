// What authenticators and browsers send by WebAuthn: client data, authenticator data and the
// attestation object. Parsers of foreign bytes only; whether origin, challenge and signature are
// right is judged elsewhere. Pure functions; views live as long as the bytes that were parsed.
#pragma once

#include <optional>
#include <string>

#include "codec/cbor.h"
#include "crypto/authenticator_key.h"

namespace codec::webauthn {

inline constexpr std::size_t kClientDataBytesMax = 2048;
inline constexpr std::size_t kCredentialIdBytesMax = 1023;

/// Members of CollectedClientData; unknown ones are passed over, as the standard asks for.
struct ClientData {
  std::string type;  ///< "webauthn.create", "webauthn.get"
  core::Bytes challenge;
  std::string origin;
  bool cross_origin = false;  ///< also when a topOrigin is given
};
/// Errors: kInvalidInput "webauthn.client_data" no JSON object of these members, or too long.
[[nodiscard]] core::Result<ClientData> parse_client_data(core::ByteView json);

/// A new credential inside authenticator data.
struct AttestedCredential {
  core::ByteView aaguid;  ///< 16 bytes
  core::ByteView id;      ///< 1..kCredentialIdBytesMax bytes
  core::ByteView cose_key;
  crypto::AuthenticatorKey key;
};

struct AuthenticatorData {
  core::ByteView rp_id_hash;  ///< 32 bytes
  bool user_present = false;
  bool user_verified = false;
  bool backup_eligible = false;
  bool backed_up = false;
  std::uint32_t sign_count = 0;
  std::optional<AttestedCredential> credential;
};
/// Errors: kInvalidInput "webauthn.authenticator_data" cut short, trailing bytes, extensions that
///         are no map, backed up without being eligible; those of read_cose_key, CborDocument.
/// Source: Web Authentication Level 2, section 6.1.
[[nodiscard]] core::Result<AuthenticatorData> parse_authenticator_data(core::ByteView bytes);

/// How an authenticator vouches for itself.
struct PackedStatement {
  std::int64_t algorithm = 0;
  core::ByteView signature;
  std::optional<core::ByteView> certificate;  ///< the first of x5c; absent = self attestation
};
struct AttestationObject {
  core::ByteView authenticator_data;
  std::optional<PackedStatement> packed;  ///< absent = format "none"
};
/// Errors: kInvalidInput "webauthn.attestation_object" not these members; "webauthn.format" another
///         format than none and packed; those of CborDocument.
/// Source: Web Authentication Level 2, sections 6.5, 8.2 and 8.7.
[[nodiscard]] core::Result<AttestationObject> parse_attestation_object(core::ByteView bytes);

}  // namespace codec::webauthn
