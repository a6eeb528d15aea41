#include "codec/base64url.h"

#include <array>

namespace codec {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kForeign = 0xff;

using Table = std::array<std::uint8_t, 256>;

constexpr Table make_table(std::string_view alphabet) {
  Table table{};
  for (auto& entry : table) entry = kForeign;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return table;
}

constexpr Table kStandardTable = make_table(kStandard);
constexpr Table kUrlTable = make_table(kUrl);

std::string encode(ByteView bytes, std::string_view alphabet) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3 + 2);
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    pending = (pending << 8U) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[(pending >> (bits - 6)) & 0x3fU];
  }
  if (bits > 0) text += alphabet[(pending << (6 - bits)) & 0x3fU];
  return text;
}

/// Unpadded digits; false when a character is foreign, a lone digit is left, or its spare bits are
/// not zero.
bool decode(std::string_view text, const Table& table, Bytes& bytes) {
  if (text.size() % 4 == 1) return false;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::uint8_t digit = table[static_cast<std::uint8_t>(c)];
    if (digit == kForeign) return false;
    pending = (pending << 6U) | digit;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>((pending >> bits) & 0xffU));
  }
  return (pending & ((1U << bits) - 1U)) == 0;
}

}  // namespace

std::string to_base64url(ByteView bytes) { return encode(bytes, kUrl); }

Result<Bytes> from_base64url(std::string_view text) {
  Bytes bytes;
  if (!decode(text, kUrlTable, bytes)) {
    return fail(ErrorCode::kInvalidInput, "base64url.malformed");
  }
  return bytes;
}

std::string to_base64(ByteView bytes) {
  std::string text = encode(bytes, kStandard);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  Bytes bytes;
  bool valid = text.size() % 4 == 0;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  valid = valid && decode(text, kStandardTable, bytes);
  if (!valid) return fail(ErrorCode::kInvalidInput, "base64.malformed");
  return bytes;
}

}  // namespace codec
