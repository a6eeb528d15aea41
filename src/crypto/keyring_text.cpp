#include "crypto/keyring_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/aead.h"

namespace crypto {
namespace {

using core::ErrorCode;

constexpr std::string_view kHeader = "beresta-keyring 1\n";
constexpr std::size_t kKeyDigits = 2 * Key256::kBytes;
constexpr std::size_t kWrappedDigits = 2 * (kWrapHeaderBytes + kSealOverheadBytes + Key256::kBytes);
constexpr std::size_t kWordsMax = 4;
constexpr std::string_view kNewRoots = "new-roots";

constexpr std::array kStates{std::pair{RootState::kCurrent, std::string_view("current")},
                             std::pair{RootState::kNext, std::string_view("next")},
                             std::pair{RootState::kOld, std::string_view("old")}};

std::string_view name_of(RootState state) {
  return kStates.at(static_cast<std::size_t>(state)).second;
}

std::optional<RootState> find_state(std::string_view name) {
  for (const auto& [state, known] : kStates) {
    if (known == name) return state;
  }
  return std::nullopt;
}

core::Result<Key256> parse_key(std::string_view digits) {
  if (digits.size() != kKeyDigits) return core::fail(ErrorCode::kInternal, "key.length");
  TRY(auto bytes, core::from_hex(digits));
  auto key = Key256::from_bytes(bytes);
  core::wipe(bytes.data(), bytes.size());
  return key;
}

/// Words between single spaces; more than any line has are one too many.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (words.size() <= kWordsMax) {
    const auto space = line.find(' ');
    words.push_back(line.substr(0, space));
    if (space == std::string_view::npos) break;
    line.remove_prefix(space + 1);
  }
  return words;
}

/// Reads line by line; what is wrong with a line is said without repeating it.
class Reader {
 public:
  /// Empty if the line was understood.
  std::string take(std::string_view line) {
    const auto words = words_of(line);
    if (words.front() == "derivation") return take_derivation(words);
    if (words.front() == "retired") return take_retired(words);
    if (words.front() == "token") return take_token(words);
    if (words.front() == kNewRoots) return take_new_roots(words);
    return take_root(words);
  }

  std::string finish() const {
    if (keyring.find(RootState::kCurrent) == nullptr) return "names no current root key";
    if (keyring.derivation.empty()) return "has no derivation line: its end is missing";
    return {};
  }

  KeyringText keyring;

 private:
  using Words = std::vector<std::string_view>;

  std::string take_root(const Words& words) {
    const auto state = find_state(words.front());
    if (!state || words.size() < 3) return "holds a line that is no line of a keyring";
    const auto id = parse_key_id(words[1]);
    if (!id) return "names a root key by something else than 16 hexadecimal digits";
    if (is_known(*id)) return fmt::format("names the root key {} twice", to_text(*id));
    if (*state != RootState::kOld && keyring.find(*state) != nullptr) {
      return fmt::format("has two {} root keys", name_of(*state));
    }
    if (keyring.roots.size() == kRootsMax) return "holds too many root keys";
    KeyringEntry entry{*state, *id, std::nullopt};
    if (words[2] == "file" && words.size() == 4) {
      auto key = parse_key(words[3]);
      if (!key) return fmt::format("holds no 64 hexadecimal digits for {}", to_text(*id));
      if (FileRootKey::id_of(*key) != *id) {
        return fmt::format("holds digits that are not those of the root key {}", to_text(*id));
      }
      entry.key = *std::move(key);
    } else if (words[2] != "token" || words.size() != 3) {
      return "says neither file nor token of a root key";
    }
    keyring.roots.push_back(std::move(entry));
    return {};
  }

  std::string take_token(const Words& words) {
    const bool whole = words.size() == 4 && std::none_of(words.begin(), words.end(),
                                                         [](auto word) { return word.empty(); });
    if (!whole || keyring.token) return "has a token line that is wrong";
    keyring.token = TokenPlace{std::string(words[1]), std::string(words[2]), std::string(words[3])};
    keyring.makes_in_token = true;
    return {};
  }

  std::string take_new_roots(const Words& words) {
    const bool whole = words.size() == 2 && words[1] == "file" && keyring.makes_in_token;
    if (!whole) return "says where new root keys are made, and that is wrong";
    keyring.makes_in_token = false;
    return {};
  }

