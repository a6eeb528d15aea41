#include "identity/authenticator/passkey_ceremony.h"

#include <algorithm>

#include "codec/cose_key.h"
#include "codec/webauthn.h"
#include "crypto/attestation_certificate.h"
#include "crypto/digest.h"

namespace identity {
namespace {

using codec::webauthn::AuthenticatorData;
using core::ByteView;
using core::ErrorCode;
using core::fail;

tl::unexpected<core::Error> refuse(std::string_view which) {
  return fail(ErrorCode::kForbidden, "passkey.refused", std::string(which));
}

/// Whatever a parser calls it, a person is told one thing; the log keeps the parser's word.
template <typename T>
core::Result<T> parsed(core::Result<T> result) {
  if (result) return result;
  return fail(ErrorCode::kInvalidInput, "passkey.malformed", result.error().reason);
}

core::Status check_client(ByteView json, std::string_view type, const RelyingParty& party,
                          ByteView challenge) {
  TRY(const auto client, parsed(codec::webauthn::parse_client_data(json)));
  if (client.type != type) return refuse("type");
  if (!crypto::equal_constant_time(client.challenge, challenge)) return refuse("challenge");
  // Exact: no suffix, no other port, and not inside somebody's frame.
  if (client.origin != party.origin || client.cross_origin) return refuse("origin");
  return {};
}

core::Status check_authenticator(const AuthenticatorData& data, const RelyingParty& party,
                                 bool verification_required) {
  const auto expected = crypto::sha256(core::as_bytes(party.id));
  if (!std::ranges::equal(data.rp_id_hash, expected)) return refuse("rp_id");
  if (!data.user_present) return refuse("user_present");
  if (verification_required && !data.user_verified) return refuse("user_verified");
  return {};
}

core::Bytes signed_bytes(ByteView authenticator_data, ByteView client_data) {
  auto bytes = core::to_bytes(authenticator_data);
  const auto hash = crypto::sha256(client_data);
  bytes.insert(bytes.end(), hash.begin(), hash.end());
  return bytes;
}

std::int64_t algorithm_of(const crypto::AuthenticatorKey& key) {
  switch (key.algorithm()) {
    case crypto::AuthenticatorAlgorithm::kEs256:
      return codec::kCoseEs256;
    case crypto::AuthenticatorAlgorithm::kEdDsa:
      return codec::kCoseEdDsa;
    case crypto::AuthenticatorAlgorithm::kRs256:
      return codec::kCoseRs256;
  }
  return 0;
}

/// Source: Web Authentication Level 2, section 8.2.
core::Result<Attestation> check_packed(const codec::webauthn::PackedStatement& packed,
                                       const codec::webauthn::AttestedCredential& credential,
                                       ByteView message) {
  if (!packed.certificate) {
    if (packed.algorithm != algorithm_of(credential.key) ||
        !credential.key.verify(message, packed.signature)) {
      return refuse("attestation");
    }
    return Attestation::kSelf;
  }
  TRY(const auto certificate, parsed(crypto::AttestationCertificate::parse(*packed.certificate)));
  if (!certificate.verify(packed.algorithm, message, packed.signature)) {
    return refuse("attestation");
  }
  const auto& aaguid = certificate.aaguid();
  if (aaguid && !std::ranges::equal(*aaguid, credential.aaguid)) return refuse("aaguid");
  return Attestation::kCertificate;
}

}  // namespace

std::string_view name_of(Attestation attestation) {
  switch (attestation) {
    case Attestation::kSelf:
      return "self";
    case Attestation::kCertificate:
      return "certificate";
    case Attestation::kNone:
      break;
  }
  return "none";
}

core::Result<core::Bytes> challenge_of(ByteView client_data) {
  TRY(auto client, parsed(codec::webauthn::parse_client_data(client_data)));
  return std::move(client.challenge);
}

core::Result<NewPasskey> verify_registration(const PasskeyRegistration& sent,
                                             const RelyingParty& party, ByteView challenge) {
  TRY_VOID(check_client(sent.client_data, "webauthn.create", party, challenge));
  TRY(const auto object,
      parsed(codec::webauthn::parse_attestation_object(sent.attestation_object)));
  TRY(const auto data,
      parsed(codec::webauthn::parse_authenticator_data(object.authenticator_data)));
  TRY_VOID(check_authenticator(data, party, true));
  if (!data.credential) return fail(ErrorCode::kInvalidInput, "passkey.malformed", "credential");
  const auto& credential = *data.credential;
  NewPasskey made{.credential_id = core::to_bytes(credential.id),
                  .cose_key = core::to_bytes(credential.cose_key),
                  .aaguid = core::to_bytes(credential.aaguid),
                  .sign_count = data.sign_count,
                  .user_verified = data.user_verified,
                  .backup_eligible = data.backup_eligible,
                  .backed_up = data.backed_up};
  if (object.packed) {
    TRY(made.attestation, check_packed(*object.packed, credential,
                                       signed_bytes(object.authenticator_data, sent.client_data)));
  }
  return made;
}

core::Result<PasskeyProof> verify_assertion(const PasskeyAssertion& sent, const KnownPasskey& known,
                                            const RelyingParty& party, ByteView challenge,
                                            bool verification_required) {
  TRY_VOID(check_client(sent.client_data, "webauthn.get", party, challenge));
  TRY(const auto data, parsed(codec::webauthn::parse_authenticator_data(sent.authenticator_data)));
  TRY_VOID(check_authenticator(data, party, verification_required));
  if (data.backup_eligible != known.backup_eligible) return refuse("backup_eligible");
  TRY(const auto key, codec::parse_cose_key(known.cose_key));
  if (!key.verify(signed_bytes(sent.authenticator_data, sent.client_data), sent.signature)) {
    return refuse("signature");
  }
  const bool counts = data.sign_count != 0 || known.sign_count != 0;
  return PasskeyProof{.sign_count = data.sign_count,
                      .user_verified = data.user_verified,
                      .backed_up = data.backed_up,
                      .counter_went_back = counts && data.sign_count <= known.sign_count};
}

}  // namespace identity
