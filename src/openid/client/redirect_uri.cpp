#include "openid/client/redirect_uri.h"

namespace openid {
namespace {

/// The parts of "scheme://host:port/rest"; host is empty in "scheme:/rest".
struct UriParts {
  std::string_view scheme;
  std::string_view host;
  std::string_view port;  ///< with its colon
  std::string_view rest;  ///< from the first slash or question mark on
};

bool is_lower_name(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

std::optional<UriParts> split(std::string_view uri) {
  const auto colon = uri.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  UriParts parts{.scheme = uri.substr(0, colon), .host = {}, .port = {}, .rest = {}};
  auto rest = uri.substr(colon + 1);
  if (!rest.starts_with("//")) {
    parts.rest = rest;
    return parts;
  }
  rest.remove_prefix(2);
  const auto end = std::min(rest.find_first_of("/?"), rest.size());
  auto authority = rest.substr(0, end);
  parts.rest = rest.substr(end);
  const auto bracket = authority.find(']');
  const auto port = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  parts.host = authority.substr(0, port);
  if (port != std::string_view::npos) parts.port = authority.substr(port);
  return parts;
}

bool is_port(std::string_view port) {
  if (port.empty()) return true;
  port.remove_prefix(1);
  return !port.empty() && port.size() <= 5 &&
         std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_loopback_ip(std::string_view host) { return host == "127.0.0.1" || host == "[::1]"; }

bool has_plain_characters(std::string_view uri) {
  return std::all_of(uri.begin(), uri.end(), [](char c) {
    return c > ' ' && c < 0x7F &&
           std::string_view("#*@\\\"<>^`{|}").find(c) == std::string_view::npos;
  });
}

bool has_dot_segment(std::string_view rest) {
  const auto path = rest.substr(0, rest.find('?'));
  for (const std::string_view trick : {"/./", "/../", "%2e", "%2E", "%2f", "%2F", "//"}) {
    if (path.find(trick) != std::string_view::npos) return true;
  }
  return path.ends_with("/.") || path.ends_with("/..");
}

bool is_web(const UriParts& parts) {
  const bool this_machine = parts.host == "localhost" || is_loopback_ip(parts.host);
  const bool host = is_loopback_ip(parts.host) || is_lower_name(parts.host, ".-");
  return host && is_port(parts.port) &&
         (parts.scheme == "https" || (parts.scheme == "http" && this_machine));
}

bool is_app(const UriParts& parts) {
  return parts.host.empty() && is_lower_name(parts.scheme, ".-+") &&
         parts.scheme.find('.') != std::string_view::npos && parts.rest.starts_with('/');
}

}  // namespace

core::Status check_registered_uri(std::string_view uri, bool native) {
  const auto parts = split(uri);
  const bool good = parts && uri.size() <= kUriBytesMax && has_plain_characters(uri) &&
                    !has_dot_segment(parts->rest) && (is_web(*parts) || (native && is_app(*parts)));
  if (good) return {};
  return core::fail(core::ErrorCode::kInvalidInput, "relying_party.uri", std::string(uri));
}

std::string_view host_of(std::string_view uri) {
  const auto parts = split(uri);
  return parts ? parts->host : std::string_view();
}

bool is_registered_uri(const RelyingParty& party, const Texts& registered, std::string_view asked) {
  if (has(registered, asked)) return true;
  if (party.auth != ClientAuth::kNone) return false;
  const auto parts = split(asked);
  if (!parts || parts->scheme != "http" || !is_loopback_ip(parts->host) || parts->port.empty() ||
      !is_port(parts->port)) {
    return false;
  }
  const auto without_port = "http://" + std::string(parts->host) + std::string(parts->rest);
  return has(registered, without_port);
}

}  // namespace openid
