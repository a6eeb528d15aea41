// SIP messages as a caller needs them: answers, and the few requests a trunk may send us, parsed
// once into types. Only the headers that are used are kept; everything is bounded. RFC 3261 is the
// source. Pure functions, value types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace edges::sip_call {

inline constexpr std::size_t kMessageBytesMax = 64UL * 1024;
inline constexpr std::size_t kHeadersMax = 128;

/// The headers both kinds have.
struct SipHeaders {
  std::vector<std::string> vias;  ///< whole values, topmost first
  std::string branch;             ///< of the topmost Via
  std::string from;               ///< whole value, as the three below
  std::string to;
  std::string to_tag;
  std::string call_id;
  std::uint32_t cseq = 0;
  std::string cseq_method;
};

/// WWW-Authenticate or Proxy-Authenticate.
struct SipChallenge {
  bool proxy = false;
  std::string value;
};

struct SipResponse {
  int status = 0;  ///< 100..699
  SipHeaders headers;
  std::string contact;  ///< the URI of the first Contact; empty if there is none
  std::vector<std::string> record_routes;
  std::vector<SipChallenge> challenges;
};

struct SipRequest {
  std::string method;
  SipHeaders headers;
};

using SipMessage = std::variant<SipResponse, SipRequest>;

/// Errors: kInvalidInput "sip.malformed" no start line of SIP/2.0, a header that is none, one
/// missing
///         of those that every message has, or too much of something.
[[nodiscard]] core::Result<SipMessage> parse_sip(std::string_view text);

/// Messages out of a stream. Not safe from several threads.
class SipStreamReader {
 public:
  void append(core::ByteView bytes);
  /// The next whole message, or empty if there is none yet.
  /// Errors: kInvalidInput "sip.stream" a message above kMessageBytesMax or without a readable
  ///         Content-Length: nothing after it can be understood.
  [[nodiscard]] core::Result<std::string> next();

 private:
  std::string buffer_;
};

/// The value of `name` among the ;parameters of a header value, without quotes; empty if absent.
[[nodiscard]] std::string parameter_of(std::string_view value, std::string_view name);

}  // namespace edges::sip_call
