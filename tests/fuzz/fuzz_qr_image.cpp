#include "codec/qr_image.h"
#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto texts = codec::read_qr({data, size});
  if (texts) CORE_ASSERT(!texts->empty() && texts->size() <= codec::kQrSymbolsMax);
  return 0;
}