  std::string take_retired(const Words& words) {
    const auto id = words.size() == 2 ? parse_key_id(words[1]) : std::nullopt;
    if (!id || is_known(*id) || keyring.retired.size() == kRetiredMax) {
      return "has a line about a retired root key that is wrong";
    }
    keyring.retired.push_back(*id);
    return {};
  }

  std::string take_derivation(const Words& words) {
    const bool once = words.size() == 2 && keyring.derivation.empty();
    if (!once || words[1].size() != kWrappedDigits) return "has a derivation line that is wrong";
    auto bytes = core::from_hex(words[1]);
    if (!bytes) return "has a derivation line that is wrong";
    keyring.derivation = *std::move(bytes);
    return {};
  }

  [[nodiscard]] bool is_known(const KeyId& id) const {
    return keyring.find(id) != nullptr || keyring.is_retired(id);
  }
};

core::Result<KeyringText> parse_first_form(std::string_view text, const std::string& path) {
  auto root = text.size() == kKeyDigits + 1 && text.back() == '\n'
                  ? parse_key(text.substr(0, kKeyDigits))
                  : core::Result<Key256>(core::fail(ErrorCode::kInternal, "key.length"));
  if (!root) {
    return core::fail(ErrorCode::kInternal, "key.malformed",
                      path + " must hold 64 hexadecimal digits and a newline, or a keyring");
  }
  KeyringText keyring;
  keyring.first_secret = FileRootKey::derivation_secret(*root);
  const auto id = FileRootKey::id_of(*root);
  keyring.roots.push_back({RootState::kCurrent, id, *std::move(root)});
  return keyring;
}

}  // namespace

const KeyringEntry* KeyringText::find(RootState state) const {
  const auto found = std::find_if(roots.begin(), roots.end(),
                                  [&](const auto& entry) { return entry.state == state; });
  return found == roots.end() ? nullptr : &*found;
}

const KeyringEntry* KeyringText::find(const KeyId& id) const {
  const auto found =
      std::find_if(roots.begin(), roots.end(), [&](const auto& entry) { return entry.id == id; });
  return found == roots.end() ? nullptr : &*found;
}

bool KeyringText::is_retired(const KeyId& id) const {
  return std::find(retired.begin(), retired.end(), id) != retired.end();
}

bool KeyringText::holds_token_roots() const {
  return std::any_of(roots.begin(), roots.end(), [](const auto& entry) { return !entry.key; });
}

core::Result<KeyringText> parse_keyring(std::string_view text, const std::string& path) {
  if (!text.starts_with(kHeader)) return parse_first_form(text, path);
  const auto malformed = [&](const std::string& why) {
    return core::fail(ErrorCode::kInternal, "key.malformed", path + " " + why);
  };
  if (text.size() > kKeyringBytesMax) return malformed("is too long");
  Reader reader;
  for (text.remove_prefix(kHeader.size()); !text.empty();) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return malformed("is cut off in the middle of a line");
    if (const auto wrong = reader.take(text.substr(0, end)); !wrong.empty()) {
      return malformed(wrong);
    }
    text.remove_prefix(end + 1);
  }
  if (const auto wrong = reader.finish(); !wrong.empty()) return malformed(wrong);
  return std::move(reader.keyring);
}

core::Secret<std::string> format_keyring(const KeyringText& keyring) {
  std::string text(kHeader);
  text.reserve(kKeyringBytesMax);  // never moved: no copy of the digits is left behind
  if (const auto& token = keyring.token) {
    text.append("token ").append(token->label).append(" ").append(token->module_path);
    text.append(" ").append(token->pin_file).append("\n");
    if (!keyring.makes_in_token) text.append(kNewRoots).append(" file\n");
  }
  for (const auto& root : keyring.roots) {
    text.append(name_of(root.state)).append(" ").append(to_text(root.id));
    if (root.key) {
      std::string digits = core::to_hex(root.key->reveal());
      text.append(" file ").append(digits).append("\n");
      core::wipe(digits.data(), digits.size());
    } else {
      text.append(" token\n");
    }
  }
  for (const auto& id : keyring.retired) text.append("retired ").append(to_text(id)).append("\n");
  text.append("derivation ").append(core::to_hex(keyring.derivation)).append("\n");
  return core::Secret<std::string>(std::move(text));
}

}  // namespace crypto
