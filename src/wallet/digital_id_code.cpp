#include "wallet/digital_id_code.h"

#include <algorithm>
#include <array>

#include "codec/base45.h"
#include "codec/cbor.h"
#include "codec/cbor_writer.h"
#include "codec/cose.h"
#include "core/assert.h"

namespace wallet {
namespace {

using core::ErrorCode;
using core::fail;

// Map keys of docs/spec/digital-id-qr.md.
enum ClaimKey : std::int64_t {
  kQuestion = 1,
  kAnswer = 2,
  kDeviceKey = 3,
  kExpires = 4,
  kPortrait = 5,
  kIssued = 6,
  kFirstExtension = 16,
};
enum PresentationKey : std::int64_t { kAttestation = 1, kSlot = 2 };
enum IdentityKey : std::int64_t { kFullName = 1, kDocument = 2 };

constexpr std::array<std::pair<Question, std::string_view>, 6> kQuestionNames{{
    {Question::kAgeOver18, "age_over_18"},
    {Question::kPensioner, "pensioner"},
    {Question::kIdentity, "identity"},
    {Question::kStudent, "student"},
    {Question::kLargeFamily, "large_family"},
    {Question::kDisability, "disability"},
}};

tl::unexpected<core::Error> malformed(std::string detail = {}) {
  return fail(ErrorCode::kInvalidInput, "code.malformed", std::move(detail));
}

/// Every key must be known, or be an extension (16 and above) that this version passes over.
core::Status check_keys(const codec::CborValue& map, std::int64_t last_known) {
  if (map.type() != codec::CborType::kMap) return malformed("not a map");
  TRY(const auto items, map.as_items());
  bool is_key = true;
  for (const auto item : items) {
    if (is_key) {
      const auto key = item.as_int64();
      const bool known = key && *key >= 1 && *key <= last_known;
      if (!known && !(key && *key >= kFirstExtension)) return malformed("unknown key");
    }
    is_key = !is_key;
  }
  return {};
}

core::Result<codec::CborValue> member(const codec::CborValue& map, std::int64_t key) {
  const auto value = map.find(key);
  if (!value) return malformed("missing key");
  return *value;
}

core::Result<std::string> bounded_text(const codec::CborValue& map, std::int64_t key,
                                       std::size_t bytes_max) {
  TRY(const auto value, member(map, key));
  TRY(const auto text, value.as_text());
  if (text.empty() || text.size() > bytes_max) return malformed("text length");
  return std::string(text);
}

core::Result<core::Instant> seconds(const codec::CborValue& map, std::int64_t key) {
  TRY(const auto value, member(map, key));
  TRY(const auto number, value.as_unsigned());
  constexpr std::uint64_t kYear9999 = 253'402'300'799ULL;
  if (number > kYear9999) return malformed("moment out of range");
  return core::Instant::from_seconds(static_cast<std::int64_t>(number));
}

core::Result<Answer> read_answer(const codec::CborValue& value, Question question) {
  if (question != Question::kIdentity) {
    TRY(const auto answer, value.as_bool());
    return Answer(answer);
  }
  TRY_VOID(check_keys(value, kDocument));
  IdentityAnswer answer;
  TRY(answer.full_name, bounded_text(value, kFullName, kFullNameBytesMax));
  TRY(answer.document, bounded_text(value, kDocument, kDocumentBytesMax));
  return Answer(std::move(answer));
}

core::Result<AttestationClaims> read_claims(const codec::CborValue& map) {
  TRY_VOID(check_keys(map, kIssued));
  AttestationClaims claims;
  TRY(const auto question_value, member(map, kQuestion));
  TRY(const auto question, question_value.as_unsigned());
  if (question < 1 || question > kQuestionNames.size()) return malformed("unknown question");
  claims.question = static_cast<Question>(question);
  TRY(const auto answer, member(map, kAnswer));
  TRY(claims.answer, read_answer(answer, claims.question));
  TRY(const auto key_value, member(map, kDeviceKey));
  TRY(const auto key, key_value.as_bytes());
  if (key.size() != claims.device_key.size()) return malformed("device key length");
  std::copy(key.begin(), key.end(), claims.device_key.begin());
  TRY(claims.expires_at, seconds(map, kExpires));
  TRY(claims.issued_at, seconds(map, kIssued));
  const auto life = claims.expires_at - claims.issued_at;
  if (life <= core::Duration::zero() || life > kAttestationLifeMax) return malformed("life");
  if (const auto portrait = map.find(kPortrait)) {
    TRY(const auto digest, portrait->as_bytes());
    if (claims.question != Question::kIdentity || digest.size() != 32) return malformed("portrait");
    claims.portrait_digest.emplace();
    std::copy(digest.begin(), digest.end(), claims.portrait_digest->begin());
  }
  return claims;
}

/// One reason for everything below: a stranger's code gets "malformed", not our parser's words.
template <typename T>
core::Result<T> as_malformed(core::Result<T> result) {
  if (result || result.error().reason == "code.malformed") return result;
  return malformed(result.error().reason);
}

core::Result<Attestation> read_attestation(const codec::CoseSign1& message) {
  if (!message.kid || message.kid->size() != kKidBytes) return malformed("kid");
  TRY(const auto payload, codec::CborDocument::decode(message.payload));
  Attestation attestation;
  TRY(attestation.claims, read_claims(payload.root()));
  attestation.kid = core::to_bytes(*message.kid);
  return attestation;
}

core::Result<Presentation> read_presentation(core::ByteView payload) {
  TRY(const auto document, codec::CborDocument::decode(payload));
  const auto map = document.root();
  TRY_VOID(check_keys(map, kSlot));
  Presentation presentation;
  TRY(const auto attestation, member(map, kAttestation));
  TRY(presentation.attestation, attestation.as_bytes());
  TRY(const auto slot, member(map, kSlot));
  TRY(presentation.slot, slot.as_unsigned());
  return presentation;
}

void write_answer(codec::CborWriter& writer, const Answer& answer) {
  if (const auto* yes = std::get_if<bool>(&answer)) {
    writer.boolean(*yes);
    return;
  }
  const auto& identity = std::get<IdentityAnswer>(answer);
  CORE_ASSERT(identity.full_name.size() <= kFullNameBytesMax);
  CORE_ASSERT(identity.document.size() <= kDocumentBytesMax);
  writer.map(2).unsigned_integer(kFullName).text(identity.full_name);
  writer.unsigned_integer(kDocument).text(identity.document);
}

}  // namespace

std::string_view name_of(Question question) {
  return kQuestionNames.at(static_cast<std::size_t>(question) - 1).second;
}

std::optional<Question> find_question(std::string_view name) {
  for (const auto& [question, known] : kQuestionNames) {
    if (known == name) return question;
  }
  return std::nullopt;
}

core::Bytes encode_claims(const AttestationClaims& claims) {
  codec::CborWriter writer;
  writer.map(claims.portrait_digest ? 6 : 5);
  writer.unsigned_integer(kQuestion).unsigned_integer(static_cast<std::uint64_t>(claims.question));
  writer.unsigned_integer(kAnswer);
  write_answer(writer, claims.answer);
  writer.unsigned_integer(kDeviceKey).bytes(claims.device_key);
  writer.unsigned_integer(kExpires).unsigned_integer(
      static_cast<std::uint64_t>(claims.expires_at.seconds()));
  if (claims.portrait_digest) writer.unsigned_integer(kPortrait).bytes(*claims.portrait_digest);
  writer.unsigned_integer(kIssued).unsigned_integer(
      static_cast<std::uint64_t>(claims.issued_at.seconds()));
  return writer.finish();
}

core::Result<Attestation> parse_attestation(core::ByteView attestation) {
  const auto message = codec::CoseSign1::parse(attestation);
  if (!message) return malformed(message.error().reason);
  return parse_attestation(*message);
}

core::Result<Attestation> parse_attestation(const codec::CoseSign1& message) {
  return as_malformed(read_attestation(message));
}

core::Bytes make_attestation(const AttestationClaims& claims,
                             const crypto::P256PrivateKey& issuer_key) {
  const auto payload = encode_claims(claims);
  const auto kid = kid_of(issuer_key.public_key());
  const codec::CoseSign1Draft draft{
      .payload = payload, .kid = core::ByteView(kid), .external_aad = kAttestationAad};
  return codec::make_cose_sign1(draft, issuer_key);
}

core::Result<core::Bytes> decode_code_text(std::string_view text) {
  if (text.size() > kCodeTextBytesMax || text.substr(0, kCodePrefix.size()) != kCodePrefix) {
    return malformed("prefix or length");
  }
  return as_malformed(codec::from_base45(text.substr(kCodePrefix.size())));
}

core::Result<Presentation> parse_presentation(core::ByteView payload) {
  return as_malformed(read_presentation(payload));
}

std::string make_code_text(core::ByteView attestation, std::uint64_t slot,
                           const crypto::P256PrivateKey& device_key) {
  codec::CborWriter writer;
  writer.map(2).unsigned_integer(kAttestation).bytes(attestation);
  writer.unsigned_integer(kSlot).unsigned_integer(slot);
  const auto payload = writer.finish();
  const codec::CoseSign1Draft draft{.payload = payload, .external_aad = kPresentationAad};
  return std::string(kCodePrefix) + codec::to_base45(codec::make_cose_sign1(draft, device_key));
}

std::uint64_t slot_of(core::Instant at) {
  CORE_ASSERT(at.seconds() >= 0);
  return static_cast<std::uint64_t>(at.seconds() / kSlotSeconds);
}

core::Bytes kid_of(const crypto::P256PublicKey& key) {
  const auto digest = crypto::sha256(key.uncompressed());
  return {digest.begin(), digest.begin() + kKidBytes};
}

}  // namespace wallet
