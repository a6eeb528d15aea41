#include "codec/jose.h"
#include "fuzz/fuzz_target.h"

namespace {

// The keys of RFC 7515, appendices A.2 and A.3: their private halves are public, but a mutation of
// the input does not sign with them.
constexpr std::string_view kKeys =
    R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const codec::JwkSet keys = codec::JwkSet::parse(kKeys).value();
  const auto text = core::as_text({data, size});
  const auto token = codec::verify_jws(text, keys);
  if (token) CORE_ASSERT(token->header.at("alg") == "ES256");
  const auto set = codec::JwkSet::parse(text);
  if (set) CORE_ASSERT(set->keys.size() <= codec::kJwkSetKeysMax);
  return 0;
}
