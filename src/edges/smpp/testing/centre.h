// The SMS centre's side of PDUs, for tests: what it sends, written octet by octet, and what it can
// see of ours. For tests only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "edges/smpp/pdu.h"

namespace edges::smpp::testing {

inline void add_number(core::Bytes& bytes, std::uint32_t value) {
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
  }
}

/// A PDU with this body; `length` instead of the true one if it is not 0.
inline core::Bytes pdu(std::uint32_t command, std::uint32_t status, std::uint32_t sequence,
                       const core::Bytes& body = {}, std::uint32_t length = 0) {
  core::Bytes bytes;
  const auto size = static_cast<std::uint32_t>(kHeaderBytes + body.size());
  for (const auto number : {length != 0 ? length : size, command, status, sequence}) {
    add_number(bytes, number);
  }
  bytes.insert(bytes.end(), body.begin(), body.end());
  return bytes;
}

inline core::Bytes text_body(std::string_view text) {
  auto body = core::to_bytes(core::as_bytes(text));
  body.push_back(0);
  return body;
}

struct Tlv {
  std::uint16_t tag = 0;
  std::string value;
};

/// The body of a deliver_sm from "79175550142" to "Beresta".
inline core::Bytes deliver_body(std::uint8_t esm_class, std::string_view text,
                                const std::vector<Tlv>& tlvs = {}) {
  core::Bytes body{0, 1, 1};
  const auto add = [&](std::string_view value) {
    body.insert(body.end(), value.begin(), value.end());
  };
  add("79175550142");
  body.insert(body.end(), {0, 5, 0});
  add("Beresta");
  body.insert(body.end(), {0, esm_class, 0, 0, 0, 0, 0, 0, 0, 0});
  body.push_back(static_cast<std::uint8_t>(text.size()));
  add(text);
  for (const auto& tlv : tlvs) {
    const auto size = static_cast<std::uint16_t>(tlv.value.size());
    for (const std::uint16_t number : {tlv.tag, size}) {
      body.push_back(static_cast<std::uint8_t>(number >> 8U));
      body.push_back(static_cast<std::uint8_t>(number & 0xFFU));
    }
    add(tlv.value);
  }
  return body;
}

}  // namespace edges::smpp::testing
