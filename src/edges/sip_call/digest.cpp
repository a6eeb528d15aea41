#include "edges/sip_call/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "crypto/digest.h"
#include "crypto/md5.h"

namespace edges::sip_call {
namespace {

constexpr std::string_view kScheme = "digest ";
using Algorithm = DigestChallenge::Algorithm;

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return made;
}

/// name=value and name="value", separated by commas. What is wrong in form is left out.
std::map<std::string, std::string> parameters_of(std::string_view text) {
  std::map<std::string, std::string> found;
  while (!text.empty()) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) break;
    const auto begin = std::min(text.find_first_not_of(" \t,"), equals);
    auto name = text.substr(begin, equals - begin);
    while (name.ends_with(' ')) name.remove_suffix(1);
    text.remove_prefix(equals + 1);
    std::string value;
    if (text.starts_with('"')) {
      std::size_t at = 1;
      for (; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        value += text[at];
      }
      text.remove_prefix(std::min(at + 1, text.size()));
    } else {
      const auto end = std::min(text.find_first_of(", \t"), text.size());
      value = text.substr(0, end);
      text.remove_prefix(end);
    }
    found.insert_or_assign(lower(name), std::move(value));
  }
  return found;
}

bool offers_auth(std::string_view qop) {
  constexpr std::string_view kAuth = "auth";
  for (auto at = qop.find(kAuth); at != std::string_view::npos; at = qop.find(kAuth, at + 1)) {
    const auto end = at + kAuth.size();
    const bool starts = at == 0 || qop[at - 1] == ',' || qop[at - 1] == ' ';
    if (starts && (end == qop.size() || qop[end] == ',' || qop[end] == ' ')) return true;
  }
  return false;
}

std::optional<DigestChallenge> read_challenge(const SipChallenge& given) {
  if (lower(given.value.substr(0, kScheme.size())) != kScheme) return std::nullopt;
  auto parameters = parameters_of(std::string_view(given.value).substr(kScheme.size()));
  const auto algorithm = lower(parameters["algorithm"]);
  const auto qop = lower(parameters["qop"]);
  DigestChallenge challenge;
  challenge.proxy = given.proxy;
  challenge.realm = parameters["realm"];
  challenge.nonce = parameters["nonce"];
  challenge.opaque = parameters["opaque"];
  challenge.stale = lower(parameters["stale"]) == "true";
  challenge.qop_auth = offers_auth(qop);
  if (algorithm == "sha-256") {
    challenge.algorithm = Algorithm::kSha256;
  } else if (!algorithm.empty() && algorithm != "md5") {
    return std::nullopt;
  }
  // Only auth-int is offered: the body would have to be protected, which no trunk asks for.
  if (challenge.nonce.empty() || (!qop.empty() && !challenge.qop_auth)) return std::nullopt;
  return challenge;
}

std::string hash(Algorithm algorithm, std::string_view text) {
  const auto bytes = core::as_bytes(text);
  if (algorithm == Algorithm::kSha256) return core::to_hex(crypto::sha256(bytes));
  return core::to_hex(crypto::md5(bytes));
}

std::string in_quotes(std::string_view text) {
  std::string made = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    made += c;
  }
  return made + '"';
}

}  // namespace

std::optional<DigestChallenge> choose_challenge(const std::vector<SipChallenge>& challenges) {
  std::optional<DigestChallenge> chosen;
  for (const auto& given : challenges) {
    const auto challenge = read_challenge(given);
    if (!challenge) continue;
    if (!chosen ||
        (challenge->algorithm == Algorithm::kSha256 && chosen->algorithm == Algorithm::kMd5)) {
      chosen = challenge;
    }
  }
  return chosen;
}

std::string answer_challenge(const DigestChallenge& challenge, const Credentials& credentials,
                             const DigestTarget& target, const std::string& cnonce) {
  constexpr std::string_view kCount = "00000001";  // each nonce is answered once
  const auto algorithm = challenge.algorithm;
  const auto secret = hash(algorithm, fmt::format("{}:{}:{}", credentials.username, challenge.realm,
                                                  credentials.password.reveal()));
  const auto asked = hash(algorithm, target.method + ":" + target.uri);
  const auto response =
      challenge.qop_auth ? hash(algorithm, fmt::format("{}:{}:{}:{}:auth:{}", secret,
                                                       challenge.nonce, kCount, cnonce, asked))
                         : hash(algorithm, fmt::format("{}:{}:{}", secret, challenge.nonce, asked));
  auto line = fmt::format(
      "{}: Digest username={}, realm={}, nonce={}, uri={}, response=\"{}\", algorithm={}",
      challenge.proxy ? "Proxy-Authorization" : "Authorization", in_quotes(credentials.username),
      in_quotes(challenge.realm), in_quotes(challenge.nonce), in_quotes(target.uri), response,
      algorithm == Algorithm::kSha256 ? "SHA-256" : "MD5");
  if (!challenge.opaque.empty()) line += ", opaque=" + in_quotes(challenge.opaque);
  if (challenge.qop_auth) line += fmt::format(", qop=auth, nc={}, cnonce=\"{}\"", kCount, cnonce);
  return line;
}

}  // namespace edges::sip_call
