// The text of a Digital ID QR down to the attestation inside: base45, COSE, CBOR, COSE.
#include "codec/base45.h"
#include "codec/cbor.h"
#include "codec/cose.h"
#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kPrefix = "BRS1:";
  auto text = core::as_text({data, size});
  if (!text.starts_with(kPrefix)) return 0;
  text.remove_prefix(kPrefix.size());
  const auto bytes = codec::from_base45(text);
  if (!bytes) return 0;
  const auto presentation = codec::CoseSign1::parse(*bytes);
  if (!presentation) return 0;
  const auto payload = codec::CborDocument::decode(presentation->payload);
  if (!payload) return 0;
  const auto attestation = payload->root().find(1);
  const auto inner = attestation ? attestation->as_bytes() : core::Result<core::ByteView>();
  if (!inner) return 0;
  const auto message = codec::CoseSign1::parse(*inner);
  if (message) CORE_ASSERT(message->signature.size() == 64);
  return 0;
}
