#include "codec/base64url.h"
#include "codec/jose.h"
#include "crypto/system_rng.h"
#include "fuzz/fuzz_target.h"
#include "openid/client/client_assertion.h"
#include "openid/token/dpop.h"
#include "openid/token/token.h"

namespace {

constexpr std::string_view kUrl = "https://id.example/oauth/token";
const auto kNow = core::Instant::from_seconds(1'800'000'000);

const crypto::P256PrivateKey& key() {
  static crypto::SystemRng rng;
  static const auto kKey = crypto::P256PrivateKey::generate(rng);
  return kKey;
}

const codec::JwkSet& keys() {
  static const auto kKeys =
      codec::JwkSet::parse(codec::to_text(codec::JsonObject{
                               {"keys", codec::JsonArray{codec::to_jwk(key().public_key(), "k")}}}))
          .value();
  return kKeys;
}

std::string signed_text(const codec::JsonObject& header, std::string_view claims) {
  auto text = codec::to_base64url(core::as_bytes(codec::to_text(header))) + "." +
              codec::to_base64url(core::as_bytes(claims));
  const auto signature = key().sign(core::as_bytes(text));
  return text + "." + codec::to_base64url(signature);
}

void check_proof(std::string_view proof, bool ours) {
  const auto verified = openid::verify_proof(proof, {"POST", std::string(kUrl), {}}, kNow);
  if (!verified) {
    CORE_ASSERT(verified.error().reason.starts_with("oauth.invalid_dpop_proof."));
    return;
  }
  CORE_ASSERT(!ours || verified->jkt == codec::thumbprint(key().public_key()));
  // Used up at least until it cannot be shown any more.
  CORE_ASSERT(openid::expiry_of(verified->once) >= kNow);
}

void check_assertion(std::string_view assertion, bool ours) {
  const auto claimed = openid::asserted_client(assertion);
  const auto once =
      openid::verify_client_assertion(assertion, keys(), "c", "https://id.example", kNow);
  if (!once) {
    CORE_ASSERT(once.error().reason.starts_with("oauth.invalid_client.assertion_"));
    return;
  }
  CORE_ASSERT(ours && claimed == "c");
  CORE_ASSERT(openid::expiry_of(*once) > kNow);
}

}  // namespace

// The first byte says how the rest comes: 'p' claims of a proof that are really signed, 'a' claims
// of an assertion that are really signed, 'k' the key in a proof's header, else a whole token.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto text = core::as_text({data + 1, size - 1});
  switch (data[0]) {
    case 'p':
      check_proof(signed_text({{"typ", "dpop+jwt"},
                               {"alg", "ES256"},
                               {"jwk", codec::to_jwk(key().public_key(), {})}},
                              text),
                  true);
      break;
    case 'a':
      check_assertion(signed_text({{"alg", "ES256"}, {"kid", "k"}}, text), true);
      break;
    case 'k':
      if (auto jwk = codec::parse_json(text, {.bytes_max = 4096, .depth_max = 8})) {
        check_proof(
            signed_text({{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", std::move(*jwk)}},
                        R"({"htm":"POST","htu":"https://id.example/oauth/token","iat":1800000000,)"
                        R"("jti":"1"})"),
            true);
      }
      break;
    default:
      check_proof(text, false);
      check_assertion(text, false);
  }
  const auto token = openid::find_token_key(text, kNow);
  CORE_ASSERT(!token || (text.size() == 48 && openid::expiry_of(*token) > kNow));
  return 0;
}
