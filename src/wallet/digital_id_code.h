// The Digital ID code, version BRS1: what stands inside the QR that changes every 30 seconds, as
// docs/spec/digital-id-qr.md defines it. Encoding and strict parsing only; digital_id_check.h
// judges. Value types and pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "codec/cose.h"
#include "core/bytes.h"
#include "core/instant.h"
#include "core/result.h"
#include "crypto/digest.h"
#include "crypto/p256.h"

namespace wallet {

inline constexpr std::string_view kCodePrefix = "BRS1:";
inline constexpr std::string_view kPresentationAad = "BRS1";
inline constexpr std::string_view kAttestationAad = "BRS1-attestation";
inline constexpr std::int64_t kSlotSeconds = 30;
/// Slots before and after the current one that are still accepted: a slow camera, a skewed clock.
inline constexpr std::int64_t kSlotTolerance = 1;
/// QR version 15 with correction M holds 600 alphanumeric characters.
inline constexpr std::size_t kCodeTextBytesMax = 600;
inline constexpr std::size_t kFullNameBytesMax = 120;
inline constexpr std::size_t kDocumentBytesMax = 24;
/// Name and document together: what a presentation of 396 bytes leaves beside signatures, keys, the
/// portrait's digest and two CBOR heads of two bytes.
inline constexpr std::size_t kIdentityBytesMax = 132;
inline constexpr std::size_t kKidBytes = 8;
inline constexpr core::Duration kAttestationLifeMax = std::chrono::hours(24 * 7);

/// What the checker asks; the numbers are on the wire.
enum class Question : std::uint8_t {
  kAgeOver18 = 1,
  kPensioner = 2,
  kIdentity = 3,
  kStudent = 4,
  kLargeFamily = 5,
  kDisability = 6,
};

/// "age_over_18"; the name in the HTTP interface.
[[nodiscard]] std::string_view name_of(Question question);
/// The reverse; empty for an unknown name.
[[nodiscard]] std::optional<Question> find_question(std::string_view name);

/// The answer to "who am I". Personal data: shown to the checker, never logged.
struct IdentityAnswer {
  std::string full_name;  ///< UTF-8, 1..kFullNameBytesMax bytes
  std::string document;   ///< grouped number, 1..kDocumentBytesMax bytes
};
/// Yes or no, or who.
using Answer = std::variant<bool, IdentityAnswer>;

/// What an issuer states for one device key.
struct AttestationClaims {
  Question question = Question::kAgeOver18;
  Answer answer = false;
  crypto::P256Compressed device_key{};
  core::Instant expires_at;
  core::Instant issued_at;
  std::optional<crypto::Digest256> portrait_digest;  ///< only with kIdentity
};

/// An attestation as parsed; nothing about its signature is known yet.
struct Attestation {
  AttestationClaims claims;
  core::Bytes kid;
};

/// The payload an issuer signs. Full seconds; the fields must be within the limits (CORE_ASSERT).
[[nodiscard]] core::Bytes encode_claims(const AttestationClaims& claims);

/// Reads an attestation's COSE_Sign1.
/// Errors: kInvalidInput "code.malformed" any deviation from the specification.
[[nodiscard]] core::Result<Attestation> parse_attestation(core::ByteView attestation);
/// The same for a message already parsed, by whoever verifies its signature next.
[[nodiscard]] core::Result<Attestation> parse_attestation(const codec::CoseSign1& message);

/// Signs the claims as the issuer does.
[[nodiscard]] core::Bytes make_attestation(const AttestationClaims& claims,
                                           const crypto::P256PrivateKey& issuer_key);

/// The presentation's parts; views into the decoded bytes.
struct Presentation {
  core::ByteView attestation;
  std::uint64_t slot = 0;
};

/// Undoes "BRS1:" and base45.
/// Errors: kInvalidInput "code.malformed" other prefix, length or alphabet.
[[nodiscard]] core::Result<core::Bytes> decode_code_text(std::string_view text);
/// Reads the payload of the outer COSE_Sign1. Errors: kInvalidInput "code.malformed".
[[nodiscard]] core::Result<Presentation> parse_presentation(core::ByteView payload);

/// The text of a QR for one slot, signed by the device: what a wallet shows.
[[nodiscard]] std::string make_code_text(core::ByteView attestation, std::uint64_t slot,
                                         const crypto::P256PrivateKey& device_key);

/// floor(unix seconds / 30).
[[nodiscard]] std::uint64_t slot_of(core::Instant at);

/// First 8 bytes of SHA-256 of the uncompressed point.
[[nodiscard]] core::Bytes kid_of(const crypto::P256PublicKey& key);

}  // namespace wallet
