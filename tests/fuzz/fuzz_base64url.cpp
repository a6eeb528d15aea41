#include "codec/base64url.h"
#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const auto text = core::as_text(input);
  const auto url = codec::from_base64url(text);
  if (url) CORE_ASSERT(codec::to_base64url(*url) == text);
  const auto standard = codec::from_base64(text);
  if (standard) CORE_ASSERT(codec::to_base64(*standard) == text);
  CORE_ASSERT(codec::from_base64url(codec::to_base64url(input)) == core::to_bytes(input));
  return 0;
}
