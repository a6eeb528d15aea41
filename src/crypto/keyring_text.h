// The text of a keyring file: which root keys an installation has, which of them is in use, and the
// secret that the keys of purposes are derived from. Pure functions and value types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "core/secret.h"
#include "crypto/key256.h"
#include "crypto/root_key.h"

namespace crypto {

/// What a root key is for.
enum class RootState {
  kCurrent,  ///< wraps from now on
  kNext,     ///< known everywhere before it is used anywhere
  kOld,      ///< opens what it wrapped until that is wrapped anew
};

struct KeyringEntry {
  RootState state = RootState::kCurrent;
  KeyId id{};
  std::optional<Key256> key;  ///< absent: it is in a token
};

/// Where the token is, as its line says; no part holds a space.
struct TokenPlace {
  std::string label;
  std::string module_path;
  std::string pin_file;
  bool operator==(const TokenPlace&) const = default;
};

struct KeyringText {
  std::optional<TokenPlace> token;  ///< where root keys without a key of their own here are
  bool makes_in_token = false;      ///< new root keys are made in it
  std::vector<KeyringEntry> roots;
  std::vector<KeyId> retired;          ///< names of root keys that are gone
  core::Bytes derivation;              ///< the derivation secret, wrapped by the current root key
  std::optional<Key256> first_secret;  ///< of a file that has never been rotated, in clear

  [[nodiscard]] const KeyringEntry* find(RootState state) const;
  [[nodiscard]] const KeyringEntry* find(const KeyId& id) const;
  [[nodiscard]] bool is_retired(const KeyId& id) const;
  [[nodiscard]] bool holds_token_roots() const;
};

inline constexpr std::size_t kRootsMax = 8;
inline constexpr std::size_t kRetiredMax = 64;
inline constexpr std::size_t kKeyringBytesMax = 16UL * 1024;
/// Names the place of the wrapped derivation secret.
inline constexpr std::string_view kDerivationPlace = "keyring|derivation";

/// Reads either form: one line of 64 hexadecimal digits, as an installation begins; or
///
///     beresta-keyring 1
///     token LABEL /path/of/module.so /path/of/pin
///     new-roots file
///     current 0123456789abcdef file <64 hexadecimal digits>
///     old fedcba9876543210 token
///     retired 0011223344556677
///     derivation <138 hexadecimal digits>
///
/// Root keys are made in the token, if one is named, unless `new-roots file` says otherwise.
/// Errors: kInternal "key.malformed" anything else, as after a write that was cut short, or digits
///         that do not belong to the name beside them (detail: path and what is wrong, never the
///         digits).
[[nodiscard]] core::Result<KeyringText> parse_keyring(std::string_view text,
                                                      const std::string& path);
/// The second form. The caller has set `derivation`.
[[nodiscard]] core::Secret<std::string> format_keyring(const KeyringText& keyring);

}  // namespace crypto
