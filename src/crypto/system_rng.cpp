#include "crypto/system_rng.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

#include "core/assert.h"

namespace crypto {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;  // the library counts in int
constexpr std::size_t kStockBytes = 512;
constexpr std::size_t kFromStockMax = 64;

void fill_from_library(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const std::size_t size = std::min(out.size(), kChunkBytes);
    CORE_ASSERT(RAND_bytes(out.data(), static_cast<int>(size)) == 1);
    out = out.subspan(size);
  }
}

// Random bytes of one thread that nobody has had. One call of the library costs as much for 16
// bytes as for hundreds.
class Stock {
 public:
  Stock() = default;
  Stock(const Stock&) = delete;
  Stock& operator=(const Stock&) = delete;
  ~Stock() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

  /// Takes bytes that are wiped here as they are given; at most kFromStockMax.
  void take(std::span<std::uint8_t> out) {
    if (left_ < out.size()) {
      fill_from_library(bytes_);
      left_ = bytes_.size();
    }
    std::uint8_t* const from = bytes_.data() + (bytes_.size() - left_);
    std::copy_n(from, out.size(), out.data());
    OPENSSL_cleanse(from, out.size());
    left_ -= out.size();
  }

 private:
  std::array<std::uint8_t, kStockBytes> bytes_{};
  std::size_t left_ = 0;
};

}  // namespace

void SystemRng::fill(std::span<std::uint8_t> out) {
  thread_local Stock stock;
  if (out.size() > kFromStockMax) return fill_from_library(out);
  stock.take(out);
}

}  // namespace crypto
