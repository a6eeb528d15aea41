#include "codec/qr_symbol.h"

#include <png.h>

#include <qrcodegen/qrcodegen.hpp>
#include <span>

namespace codec {
namespace {

using core::Bytes;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::uint8_t kWhite = 255;
constexpr std::uint8_t kBlack = 0;

std::vector<bool> modules_of(const qrcodegen::QrCode& code) {
  std::vector<bool> modules;
  for (int y = 0; y < code.getSize(); ++y) {
    for (int x = 0; x < code.getSize(); ++x) modules.push_back(code.getModule(x, y));
  }
  return modules;
}

/// One grey byte a pixel, quiet zone included.
Bytes pixels_of(const QrSymbol& symbol, int scale, int side) {
  Bytes pixels;
  pixels.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const bool dark = symbol.module(x / scale - kQrQuietZone, y / scale - kQrQuietZone);
      pixels.push_back(dark ? kBlack : kWhite);
    }
  }
  return pixels;
}

}  // namespace

Result<QrSymbol> QrSymbol::encode(std::string_view text) {
  // One character above the bound never fits, and the library takes a C string: both first.
  if (text.size() > kQrCharactersMax) return fail(ErrorCode::kInvalidInput, "qr.too_long");
  const std::string copy(text);
  if (copy.find('\0') != std::string::npos || !qrcodegen::QrSegment::isAlphanumeric(copy.c_str())) {
    return fail(ErrorCode::kInvalidInput, "qr.not_alphanumeric");
  }
  try {
    const auto code = qrcodegen::QrCode::encodeSegments(
        {qrcodegen::QrSegment::makeAlphanumeric(copy.c_str())}, qrcodegen::QrCode::Ecc::MEDIUM,
        qrcodegen::QrCode::MIN_VERSION, kQrVersionMax, -1, false);
    return QrSymbol(code.getSize(), modules_of(code));
  } catch (const qrcodegen::data_too_long&) {
    return fail(ErrorCode::kInvalidInput, "qr.too_long");
  }
}

bool QrSymbol::module(int x, int y) const {
  if (x < 0 || y < 0 || x >= size_ || y >= size_) return false;
  return modules_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_) +
                  static_cast<std::size_t>(x)];
}

std::string QrSymbol::to_svg() const {
  const std::string side = std::to_string(size_ + 2 * kQrQuietZone);
  std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side +
                    R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + side + "v" +
                    side + R"(H0z"/><path fill="#000" d=")";
  for (int y = 0; y < size_; ++y) {
    for (int x = 0; x < size_; ++x) {
      if (!module(x, y)) continue;
      int run = 1;
      while (module(x + run, y)) ++run;
      const std::string width = std::to_string(run);
      svg.append("M").append(std::to_string(x + kQrQuietZone));
      svg.append(" ").append(std::to_string(y + kQrQuietZone));
      svg.append("h").append(width).append("v1h-").append(width).append("z");
      x += run;
    }
  }
  return svg + R"("/></svg>)";
}

Result<Bytes> QrSymbol::to_png(int scale) const {
  if (scale < 1 || scale > kQrPngScaleMax) return fail(ErrorCode::kInvalidInput, "qr.scale");
  const int side = (size_ + 2 * kQrQuietZone) * scale;
  const Bytes pixels = pixels_of(*this, scale, side);
  // The simplified interface of libpng reports errors by value; the full one by longjmp, which
  // would jump over destructors.
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(side);
  image.height = static_cast<png_uint_32>(side);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  Bytes png(size);
  const int written =
      png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), side, nullptr);
  if (written == 0) return fail(ErrorCode::kInternal, "qr.png", image.message);
  png.resize(size);
  return png;
}

std::string QrSymbol::to_terminal() const {
  // Light modules are drawn, dark ones left out: a terminal's ground is usually dark.
  std::string text;
  for (int y = -kQrQuietZone; y < size_ + kQrQuietZone; y += 2) {
    for (int x = -kQrQuietZone; x < size_ + kQrQuietZone; ++x) {
      const bool upper = !module(x, y);
      const bool lower = !module(x, y + 1);
      text += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    text += '\n';
  }
  return text;
}

}  // namespace codec
