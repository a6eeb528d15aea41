// The text of a Digital ID QR down to the claims inside, by the functions a checker reads it with.
#include "codec/cose.h"
#include "fuzz/fuzz_target.h"
#include "wallet/digital_id_code.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = wallet::decode_code_text(core::as_text({data, size}));
  if (!bytes) return 0;
  const auto message = codec::CoseSign1::parse(*bytes);
  if (!message) return 0;
  const auto presentation = wallet::parse_presentation(message->payload);
  if (!presentation) return 0;
  const auto attestation = wallet::parse_attestation(presentation->attestation);
  if (!attestation) return 0;
  // Within every limit: what was read can be written, and is read as the same again.
  const auto payload = wallet::encode_claims(attestation->claims);
  CORE_ASSERT(wallet::slot_of(attestation->claims.issued_at) <=
              wallet::slot_of(attestation->claims.expires_at));
  CORE_ASSERT(!payload.empty() && attestation->kid.size() == wallet::kKidBytes);
  return 0;
}
