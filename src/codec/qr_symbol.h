// QrSymbol: one QR code to show. Alphanumeric mode, error correction M, version 1 to 15: what a
// phone camera still reads from a small cracked screen. Value type; safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace codec {

/// Bound on the version, and the characters that then fit at level M.
inline constexpr int kQrVersionMax = 15;
inline constexpr std::size_t kQrCharactersMax = 600;
/// Light modules around the symbol in every picture made here.
inline constexpr int kQrQuietZone = 4;
inline constexpr int kQrPngScaleMax = 32;

class QrSymbol {
 public:
  /// Errors: kInvalidInput "qr.not_alphanumeric" a character outside the QR alphanumeric set;
  ///         "qr.too_long" does not fit version 15 at level M.
  [[nodiscard]] static core::Result<QrSymbol> encode(std::string_view text);

  /// Modules on a side, without the quiet zone: 21..77.
  [[nodiscard]] int size() const { return size_; }
  /// True for a dark module; outside the symbol everything is light.
  [[nodiscard]] bool module(int x, int y) const;

  /// A standalone SVG, one unit a module, dark on white.
  [[nodiscard]] std::string to_svg() const;
  /// A greyscale PNG; `scale` pixels a module, 1..kQrPngScaleMax.
  /// Errors: kInvalidInput "qr.scale"; kInternal "qr.png" the library fails.
  [[nodiscard]] core::Result<core::Bytes> to_png(int scale) const;
  /// Lines of half blocks, two rows of modules in one; readable on a dark terminal.
  [[nodiscard]] std::string to_terminal() const;

 private:
  QrSymbol(int size, std::vector<bool> modules) : size_(size), modules_(std::move(modules)) {}

  int size_;
  std::vector<bool> modules_;
};

}  // namespace codec
