#include "edges/sip_call/number_pool.h"

#include <charconv>
#include <string_view>

namespace edges::sip_call {
namespace {

constexpr std::uint64_t kCodes = 100'000;  // ten to the power of kCodeDigits
constexpr std::size_t kNumberDigitsMin = 7;
constexpr std::size_t kNumberDigitsMax = 15;  // E.164

auto malformed(std::string why) {
  return core::fail(core::ErrorCode::kInvalidInput, "pool.malformed", std::move(why));
}

std::optional<std::uint64_t> digits_of(std::string_view text) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  if (!text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  // A leading zero would be lost on the way to a number; no country's code begins with one.
  if (text.size() < kNumberDigitsMin || text.size() > kNumberDigitsMax || text[0] == '0') {
    return std::nullopt;
  }
  return digits_of(text);
}

/// How many numbers of the range end in the code, and the first of them.
struct Matching {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

Matching matching(std::uint64_t first, std::uint64_t last, std::uint64_t code) {
  const std::uint64_t candidate = first + (code + kCodes - first % kCodes) % kCodes;
  return candidate > last ? Matching{} : Matching{candidate, (last - candidate) / kCodes + 1};
}

}  // namespace

core::Result<NumberPool::Range> NumberPool::parse_range(std::string_view text) {
  const auto dash = text.find('-');
  const auto first = number_of(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : number_of(text.substr(dash + 1));
  if (!first || !last) return malformed(std::string(text) + " is no range of numbers");
  const bool same_length = dash == std::string_view::npos || text.size() == 2 * dash + 1;
  if (!same_length || *first > *last) {
    return malformed(std::string(text) + " does not go from a number to a later one");
  }
  return Range{*first, *last};
}

core::Result<NumberPool> NumberPool::parse(const std::vector<std::string>& ranges) {
  if (ranges.empty() || ranges.size() > kRangesMax) return malformed("1 to 64 ranges");
  NumberPool pool;
  for (const auto& text : ranges) {
    TRY(const auto range, parse_range(text));
    pool.ranges_.push_back(range);
  }
  for (std::uint32_t code = 0; code < kCodes; ++code) {
    for (const auto& range : pool.ranges_) {
      if (matching(range.first, range.last, code).count == 0) continue;
      pool.codes_.push_back(code);
      break;
    }
  }
  return pool;
}

std::string NumberPool::draw(core::Rng& rng) const {
  auto digits = std::to_string(codes_[core::random_below(rng, codes_.size())]);
  return std::string(static_cast<std::size_t>(kCodeDigits) - digits.size(), '0') + digits;
}

std::optional<std::string> NumberPool::find(std::string_view code, core::Rng& rng) const {
  const auto wanted = digits_of(code);
  if (!wanted || code.size() != kCodeDigits) return std::nullopt;
  std::uint64_t all = 0;
  for (const auto& range : ranges_) all += matching(range.first, range.last, *wanted).count;
  if (all == 0) return std::nullopt;
  std::uint64_t chosen = core::random_below(rng, all);
  for (const auto& range : ranges_) {
    const auto match = matching(range.first, range.last, *wanted);
    if (chosen < match.count) return "+" + std::to_string(match.first + chosen * kCodes);
    chosen -= match.count;
  }
  return std::nullopt;
}

}  // namespace edges::sip_call
