#include "openid/types.h"

namespace openid {
namespace {

constexpr std::string_view kFamily = "oauth.";

}  // namespace

std::optional<std::string_view> find(const Parameters& parameters, std::string_view name) {
  for (const auto& [known, value] : parameters) {
    if (known == name && !value.empty()) return value;
  }
  return std::nullopt;
}

Texts split_words(std::string_view text) {
  Texts words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    if (!word.empty() && !has(words, word)) words.emplace_back(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string join_words(const Texts& words) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

std::string_view name_of(ClientAuth auth) {
  switch (auth) {
    case ClientAuth::kNone:
      return "none";
    case ClientAuth::kSecretBasic:
      return "client_secret_basic";
    case ClientAuth::kPrivateKeyJwt:
      return "private_key_jwt";
  }
  return "none";
}

std::optional<ClientAuth> find_client_auth(std::string_view name) {
  for (const auto auth :
       {ClientAuth::kNone, ClientAuth::kSecretBasic, ClientAuth::kPrivateKeyJwt}) {
    if (name_of(auth) == name) return auth;
  }
  return std::nullopt;
}

std::string oauth_code(const core::Error& error) {
  const std::string_view reason = error.reason;
  if (!reason.starts_with(kFamily)) {
    if (error.code == core::ErrorCode::kInvalidInput) return "invalid_request";
    const bool later =
        error.code == core::ErrorCode::kUnavailable || error.code == core::ErrorCode::kLimited;
    return later ? "temporarily_unavailable" : "server_error";
  }
  const auto rest = reason.substr(kFamily.size());
  return std::string(rest.substr(0, rest.find('.')));
}

std::string oauth_description(const core::Error& error) {
  const std::string_view reason = error.reason;
  if (!reason.starts_with(kFamily)) return {};
  const auto dot = reason.find('.', kFamily.size());
  if (dot == std::string_view::npos) return {};
  std::string words(reason.substr(dot + 1));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace openid
