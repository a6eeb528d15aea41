#include "bench/flow_row.h"

#include <cstring>

namespace bench {
namespace {

constexpr std::size_t kTextBytes = 43;
constexpr std::int64_t kExpiresAt =
    4'000'000'000'000'000;  // far ahead: nothing purges it meanwhile

std::array<std::uint8_t, 32> hash_like(std::mt19937_64& random) {
  std::array<std::uint8_t, 32> bytes{};
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
    const std::uint64_t word = random();
    std::memcpy(&bytes.at(at), &word, sizeof word);
  }
  return bytes;
}

}  // namespace

FlowRows::FlowRows() {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device()};
  random_.seed(seed);
}

std::string FlowRows::text() {
  std::string text(kTextBytes, '\0');
  for (char& c : text) c = static_cast<char>('a' + static_cast<int>(random_() % 26));
  return text;
}

FlowRow FlowRows::next() {
  FlowRow row;
  row.state_hash = hash_like(random_);
  row.browser_hash = hash_like(random_);
  row.nonce = text();
  row.code_verifier = text();
  row.expires_at_utc = kExpiresAt;
  return row;
}

}  // namespace bench
