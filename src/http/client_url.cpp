#include "http/client_url.h"

#include <boost/url/parse.hpp>
#include <charconv>
#include <cstdint>

#include "http/text.h"

namespace http {
namespace {

auto malformed(std::string_view what) {
  return core::fail(core::ErrorCode::kInvalidInput, "client.url", std::string(what));
}

}  // namespace

core::Result<ClientUrl> ClientUrl::parse(std::string_view text) {
  const auto parsed = boost::urls::parse_uri(boost::core::string_view(text.data(), text.size()));
  if (!parsed) return malformed("not an absolute URL");
  ClientUrl url;
  const auto scheme = parsed->scheme_id();
  url.tls = scheme == boost::urls::scheme::https;
  if (!url.tls && scheme != boost::urls::scheme::http) return malformed("scheme");
  if (parsed->has_userinfo()) return malformed("userinfo");
  for (const char c : parsed->host_address()) url.host.push_back(to_lower(c));
  if (url.host.empty()) return malformed("host");
  url.port = std::string(parsed->port());
  if (url.port.empty()) url.port = url.tls ? "443" : "80";
  std::uint16_t number = 0;
  const auto [end, error] =
      std::from_chars(url.port.data(), url.port.data() + url.port.size(), number);
  if (error != std::errc{} || *end != '\0' || number == 0) return malformed("port");
  url.target = std::string(parsed->encoded_path());
  if (url.target.empty()) url.target = "/";
  if (parsed->has_query()) {
    url.target.append("?").append(std::string_view(parsed->encoded_query()));
  }
  return url;
}

std::string ClientUrl::authority() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  const auto name = ipv6 ? "[" + host + "]" : host;
  const bool usual = port == (tls ? "443" : "80");
  return usual ? name : name + ":" + port;
}

std::string ClientUrl::origin() const {
  return std::string(tls ? "https://" : "http://") + host + ":" + port;
}

}  // namespace http
