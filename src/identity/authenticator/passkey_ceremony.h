// The two ceremonies of WebAuthn judged: a new passkey, and a signature by a known one. Pure
// functions over the bytes a browser sent; nothing is stored or looked up. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/result.h"

namespace identity {

/// Who we are to authenticators.
struct RelyingParty {
  std::string id;      ///< host name of the public address
  std::string origin;  ///< "https://id.example", exactly as browsers write it
};

/// What a browser sends back from navigator.credentials.create().
struct PasskeyRegistration {
  core::Bytes client_data;
  core::Bytes attestation_object;
};

/// What a browser sends back from navigator.credentials.get().
struct PasskeyAssertion {
  core::Bytes credential_id;
  core::Bytes client_data;
  core::Bytes authenticator_data;
  core::Bytes signature;
  core::Bytes user_handle;  ///< empty when the authenticator gave none
};

/// How a new passkey vouched for itself.
enum class Attestation { kNone, kSelf, kCertificate };
[[nodiscard]] std::string_view name_of(Attestation attestation);

struct NewPasskey {
  core::Bytes credential_id;
  core::Bytes cose_key;
  core::Bytes aaguid;
  std::uint32_t sign_count = 0;
  bool user_verified = false;
  bool backup_eligible = false;
  bool backed_up = false;
  Attestation attestation = Attestation::kNone;
};

/// A known passkey, as far as its signature is concerned.
struct KnownPasskey {
  core::Bytes cose_key;
  std::uint32_t sign_count = 0;
  bool backup_eligible = false;
};

/// What a right signature said.
struct PasskeyProof {
  std::uint32_t sign_count = 0;
  bool user_verified = false;
  bool backed_up = false;
  /// The counter did not grow: there are two of this key, or its memory was restored.
  bool counter_went_back = false;
};

/// The challenge inside client data, so that its owner can be asked whether it is theirs.
/// Errors: kInvalidInput "passkey.malformed".
[[nodiscard]] core::Result<core::Bytes> challenge_of(core::ByteView client_data);

/// Judges a new passkey. User verification is demanded: a passkey stands for two factors here.
/// Errors: kInvalidInput "passkey.malformed" bytes that do not parse, or an algorithm, format or
///         certificate we do not take; kForbidden "passkey.refused" type, challenge, origin,
///         relying party, presence, verification or attestation is wrong. Detail says which.
/// Source: Web Authentication Level 2, section 7.1.
[[nodiscard]] core::Result<NewPasskey> verify_registration(const PasskeyRegistration& sent,
                                                           const RelyingParty& party,
                                                           core::ByteView challenge);

/// Judges a signature by a known passkey.
/// @param verification_required  whether the device must have checked who holds it.
/// Errors: as verify_registration; also when backup eligibility has changed.
/// Source: Web Authentication Level 2, section 7.2.
[[nodiscard]] core::Result<PasskeyProof> verify_assertion(const PasskeyAssertion& sent,
                                                          const KnownPasskey& known,
                                                          const RelyingParty& party,
                                                          core::ByteView challenge,
                                                          bool verification_required);

}  // namespace identity
