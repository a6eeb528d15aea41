#include "audit/signed_note.h"

#include <algorithm>

#include "codec/base64url.h"
#include "codec/utf8.h"
#include "core/assert.h"
#include "crypto/digest.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kSignatureBytesMax = 8192;  // post-quantum ones are near 5 kB
constexpr std::size_t kTimestampBytes = 8;

auto malformed() { return fail(ErrorCode::kInvalidInput, "note.malformed"); }
auto key_malformed() { return fail(ErrorCode::kInvalidInput, "key.vkey_malformed"); }

NoteKeyId key_id_of(std::string_view name, NoteKeyType type, const crypto::Ed25519PublicKey& key) {
  constexpr std::uint8_t kNewline = 0x0a;
  const auto byte = static_cast<std::uint8_t>(type);
  const auto digest = crypto::sha256(
      {core::as_bytes(name), core::ByteView(&kNewline, 1), core::ByteView(&byte, 1), key.bytes()});
  NoteKeyId id{};
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

/// Unicode's spaces beyond ASCII: they make two names look alike.
bool has_wide_space(std::string_view name) {
  for (const std::string_view space :
       {"\u00a0", "\u1680", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\u0085"}) {
    if (name.find(space) != std::string_view::npos) return true;
  }
  for (auto at = name.find("\xe2\x80"); at != std::string_view::npos;
       at = name.find("\xe2\x80", at + 1)) {
    const auto last = at + 2 < name.size() ? static_cast<unsigned char>(name[at + 2]) : 0U;
    if (last >= 0x80 && last <= 0x8a) return true;  // U+2000..U+200A
  }
  return false;
}

core::Result<NoteSignature> parse_line(std::string_view line) {
  if (!line.starts_with(kDash)) return malformed();
  line.remove_prefix(kDash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return malformed();
  const auto text = line.substr(space + 1);
  if (text.size() > kSignatureBytesMax) return malformed();
  const auto bytes = codec::from_base64(text);
  NoteSignature signature{
      .name = std::string(line.substr(0, space)), .key_id = {}, .signature = {}};
  if (!bytes || bytes->size() <= signature.key_id.size()) return malformed();
  std::copy_n(bytes->begin(), signature.key_id.size(), signature.key_id.begin());
  signature.signature.assign(bytes->begin() + static_cast<std::ptrdiff_t>(signature.key_id.size()),
                             bytes->end());
  return signature;
}

}  // namespace

bool is_key_name(std::string_view name) {
  return !name.empty() && name.size() <= kKeyNameBytesMax && codec::is_utf8(name) &&
         std::none_of(name.begin(), name.end(),
                      [](char c) {
                        const auto byte = static_cast<unsigned char>(c);
                        return byte <= 0x20 || byte == 0x7f || c == '+';
                      }) &&
         !has_wide_space(name);
}

core::Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
  if (lines.size() > kNoteBytesMax || lines.empty() || lines.back() != '\n') return malformed();
  std::vector<NoteSignature> signatures;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    TRY(auto signature, parse_line(lines.substr(0, end)));
    signatures.push_back(std::move(signature));
    if (signatures.size() > kNoteSignaturesMax) return malformed();
    lines.remove_prefix(end + 1);
  }
  return signatures;
}

core::Result<SignedNote> SignedNote::parse(std::string_view note) {
  if (note.size() > kNoteBytesMax || !codec::is_utf8(note)) return malformed();
  const bool has_control = std::any_of(note.begin(), note.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n';
  });
  const auto gap = note.rfind("\n\n");
  if (has_control || gap == std::string_view::npos) return malformed();
  SignedNote parsed{.text = std::string(note.substr(0, gap + 1)), .signatures = {}};
  TRY(parsed.signatures, parse_signature_lines(note.substr(gap + 2)));
  return parsed;
}

std::string to_line(const NoteSignature& signature) {
  core::Bytes bytes(signature.key_id.begin(), signature.key_id.end());
  bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
  std::string line(kDash);
  return line.append(signature.name).append(" ").append(codec::to_base64(bytes)).append("\n");
}

std::string SignedNote::to_string() const {
  std::string note = text + "\n";
  for (const auto& signature : signatures) note += to_line(signature);
  return note;
}

NoteVerifier::NoteVerifier(std::string name, NoteKeyType type, crypto::Ed25519PublicKey key)
    : name_(std::move(name)),
      type_(type),
      key_(std::move(key)),
      id_(key_id_of(name_, type_, key_)) {
  CORE_ASSERT(is_key_name(name_));
}

core::Result<NoteVerifier> NoteVerifier::parse(std::string_view vkey) {
  const auto first = vkey.find('+');
  const auto second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos || !is_key_name(vkey.substr(0, first))) {
    return key_malformed();
  }
  const auto bytes = codec::from_base64(vkey.substr(second + 1));
  if (!bytes || bytes->size() != 1 + sizeof(crypto::Ed25519PublicBytes)) return key_malformed();
  const auto type = static_cast<NoteKeyType>(bytes->front());
  if (type != NoteKeyType::kEd25519 && type != NoteKeyType::kCosignature) return key_malformed();
  TRY(auto key, crypto::Ed25519PublicKey::from_bytes(core::ByteView(*bytes).subspan(1)));
  NoteVerifier verifier(std::string(vkey.substr(0, first)), type, std::move(key));
  if (core::to_hex(verifier.id()) != vkey.substr(first + 1, second - first - 1)) {
    return key_malformed();
  }
  return verifier;
}

std::string NoteVerifier::to_string() const {
  core::Bytes bytes{static_cast<std::uint8_t>(type_)};
  bytes.insert(bytes.end(), key_.bytes().begin(), key_.bytes().end());
  return name_ + "+" + core::to_hex(id_) + "+" + codec::to_base64(bytes);
}

bool NoteVerifier::verify(std::string_view text, const NoteSignature& signature) const {
  const core::ByteView bytes(signature.signature);
  if (type_ == NoteKeyType::kEd25519) return key_.verify(core::as_bytes(text), bytes);
  if (bytes.size() != kTimestampBytes + sizeof(crypto::Ed25519Signature)) return false;
  std::uint64_t seconds = 0;
  for (const auto byte : bytes.first(kTimestampBytes)) seconds = (seconds << 8U) | byte;
  if (seconds > static_cast<std::uint64_t>(INT64_MAX)) return false;
  // Source: C2SP tlog-cosignature, "Ed25519 signed message".
  std::string message = "cosignature/v1\ntime " + std::to_string(seconds) + "\n";
  message.append(text);
  return key_.verify(core::as_bytes(message), bytes.subspan(kTimestampBytes));
}

NoteSignature sign_note(std::string_view text, std::string_view name,
                        const crypto::Ed25519PrivateKey& key) {
  return {.name = std::string(name),
          .key_id = key_id_of(name, NoteKeyType::kEd25519, key.public_key()),
          .signature = core::to_bytes(key.sign(core::as_bytes(text)))};
}

}  // namespace audit
