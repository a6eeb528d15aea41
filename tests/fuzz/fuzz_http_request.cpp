#include <algorithm>
#include <string>

#include "fuzz/fuzz_target.h"
#include "http/limits.h"
#include "http/request_reader.h"

namespace {

constexpr std::size_t kBodyMax = 4096;

struct Outcome {
  bool accepted = false;
  std::string body;
};

// Reads one request, its body in pieces of at most `piece` bytes.
Outcome read(std::string_view bytes, std::size_t piece) {
  http::RequestReader reader;
  const auto size = reader.read_head(bytes);
  if (!size || *size == 0) return {};
  CORE_ASSERT(*size <= http::kHeaderBytesMax + 2);
  CORE_ASSERT(reader.head().fields.size() <= http::kHeaderFieldsMax);
  CORE_ASSERT(!reader.head().path.empty());
  if (!reader.limit_body(kBodyMax)) return {};
  std::size_t at = *size;
  std::size_t end = at;
  while (!reader.complete() && end < bytes.size()) {
    end = std::min(bytes.size(), end + piece);
    const auto taken = reader.read_body(bytes.substr(at, end - at));
    if (!taken) return {};
    at += *taken;
  }
  if (!reader.complete()) return {};
  Outcome outcome{true, reader.take_body()};
  CORE_ASSERT(outcome.body.size() <= kBodyMax);
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = core::as_text({data, size});
  const auto whole = read(bytes, bytes.size() + 1);
  // How the network cuts a request must not change what it says.
  const auto pieces = read(bytes, 3);
  CORE_ASSERT(whole.accepted == pieces.accepted);
  CORE_ASSERT(whole.body == pieces.body);
  return 0;
}
