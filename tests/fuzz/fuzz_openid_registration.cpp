#include "codec/jose.h"
#include "fuzz/fuzz_target.h"
#include "openid/claims.h"
#include "openid/client/registration.h"
#include "openid/token/facts.h"

// A registration as the registrar's page or a file gives it, its JWK Set inside.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = core::as_text({data, size});
  (void)openid::facts_from_text(text);
  const auto json = codec::parse_json(text);
  if (!json) return 0;
  const auto party = openid::parse_registration(*json);
  if (!party) {
    CORE_ASSERT(party.error().code == core::ErrorCode::kInvalidInput);
    return 0;
  }
  for (const auto& claim : party->claims) CORE_ASSERT(openid::has(openid::all_claims(), claim));
  for (const auto& scope : party->service_scopes) CORE_ASSERT(scope != "openid");
  CORE_ASSERT(party->redirect_uris.empty() || !party->sector.empty());
  if (!party->jwks.empty()) CORE_ASSERT(codec::JwkSet::parse(party->jwks));
  // As it is written into its row, it reads again as the same.
  const auto written = codec::to_text(openid::registration_json(*party));
  const auto read = codec::parse_json(written);
  CORE_ASSERT(read.has_value());
  const auto again = openid::parse_registration(*read);
  CORE_ASSERT(again && codec::to_text(openid::registration_json(*again)) == written);
  return 0;
}
