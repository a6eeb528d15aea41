#include "codec/base45.h"

#include <array>

namespace codec {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
static_assert(kAlphabet.size() == 45);

// A foreign character is worth so much that any group holding one is above every bound, so the
// hot loop needs one comparison for three characters.
constexpr std::uint32_t kForeign = 1U << 20U;

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (auto& entry : table) entry = kForeign;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    table[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint32_t>(i);
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> kTable = make_table();

std::uint32_t digit(char c) { return kTable[static_cast<std::uint8_t>(c)]; }

}  // namespace

std::string to_base45(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() / 2) * 3 + (bytes.size() % 2) * 2);
  std::size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) {
    const std::uint32_t value = bytes[i] * 256U + bytes[i + 1];
    text += kAlphabet[value % 45];
    text += kAlphabet[value / 45 % 45];
    text += kAlphabet[value / (45 * 45)];
  }
  if (i < bytes.size()) {
    text += kAlphabet[bytes[i] % 45U];
    text += kAlphabet[bytes[i] / 45U];
  }
  return text;
}

Result<Bytes> from_base45(std::string_view text) {
  const std::size_t tail = text.size() % 3;
  const std::size_t groups = text.size() / 3;
  Bytes bytes(groups * 2 + (tail == 0 ? 0 : 1));
  bool valid = tail != 1;
  const char* in = text.data();
  std::uint8_t* out = bytes.data();
  for (std::size_t i = 0; i < groups; ++i, in += 3, out += 2) {
    const std::uint32_t value = digit(in[0]) + digit(in[1]) * 45U + digit(in[2]) * (45U * 45U);
    valid = valid && value <= 0xffffU;
    out[0] = static_cast<std::uint8_t>(value >> 8U);
    out[1] = static_cast<std::uint8_t>(value);
  }
  if (tail == 2) {
    const std::uint32_t value = digit(in[0]) + digit(in[1]) * 45U;
    valid = valid && value <= 0xffU;
    out[0] = static_cast<std::uint8_t>(value);
  }
  if (!valid) return fail(ErrorCode::kInvalidInput, "base45.malformed");
  return bytes;
}

}  // namespace codec
