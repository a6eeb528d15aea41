#include "edges/sip_call/sip_message.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace edges::sip_call {
namespace {

using core::ErrorCode;

auto malformed(std::string_view what) {
  return core::fail(ErrorCode::kInvalidInput, "sip.malformed", std::string(what));
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 0x7F &&
           std::string_view("()<>@,;:\\\"/[]?={}").find(c) == std::string_view::npos;
  });
}

/// What goes back to the trunk in our messages must stay in its line.
bool is_line(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '\t' || static_cast<unsigned char>(c) >= 0x20; });
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

struct Header {
  std::string_view name;
  std::string value;
};

/// The long name of a compact one (RFC 3261, section 7.3.3).
std::string_view long_name(std::string_view name) {
  if (name.size() != 1) return name;
  switch (lower(name[0])) {
    case 'v':
      return "via";
    case 'f':
      return "from";
    case 't':
      return "to";
    case 'i':
      return "call-id";
    case 'm':
      return "contact";
    case 'l':
      return "content-length";
    default:
      return name;
  }
}

/// The header lines between the start line and the body, folded lines joined.
core::Result<std::vector<Header>> parse_headers(std::string_view text) {
  std::vector<Header> headers;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return headers;
    if (line[0] == ' ' || line[0] == '\t') {
      if (headers.empty() || !is_line(trimmed(line))) return malformed("fold");
      headers.back().value += " " + std::string(trimmed(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("header");
    const auto name = trimmed(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (!is_token(name) || !is_line(value)) return malformed("header");
    if (headers.size() >= kHeadersMax) return malformed("headers");
    headers.push_back({long_name(name), std::string(value)});
  }
  return headers;
}

std::string_view without_parameters(std::string_view value) {
  // Parameters of the header come after the closing bracket, those of the URI stand before it.
  const auto bracket = value.find('>');
  return bracket == std::string_view::npos ? value : value.substr(bracket);
}

std::string uri_of(std::string_view value) {
  const auto open = value.find('<');
  if (open == std::string_view::npos) return std::string(trimmed(value.substr(0, value.find(';'))));
  const auto close = value.find('>', open);
  return close == std::string_view::npos ? std::string()
                                         : std::string(value.substr(open + 1, close - open - 1));
}

core::Status read_cseq(std::string_view value, SipHeaders& headers) {
  const auto space = value.find_first_of(" \t");
  if (space == std::string_view::npos) return malformed("cseq");
  const auto number = number_of<std::uint32_t>(value.substr(0, space));
  const auto method = trimmed(value.substr(space));
  if (!number || !is_token(method)) return malformed("cseq");
  headers.cseq = *number;
  headers.cseq_method = method;
  return {};
}

core::Result<SipHeaders> common_headers(const std::vector<Header>& all) {
  SipHeaders headers;
  for (const auto& [name, value] : all) {
    if (same(name, "via")) headers.vias.push_back(value);
    if (same(name, "from")) headers.from = value;
    if (same(name, "to")) headers.to = value;
    if (same(name, "call-id")) headers.call_id = value;
    if (same(name, "cseq")) {
      TRY_VOID(read_cseq(value, headers));
    }
  }
  if (headers.vias.empty() || headers.from.empty() || headers.to.empty() ||
      headers.call_id.empty() || headers.cseq_method.empty()) {
    return malformed("header missing");
  }
  // One line may hold several Vias; the first is the topmost.
  const std::string_view top = headers.vias.front();
  headers.branch = parameter_of(top.substr(0, top.find(',')), "branch");
  headers.to_tag = parameter_of(without_parameters(headers.to), "tag");
  return headers;
}

core::Result<SipMessage> parse_response(std::string_view status, const std::vector<Header>& all) {
  SipResponse response;
  const auto code = number_of<int>(status.substr(0, 3));
  if (!code || *code < 100 || *code > 699 || (status.size() > 3 && status[3] != ' ')) {
    return malformed("status");
  }
  response.status = *code;
  TRY(response.headers, common_headers(all));
  for (const auto& [name, value] : all) {
    if (same(name, "contact") && response.contact.empty()) response.contact = uri_of(value);
    if (same(name, "record-route")) response.record_routes.push_back(value);
    if (same(name, "www-authenticate")) response.challenges.push_back({false, value});
    if (same(name, "proxy-authenticate")) response.challenges.push_back({true, value});
  }
  return SipMessage(std::move(response));
}

}  // namespace

core::Result<SipMessage> parse_sip(std::string_view text) {
  constexpr std::string_view kVersion = "SIP/2.0";
  if (text.size() > kMessageBytesMax) return malformed("size");
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return malformed("start line");
  const auto start = trimmed(text.substr(0, end));
  TRY(const auto headers, parse_headers(text.substr(end + 1)));
  if (start.starts_with(kVersion)) {
    if (start.size() < kVersion.size() + 4 || start[kVersion.size()] != ' ') {
      return malformed("status");
    }
    return parse_response(start.substr(kVersion.size() + 1), headers);
  }
  const auto space = start.find(' ');
  if (!start.ends_with(" SIP/2.0") || !is_token(start.substr(0, space))) {
    return malformed("start line");
  }
  SipRequest request;
  request.method = start.substr(0, space);
  TRY(request.headers, common_headers(headers));
  return SipMessage(std::move(request));
}

std::string parameter_of(std::string_view value, std::string_view name) {
  bool quoted = false;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '"') quoted = !quoted;
    if (quoted || value[at] != ';') continue;
    const auto rest = value.substr(at + 1);
    const auto parameter = rest.substr(0, rest.find(';'));
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos || !same(trimmed(parameter.substr(0, equals)), name)) {
      continue;
    }
    auto found = trimmed(parameter.substr(equals + 1));
    if (found.size() >= 2 && found.front() == '"' && found.back() == '"') {
      found = found.substr(1, found.size() - 2);
    }
    return std::string(found);
  }
  return {};
}

void SipStreamReader::append(core::ByteView bytes) { buffer_ += core::as_text(bytes); }

core::Result<std::string> SipStreamReader::next() {
  // Empty lines between messages keep the connection alive (RFC 5626).
  buffer_.erase(0, std::min(buffer_.find_first_not_of("\r\n"), buffer_.size()));
  const auto unreadable = [](std::string_view why) {
    return core::fail(ErrorCode::kInvalidInput, "sip.stream", std::string(why));
  };
  const auto head = buffer_.find("\r\n\r\n");
  if (head == std::string::npos) {
    if (buffer_.size() > kMessageBytesMax) return unreadable("head");
    return std::string();
  }
  const auto lines = std::string_view(buffer_).substr(0, head + 4);
  TRY(const auto headers, parse_headers(lines.substr(std::min(lines.find('\n') + 1, head))));
  std::optional<std::size_t> body;
  for (const auto& [name, value] : headers) {
    if (same(name, "content-length")) body = number_of<std::size_t>(value);
  }
  if (!body || *body > kMessageBytesMax) return unreadable("content-length");
  const auto size = head + 4 + *body;
  if (buffer_.size() < size) return std::string();
  std::string message = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return message;
}

}  // namespace edges::sip_call
