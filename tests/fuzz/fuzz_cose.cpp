#include "codec/cbor_writer.h"
#include "codec/cose.h"
#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const auto message = codec::CoseSign1::parse(input);
  if (!message) return 0;
  const auto again = codec::CborWriter()
                         .array(4)
                         .bytes(message->protected_header)
                         .map(0)
                         .bytes(message->payload)
                         .bytes(message->signature)
                         .finish();
  CORE_ASSERT(again == core::to_bytes(input));
  CORE_ASSERT(!message->kid || !message->kid->empty());
  CORE_ASSERT(message->to_be_signed("BRS1").size() > message->payload.size());
  return 0;
}
