// ReceiptNumber: what a person keeps when their account goes, to ask later what became of it. 100
// random bits, so that knowing it proves having received it; only its hash is stored. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/result.h"
#include "core/rng.h"

namespace identity {

class ReceiptNumber {
 public:
  /// Longest text looked at, in bytes.
  static constexpr std::size_t kTextBytesMax = 64;

  [[nodiscard]] static ReceiptNumber make(core::Rng& rng);
  /// Reads it as people write it: any case, with spaces or hyphens, O for 0, I and L for 1.
  /// Errors: kInvalidInput "receipt.malformed".
  [[nodiscard]] static core::Result<ReceiptNumber> parse(std::string_view text);

  /// "7K3M-Q0ZX-A1B2-C3D4-E5F6": Crockford's base 32, which has no letters that look like digits.
  [[nodiscard]] std::string text() const;
  /// SHA-256: what is stored and looked up.
  [[nodiscard]] core::Bytes hash() const;

 private:
  explicit ReceiptNumber(std::string letters) : letters_(std::move(letters)) {}
  std::string letters_;
};

}  // namespace identity
