// Signed notes (C2SP signed-note): a text with signature lines below it, and the keys that verify
// them. Notes come from strangers (witnesses, mirrors), so everything is bounded and parsed once.
// Value types and pure functions, safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "crypto/ed25519.h"

namespace audit {

inline constexpr std::size_t kNoteBytesMax = 64UL * 1024;
inline constexpr std::size_t kNoteSignaturesMax = 64;
inline constexpr std::size_t kKeyNameBytesMax = 255;

using NoteKeyId = std::array<std::uint8_t, 4>;

/// What a key signs, as the byte that goes into its id. Source: C2SP signed-note, "Signature
/// types".
enum class NoteKeyType : std::uint8_t { kEd25519 = 0x01, kCosignature = 0x04 };

/// One line below the text: "— <name> <base64 of key id and signature>".
struct NoteSignature {
  std::string name;
  NoteKeyId key_id{};
  core::Bytes signature;
};

struct SignedNote {
  std::string text;  ///< with its final newline, without the empty line after it
  std::vector<NoteSignature> signatures;

  /// Errors: kInvalidInput "note.malformed".
  [[nodiscard]] static core::Result<SignedNote> parse(std::string_view note);
  [[nodiscard]] std::string to_string() const;
};

/// One signature line with its newline.
[[nodiscard]] std::string to_line(const NoteSignature& signature);
/// Reads lines alone, as a witness answers them. Errors: kInvalidInput "note.malformed".
[[nodiscard]] core::Result<std::vector<NoteSignature>> parse_signature_lines(
    std::string_view lines);

/// A public key by name: "<name>+<key id in hex>+<base64 of type and key>" (a vkey).
class NoteVerifier {
 public:
  /// @param name  no space, no plus.
  NoteVerifier(std::string name, NoteKeyType type, crypto::Ed25519PublicKey key);
  /// Errors: kInvalidInput "key.vkey_malformed" another form, another type than the two above, or
  /// an
  ///         id that is not the key's.
  [[nodiscard]] static core::Result<NoteVerifier> parse(std::string_view vkey);

  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const NoteKeyId& id() const { return id_; }
  [[nodiscard]] NoteKeyType type() const { return type_; }
  [[nodiscard]] const crypto::Ed25519PublicKey& key() const { return key_; }

  [[nodiscard]] bool is_of(const NoteSignature& signature) const {
    return signature.name == name_ && signature.key_id == id_;
  }
  /// Whether the signature is this key's over the text: as a note's own, or as a cosignature.
  [[nodiscard]] bool verify(std::string_view text, const NoteSignature& signature) const;

 private:
  std::string name_;
  NoteKeyType type_;
  crypto::Ed25519PublicKey key_;
  NoteKeyId id_;
};

/// Signs a text as a note's own key.
[[nodiscard]] NoteSignature sign_note(std::string_view text, std::string_view name,
                                      const crypto::Ed25519PrivateKey& key);

/// Whether a name may stand in a signature line.
[[nodiscard]] bool is_key_name(std::string_view name);

}  // namespace audit
