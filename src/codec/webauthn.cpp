#include "codec/webauthn.h"

#include "codec/base64url.h"
#include "codec/cose_key.h"
#include "codec/json.h"

namespace codec::webauthn {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;

constexpr std::uint8_t kUserPresent = 0x01;
constexpr std::uint8_t kUserVerified = 0x04;
constexpr std::uint8_t kBackupEligible = 0x08;
constexpr std::uint8_t kBackedUp = 0x10;
constexpr std::uint8_t kAttestedCredential = 0x40;
constexpr std::uint8_t kExtensions = 0x80;

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kHeadBytes = kHashBytes + 1 + 4;
constexpr std::size_t kAaguidBytes = 16;
constexpr std::size_t kChallengeTextMax = 256;
constexpr std::size_t kCertificatesMax = 8;

auto refuse(std::string_view reason) { return fail(ErrorCode::kInvalidInput, reason); }

std::uint32_t big_endian(ByteView bytes) {
  std::uint32_t number = 0;
  for (const auto byte : bytes) number = number << 8U | byte;
  return number;
}

/// Takes the credential off the front of `rest`.
core::Result<AttestedCredential> read_credential(ByteView& rest) {
  if (rest.size() < kAaguidBytes + 2) return refuse("webauthn.authenticator_data");
  const auto aaguid = rest.first(kAaguidBytes);
  const std::size_t id_bytes = big_endian(rest.subspan(kAaguidBytes, 2));
  rest = rest.subspan(kAaguidBytes + 2);
  if (id_bytes == 0 || id_bytes > kCredentialIdBytesMax || id_bytes > rest.size()) {
    return refuse("webauthn.authenticator_data");
  }
  const auto id = rest.first(id_bytes);
  rest = rest.subspan(id_bytes);
  std::size_t key_bytes = 0;
  TRY(const auto document, CborDocument::decode_first(rest, key_bytes));
  TRY(auto key, read_cose_key(document.root()));
  const auto cose_key = rest.first(key_bytes);
  rest = rest.subspan(key_bytes);
  return AttestedCredential{aaguid, id, cose_key, std::move(key)};
}

/// Takes the extensions off the front of `rest`. None is asked for, so none is looked into.
core::Status skip_extensions(ByteView& rest) {
  std::size_t used = 0;
  TRY(const auto document, CborDocument::decode_first(rest, used));
  if (document.root().type() != CborType::kMap) return refuse("webauthn.authenticator_data");
  rest = rest.subspan(used);
  return {};
}

core::Result<PackedStatement> read_packed(const CborValue& statement) {
  PackedStatement packed;
  const auto alg = statement.find("alg");
  const auto sig = statement.find("sig");
  if (!alg || !sig) return refuse("webauthn.attestation_object");
  const auto algorithm = alg->as_int64();
  const auto signature = sig->as_bytes();
  if (!algorithm || !signature) return refuse("webauthn.attestation_object");
  packed.algorithm = *algorithm;
  packed.signature = *signature;
  const auto x5c = statement.find("x5c");
  const auto members = statement.as_items()->size() / 2;
  if (members != (x5c ? 3U : 2U)) return refuse("webauthn.attestation_object");
  if (!x5c) return packed;
  const auto chain = x5c->as_items();
  if (x5c->type() != CborType::kArray || chain->size() == 0 || chain->size() > kCertificatesMax) {
    return refuse("webauthn.attestation_object");
  }
  const auto first = (*chain->begin()).as_bytes();
  if (!first) return refuse("webauthn.attestation_object");
  packed.certificate = *first;
  return packed;
}

}  // namespace

core::Result<ClientData> parse_client_data(ByteView json) {
  const auto malformed = refuse("webauthn.client_data");
  if (json.size() > kClientDataBytesMax) return malformed;
  const auto value = parse_json(core::as_text(json));
  if (!value) return malformed;
  const auto fields_found = JsonFields::of(*value);
  if (!fields_found) return malformed;
  auto fields = *fields_found;
  const auto type = fields.string("type", 32);
  const auto challenge_text = fields.string("challenge", kChallengeTextMax);
  const auto origin = fields.string("origin", kClientDataBytesMax);
  if (!type || !challenge_text || !origin) return malformed;
  const auto challenge = from_base64url(*challenge_text);
  const auto* cross = fields.find("crossOrigin");
  if (!challenge || (cross != nullptr && !cross->is_bool())) return malformed;
  const bool framed =
      (cross != nullptr && cross->get_bool()) || fields.find("topOrigin") != nullptr;
  return ClientData{*type, *challenge, *origin, framed};
}

core::Result<AuthenticatorData> parse_authenticator_data(ByteView bytes) {
  if (bytes.size() < kHeadBytes) return refuse("webauthn.authenticator_data");
  const auto flags = bytes[kHashBytes];
  AuthenticatorData data;
  data.rp_id_hash = bytes.first(kHashBytes);
  data.user_present = (flags & kUserPresent) != 0;
  data.user_verified = (flags & kUserVerified) != 0;
  data.backup_eligible = (flags & kBackupEligible) != 0;
  data.backed_up = (flags & kBackedUp) != 0;
  data.sign_count = big_endian(bytes.subspan(kHashBytes + 1, 4));
  if (data.backed_up && !data.backup_eligible) return refuse("webauthn.authenticator_data");
  auto rest = bytes.subspan(kHeadBytes);
  if ((flags & kAttestedCredential) != 0) {
    TRY(data.credential, read_credential(rest));
  }
  if ((flags & kExtensions) != 0) {
    TRY_VOID(skip_extensions(rest));
  }
  if (!rest.empty()) return refuse("webauthn.authenticator_data");
  return data;
}

core::Result<AttestationObject> parse_attestation_object(ByteView bytes) {
  TRY(const auto document, CborDocument::decode(bytes));
  const auto root = document.root();
  const auto format = root.find("fmt");
  const auto statement = root.find("attStmt");
  const auto data = root.find("authData");
  if (!format || !statement || !data || root.as_items()->size() != 6 ||
      statement->type() != CborType::kMap) {
    return refuse("webauthn.attestation_object");
  }
  const auto name = format->as_text();
  const auto authenticator_data = data->as_bytes();
  if (!name || !authenticator_data) return refuse("webauthn.attestation_object");
  AttestationObject object{*authenticator_data, std::nullopt};
  if (*name == "none") {
    if (statement->as_items()->size() != 0) return refuse("webauthn.attestation_object");
    return object;
  }
  if (*name != "packed") return refuse("webauthn.format");
  TRY(object.packed, read_packed(*statement));
  return object;
}

}  // namespace codec::webauthn
