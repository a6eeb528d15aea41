#include "http/client_address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "http/text.h"

namespace http {
namespace {

constexpr std::size_t kV4Offset = 12;  // of an IPv4 address inside its mapped form
constexpr std::size_t kAddressTextMax = 64;

std::array<std::uint8_t, 16> mapped(const std::uint8_t* v4) {
  std::array<std::uint8_t, 16> bytes{};
  bytes[10] = bytes[11] = 0xFF;
  std::copy_n(v4, 4, bytes.begin() + kV4Offset);
  return bytes;
}

bool is_mapped(const std::array<std::uint8_t, 16>& bytes) {
  return std::all_of(bytes.begin(), bytes.begin() + 10, [](auto b) { return b == 0; }) &&
         bytes[10] == 0xFF && bytes[11] == 0xFF;
}

// The last member of a comma-separated list, taken off its end.
std::string_view take_last(std::string_view& list) {
  const auto at = list.rfind(',');
  const auto member = at == std::string_view::npos ? list : list.substr(at + 1);
  list = at == std::string_view::npos ? std::string_view{} : list.substr(0, at);
  return trim(member);
}

}  // namespace

ClientAddress::ClientAddress() {
  constexpr std::array<std::uint8_t, 4> kLoopback{127, 0, 0, 1};
  bytes_ = mapped(kLoopback.data());
}

core::Result<ClientAddress> ClientAddress::parse(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  const std::string zero_ended(text.substr(0, kAddressTextMax));
  ClientAddress address;
  std::array<std::uint8_t, 4> v4{};
  if (text.find('\0') != std::string_view::npos) {
    return core::fail(core::ErrorCode::kInvalidInput, "http.address_malformed");
  }
  if (inet_pton(AF_INET, zero_ended.c_str(), v4.data()) == 1) {
    address.bytes_ = mapped(v4.data());
    return address;
  }
  if (inet_pton(AF_INET6, zero_ended.c_str(), address.bytes_.data()) == 1) {
    address.ipv6_ = !is_mapped(address.bytes_);
    return address;
  }
  return core::fail(core::ErrorCode::kInvalidInput, "http.address_malformed");
}

std::string ClientAddress::to_string() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const auto* from = ipv6_ ? bytes_.data() : bytes_.data() + kV4Offset;
  inet_ntop(ipv6_ ? AF_INET6 : AF_INET, from, text.data(), text.size());
  return text.data();
}

std::string ClientAddress::prefix() const {
  ClientAddress network = *this;
  const std::size_t kept = ipv6_ ? 8 : kV4Offset + 3;
  std::fill(network.bytes_.begin() + static_cast<std::ptrdiff_t>(kept), network.bytes_.end(), 0);
  return fmt::format("{}/{}", network.to_string(), ipv6_ ? 64 : 24);
}

ClientPrefix ClientAddress::prefix_key() const {
  ClientPrefix key;
  key.bytes[0] = ipv6_ ? 6 : 4;
  if (ipv6_) {
    std::copy_n(bytes_.begin(), 8, key.bytes.begin() + 1);
  } else {
    std::copy_n(bytes_.begin() + kV4Offset, 3, key.bytes.begin() + 1);
  }
  return key;
}

core::Result<AddressBlock> AddressBlock::parse(std::string_view text) {
  const auto slash = text.find('/');
  AddressBlock block;
  TRY(block.base_, ClientAddress::parse(text.substr(0, slash)));
  const int bits_max = block.base_.is_ipv6() ? 128 : 32;
  int bits = bits_max;
  if (slash != std::string_view::npos) {
    const auto length = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
    const bool read = error == std::errc{} && end == length.data() + length.size();
    if (!read || bits < 0 || bits > bits_max) {
      return core::fail(core::ErrorCode::kInvalidInput, "http.address_malformed");
    }
  }
  block.bits_ = bits + (128 - bits_max);
  return block;
}

bool AddressBlock::contains(const ClientAddress& address) const {
  if (address.is_ipv6() != base_.is_ipv6()) return false;
  for (int bit = 0; bit < bits_; bit += 8) {
    const auto i = static_cast<std::size_t>(bit / 8);
    const int kept = std::min(8, bits_ - bit);
    const auto mask = static_cast<std::uint8_t>(0xFF << (8 - kept));
    if (((address.bytes()[i] ^ base_.bytes()[i]) & mask) != 0) return false;
  }
  return true;
}

ClientAddress client_behind(const ClientAddress& peer, std::string_view forwarded_for,
                            const std::vector<AddressBlock>& trusted) {
  const auto is_trusted = [&](const ClientAddress& address) {
    return std::any_of(trusted.begin(), trusted.end(),
                       [&](const AddressBlock& block) { return block.contains(address); });
  };
  ClientAddress client = peer;
  while (!forwarded_for.empty() && is_trusted(client)) {
    const auto member = ClientAddress::parse(take_last(forwarded_for));
    if (!member) break;
    client = *member;
  }
  return client;
}

}  // namespace http
