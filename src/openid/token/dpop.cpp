#include "openid/token/dpop.h"

#include "codec/base64url.h"
#include "codec/jose.h"
#include "crypto/digest.h"
#include "openid/token/token.h"

namespace openid {
namespace {

constexpr core::Duration kAgeMax = std::chrono::minutes(5);
constexpr core::Duration kSkew = std::chrono::seconds(30);
constexpr std::size_t kJtiBytesMax = 256;

auto refuse(std::string_view why) {
  return core::fail(core::ErrorCode::kInvalidInput, "oauth.invalid_dpop_proof." + std::string(why));
}

/// What a reason of codec says behind its family, "jws." or "json.".
std::string_view after_dot(std::string_view reason) { return reason.substr(reason.find('.') + 1); }

std::string_view text_of(const codec::JsonObject& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                : std::string_view();
}

core::Result<codec::Jwk> key_of(const codec::JsonObject& header) {
  const auto* jwk = header.if_contains("jwk");
  if (jwk == nullptr || !jwk->is_object()) return refuse("key_missing");
  const auto key = codec::Jwk::parse(jwk->get_object());
  if (!key || key->alg() != "ES256") return refuse("key_unusable");
  return *key;
}

core::Status check_claims(const codec::JsonObject& claims, const ProofContext& context,
                          core::Instant now) {
  if (text_of(claims, "htm") != context.method) return refuse("htm");
  const auto htu = text_of(claims, "htu");
  if (htu.substr(0, htu.find_first_of("?#")) != context.url) return refuse("htu");
  const auto* iat = claims.if_contains("iat");
  if (iat == nullptr || !iat->is_int64()) return refuse("iat");
  const auto seconds = iat->get_int64();
  const auto now_s = now.seconds();
  if (seconds > now_s + std::chrono::duration_cast<std::chrono::seconds>(kSkew).count() ||
      seconds < now_s - std::chrono::duration_cast<std::chrono::seconds>(kAgeMax).count()) {
    return refuse("iat");
  }
  const auto jti = text_of(claims, "jti");
  if (jti.empty() || jti.size() > kJtiBytesMax) return refuse("jti");
  if (context.access_token.empty()) return {};
  const auto ath = codec::to_base64url(crypto::sha256(core::as_bytes(context.access_token)));
  if (text_of(claims, "ath") != ath) return refuse("ath");
  return {};
}

}  // namespace

core::Result<Proof> verify_proof(std::string_view proof, const ProofContext& context,
                                 core::Instant now) {
  if (proof.size() > kProofBytesMax) return refuse("too_large");
  const auto parsed = codec::parse_jws_unverified(proof);
  if (!parsed) return refuse("malformed");
  if (text_of(parsed->header, "typ") != "dpop+jwt") return refuse("typ");
  TRY(auto key, key_of(parsed->header));
  // The key is the proof's own: no kid chooses it.
  key.kid = text_of(parsed->header, "kid");
  const auto verified = codec::verify_jws(proof, codec::JwkSet{{key}});
  if (!verified) return refuse(after_dot(verified.error().reason));
  TRY_VOID(check_claims(verified->claims, context, now));
  auto jkt = codec::thumbprint(std::get<crypto::P256PublicKey>(key.key));
  const auto content = "dpop|" + jkt + "|" + std::string(text_of(verified->claims, "jti"));
  // By its own moment, so that the second showing leads to the same key.
  const auto made_at = core::Instant::from_seconds(verified->claims.at("iat").get_int64());
  return Proof{std::move(jkt), make_key(made_at + kAgeMax + kSkew, core::as_bytes(content))};
}

}  // namespace openid
