#include "codec/qr_image.h"

// Version 1.4 of the library returns wide strings without this.
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <png.h>

#include <exception>

namespace codec {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

/// One grey byte a pixel.
struct GreyImage {
  int width = 0;
  int height = 0;
  Bytes pixels;
};

/// Frees what libpng keeps between its two steps, on every way out.
class PngReader {
 public:
  PngReader() { image_.version = PNG_IMAGE_VERSION; }
  ~PngReader() { png_image_free(&image_); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  Result<GreyImage> read(ByteView png) {
    if (png_image_begin_read_from_memory(&image_, png.data(), png.size()) == 0) {
      return fail(ErrorCode::kInvalidInput, "qr.not_png", image_.message);
    }
    if (image_.width > kPngSideMax || image_.height > kPngSideMax) {
      return fail(ErrorCode::kInvalidInput, "qr.image_too_large");
    }
    image_.format = PNG_FORMAT_GRAY;
    GreyImage grey{.width = static_cast<int>(image_.width),
                   .height = static_cast<int>(image_.height),
                   .pixels = Bytes(PNG_IMAGE_SIZE(image_))};
    const png_color white{.red = 255, .green = 255, .blue = 255};
    if (png_image_finish_read(&image_, &white, grey.pixels.data(), 0, nullptr) == 0) {
      return fail(ErrorCode::kInvalidInput, "qr.not_png", image_.message);
    }
    return grey;
  }

 private:
  png_image image_{};
};

std::vector<std::string> find_codes(const GreyImage& image) {
  const ZXing::ImageView view(image.pixels.data(), image.width, image.height,
                              ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  hints.setMaxNumberOfSymbols(kQrSymbolsMax);
  std::vector<std::string> texts;
  for (const auto& found : ZXing::ReadBarcodes(view, hints)) {
    if (found.isValid()) texts.push_back(found.text());
  }
  return texts;
}

}  // namespace

Result<std::vector<std::string>> read_qr(ByteView png) {
  if (png.size() > kPngBytesMax) return fail(ErrorCode::kInvalidInput, "qr.image_too_large");
  TRY(const GreyImage image, PngReader().read(png));
  try {
    auto texts = find_codes(image);
    if (texts.empty()) return fail(ErrorCode::kInvalidInput, "qr.not_found");
    return texts;
  } catch (const std::exception& error) {
    return fail(ErrorCode::kInvalidInput, "qr.not_found", error.what());
  }
}

}  // namespace codec
