// NumberPool: the numbers that are ours to ring from. The last digits of one are the code, so a
// code is drawn from the endings the pool has, each as likely as any other, and a number with that
// ending is found again when the call is made. Immutable once parsed; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"

namespace edges::sip_call {

class NumberPool {
 public:
  static constexpr int kCodeDigits = 5;
  static constexpr std::size_t kRangesMax = 64;

  /// Reads "+78432000000" and "+78432000000-+78432009999", both ends included.
  /// Errors: kInvalidInput "pool.malformed" no ranges or more than kRangesMax, something that is no
  ///         number of 7 to 15 digits, ends of different length or in the wrong order.
  [[nodiscard]] static core::Result<NumberPool> parse(const std::vector<std::string>& ranges);

  /// How many different endings there are.
  [[nodiscard]] std::size_t codes() const { return codes_.size(); }
  /// An ending, each as likely; kCodeDigits digits.
  [[nodiscard]] std::string draw(core::Rng& rng) const;
  /// A number with this ending in E.164, any of them as likely; nullopt if there is none.
  [[nodiscard]] std::optional<std::string> find(std::string_view code, core::Rng& rng) const;

 private:
  struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };
  [[nodiscard]] static core::Result<Range> parse_range(std::string_view text);

  std::vector<Range> ranges_;
  std::vector<std::uint32_t> codes_;  ///< sorted, without repetition
};

}  // namespace edges::sip_call
