#include "codec/base45.h"
#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const auto bytes = codec::from_base45(core::as_text(input));
  if (bytes) CORE_ASSERT(codec::to_base45(*bytes) == core::as_text(input));
  CORE_ASSERT(codec::from_base45(codec::to_base45(input)) == core::to_bytes(input));
  return 0;
}
