// Setting: one line of the configuration's schema: its key, what it accepts, an example, where its
// value goes. The functions make settings of each type for config_schema.cpp. Immutable once made.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/config/config_source.h"

namespace app {

/// A secret given by the name of a file that holds it.
struct SecretFile {
  std::string path;
};

/// The configuration while it is read: with what does not stay in it.
struct ConfigDraft {
  Config config;
  std::map<std::string, SecretFile> operator_secrets;  ///< by the operator's name
  std::map<std::string, SecretFile> client_secrets;    ///< by the identity provider's name
  SecretFile mail_password;
  std::vector<std::string> trusted_proxies;  ///< as written, to be shown again
};

/// What has to be at a path before the server can start.
enum class PathKind { kNone, kFile, kFolder };

struct Setting {
  std::string key;
  std::string expected;
  std::string example;  ///< the value, as it is written in TOML
  bool is_secret = false;
  bool is_table = false;
  PathKind path = PathKind::kNone;
  /// Takes the value over; false if it is not what is expected. `folder` is what a relative path
  /// is relative to.
  std::function<bool(const RawSetting&, const std::string& folder, ConfigDraft&)> apply;
  /// The value in TOML, secrets hidden.
  std::function<std::string(ConfigDraft&)> show;
};

/// A section, and how to get at its part of the draft.
template <typename T>
struct SectionOf {
  std::string name;
  std::function<T&(ConfigDraft&)> get;
};

/// What a value is for, beside its type.
struct SettingText {
  std::string key;
  std::string example;
};

struct Range {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// What a text has to look like.
struct TextRule {
  std::string expected;
  bool (*fits)(std::string_view);
};

[[nodiscard]] std::optional<std::int64_t> as_integer(const RawSetting& raw);
[[nodiscard]] std::optional<double> as_decimal(const RawSetting& raw);
[[nodiscard]] std::optional<std::string> as_text(const RawSetting& raw);
[[nodiscard]] std::optional<std::vector<std::string>> as_text_list(const RawSetting& raw);
[[nodiscard]] std::optional<std::vector<int>> as_integer_list(const RawSetting& raw, Range range);
[[nodiscard]] std::optional<std::map<std::string, std::string>> as_text_table(
    const RawSetting& raw);

/// "the number 70000", "the text \"abc\""; for messages, never called for a secret.
[[nodiscard]] std::string described(const RawSetting& raw);
/// No control characters.
[[nodiscard]] bool is_printable(std::string_view text);
/// 1 to 255 printable characters without spaces.
[[nodiscard]] bool is_word(std::string_view text);
[[nodiscard]] std::string toml_text(std::string_view text);
[[nodiscard]] std::string toml_list(const std::vector<std::string>& items);
[[nodiscard]] std::string expected_integer(Range range);
/// `path` if it is absolute or empty, otherwise below `folder`.
[[nodiscard]] std::string resolved(const std::string& path, const std::string& folder);

/// A number into whatever integer or duration the member is.
template <typename T>
void assign_number(T& member, std::int64_t value) {
  if constexpr (requires { typename T::period; }) {
    member = T(value);
  } else {
    member = static_cast<T>(value);
  }
}
template <typename T>
std::string number_text(const T& member) {
  if constexpr (requires { member.count(); }) {
    return std::to_string(member.count());
  } else {
    return std::to_string(member);
  }
}

/// A whole number or a duration in the key's unit.
template <typename S, typename T>
Setting integer(const SectionOf<S>& section, T S::*member, Range range, SettingText text) {
  Setting setting{.key = section.name + "." + text.key,
                  .expected = expected_integer(range),
                  .example = text.example,
                  .apply = {},
                  .show = {}};
  setting.apply = [get = section.get, member, range](const RawSetting& raw, const std::string&,
                                                     ConfigDraft& draft) {
    const auto value = as_integer(raw);
    if (!value || *value < range.min || *value > range.max) return false;
    assign_number(get(draft).*member, *value);
    return true;
  };
  setting.show = [get = section.get, member](ConfigDraft& draft) {
    return number_text(get(draft).*member);
  };
  return setting;
}

/// A text that fits the rule.
template <typename S>
Setting text(const SectionOf<S>& section, std::string S::*member, TextRule rule, SettingText text) {
  Setting setting{.key = section.name + "." + text.key,
                  .expected = rule.expected,
                  .example = text.example,
                  .apply = {},
                  .show = {}};
  setting.apply = [get = section.get, member, fits = rule.fits](
                      const RawSetting& raw, const std::string&, ConfigDraft& draft) {
    auto value = as_text(raw);
    if (!value || !fits(*value)) return false;
    get(draft).*member = std::move(*value);
    return true;
  };
  setting.show = [get = section.get, member](ConfigDraft& draft) {
    return toml_text(get(draft).*member);
  };
  return setting;
}

/// A file or folder; relative ones are made absolute.
template <typename S>
Setting path(const SectionOf<S>& section, std::string S::*member, PathKind kind, SettingText text) {
  Setting setting{.key = section.name + "." + text.key,
                  .expected = kind == PathKind::kFolder ? "a folder" : "a file",
                  .example = text.example,
                  .path = kind,
                  .apply = {},
                  .show = {}};
  setting.apply = [get = section.get, member](const RawSetting& raw, const std::string& folder,
                                              ConfigDraft& draft) {
    const auto value = as_text(raw);
    if (!value || value->find('\0') != std::string::npos) return false;
    get(draft).*member = resolved(*value, folder);
    return true;
  };
  setting.show = [get = section.get, member](ConfigDraft& draft) {
    return toml_text(get(draft).*member);
  };
  return setting;
}

/// A text that is never shown.
template <typename S>
Setting secret(const SectionOf<S>& section, SecretText S::*member, SettingText text) {
  Setting setting{.key = section.name + "." + text.key,
                  .expected = "a text without line breaks",
                  .example = text.example,
                  .is_secret = true,
                  .apply = {},
                  .show = {}};
  setting.apply = [get = section.get, member](const RawSetting& raw, const std::string&,
                                              ConfigDraft& draft) {
    auto value = as_text(raw);
    if (!value || value->find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
      return false;
    }
    get(draft).*member = SecretText(std::move(*value));
    return true;
  };
  setting.show = [get = section.get, member](ConfigDraft& draft) {
    return (get(draft).*member).reveal().empty() ? toml_text("") : std::string("\"(secret)\"");
  };
  return setting;
}

/// A list of texts that all fit the rule.
template <typename S>
Setting text_list(const SectionOf<S>& section, std::vector<std::string> S::*member, TextRule rule,
                  SettingText text) {
  Setting setting{.key = section.name + "." + text.key,
                  .expected = "a list: " + rule.expected,
                  .example = text.example,
                  .apply = {},
                  .show = {}};
  setting.apply = [get = section.get, member, fits = rule.fits](
                      const RawSetting& raw, const std::string&, ConfigDraft& draft) {
    auto values = as_text_list(raw);
    if (!values || !std::all_of(values->begin(), values->end(), fits)) return false;
    get(draft).*member = std::move(*values);
    return true;
  };
  setting.show = [get = section.get, member](ConfigDraft& draft) {
    return toml_list(get(draft).*member);
  };
  return setting;
}

}  // namespace app
