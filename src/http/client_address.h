// ClientAddress: where a request came from, as one parsed IP address, and the network it is counted
// under by rate limits. An address is personal data: it has no text form in logs. Value types.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace http {

/// The /24 (IPv4) or /64 (IPv6) network of a client, as a key for counters.
struct ClientPrefix {
  std::array<std::uint8_t, 9> bytes{};  ///< family (4 or 6), then the leading bytes

  friend auto operator<=>(const ClientPrefix&, const ClientPrefix&) = default;
};

/// One IPv4 or IPv6 address; an IPv4-mapped IPv6 address is kept as IPv4.
class ClientAddress {
 public:
  /// 127.0.0.1.
  ClientAddress();

  /// Reads "203.0.113.7", "2001:db8::1" or "[2001:db8::1]"; no port, no zone.
  /// Errors: kInvalidInput "http.address_malformed".
  [[nodiscard]] static core::Result<ClientAddress> parse(std::string_view text);

  /// "203.0.113.7".
  [[nodiscard]] std::string to_string() const;
  /// "203.0.113.0/24" or "2001:db8:1:2::/64": what limits per address are keyed by.
  [[nodiscard]] std::string prefix() const;
  /// The same without building a text.
  [[nodiscard]] ClientPrefix prefix_key() const;
  [[nodiscard]] bool is_ipv6() const { return ipv6_; }
  /// 16 bytes; IPv4 as ::ffff:a.b.c.d.
  [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }

  friend auto operator<=>(const ClientAddress&, const ClientAddress&) = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
  bool ipv6_ = false;
};

/// A block of addresses, for the list of trusted proxies.
class AddressBlock {
 public:
  /// Reads "10.0.0.0/8", "fd00::/8" or a single address.
  /// Errors: kInvalidInput "http.address_malformed" not an address, or a length out of range.
  [[nodiscard]] static core::Result<AddressBlock> parse(std::string_view text);

  [[nodiscard]] bool contains(const ClientAddress& address) const;

 private:
  ClientAddress base_;
  int bits_ = 128;  ///< of the 16-byte form
};

/// Who really asks: walks X-Forwarded-For from its right end for as long as the speaker is a
/// trusted proxy. A peer that is not trusted is the client, whatever it claims; so is the last
/// trusted hop before a member that is not an address.
/// @param forwarded_for  the field's value, all its lines joined by commas; may be empty.
[[nodiscard]] ClientAddress client_behind(const ClientAddress& peer, std::string_view forwarded_for,
                                          const std::vector<AddressBlock>& trusted);

}  // namespace http
