// The first byte says which of the parsers gets the rest.
#include "codec/cose_key.h"
#include "codec/webauthn.h"
#include "fuzz/fuzz_target.h"

namespace {

using namespace codec::webauthn;

/// Every view of a result must lie inside what was parsed.
void check_inside(core::ByteView outer, core::ByteView inner) {
  CORE_ASSERT(inner.empty() || (inner.data() >= outer.data() &&
                                inner.data() + inner.size() <= outer.data() + outer.size()));
}

void check_authenticator_data(core::ByteView bytes) {
  const auto data = parse_authenticator_data(bytes);
  if (!data) return;
  check_inside(bytes, data->rp_id_hash);
  CORE_ASSERT(data->rp_id_hash.size() == 32);
  CORE_ASSERT(!data->backed_up || data->backup_eligible);
  if (!data->credential) return;
  check_inside(bytes, data->credential->id);
  check_inside(bytes, data->credential->cose_key);
  CORE_ASSERT(!data->credential->id.empty());
  CORE_ASSERT(codec::parse_cose_key(data->credential->cose_key).has_value());
  static_cast<void>(data->credential->key.verify(bytes, bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const core::ByteView input(data + 1, size - 1);
  switch (data[0] % 4) {
    case 0: {
      const auto object = parse_attestation_object(input);
      if (!object) break;
      check_inside(input, object->authenticator_data);
      check_authenticator_data(object->authenticator_data);
      break;
    }
    case 1:
      check_authenticator_data(input);
      break;
    case 2: {
      const auto client = parse_client_data(input);
      CORE_ASSERT(!client || client->origin.size() <= kClientDataBytesMax);
      break;
    }
    default: {
      const auto key = codec::parse_cose_key(input);
      if (key) CORE_ASSERT(!key->verify(input, input));
    }
  }
  return 0;
}
