#include "codec/jose.h"

#include <optional>

#include "codec/base64url.h"
#include "crypto/digest.h"

namespace codec {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::Status;

constexpr std::size_t kCoordinateBytes = 32;
constexpr JsonLimits kTokenLimits{.bytes_max = kJwsBytesMax, .depth_max = 16, .values_max = 2048};
constexpr JsonLimits kSetLimits{.bytes_max = kJwkSetBytesMax, .depth_max = 16, .values_max = 8192};

auto refuse(std::string_view reason) { return fail(ErrorCode::kInvalidInput, reason); }

/// A string member; nothing when absent or of another type.
std::optional<std::string_view> text_member(const JsonObject& object, std::string_view name) {
  const Json* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

Result<Bytes> number_member(const JsonObject& object, std::string_view name) {
  const auto text = text_member(object, name);
  if (!text) return refuse("jwk.malformed");
  auto bytes = from_base64url(*text);
  if (!bytes) return refuse("jwk.malformed");
  return bytes;
}

Result<Jwk> parse_ec(const JsonObject& object) {
  if (text_member(object, "crv") != "P-256") return refuse("jwk.unsupported");
  TRY(const Bytes x, number_member(object, "x"));
  TRY(const Bytes y, number_member(object, "y"));
  if (x.size() != kCoordinateBytes || y.size() != kCoordinateBytes) return refuse("jwk.malformed");
  TRY(auto key, crypto::P256PublicKey::from_xy(x, y));
  return Jwk{.kid = {}, .key = std::move(key)};
}

Result<Jwk> parse_rsa(const JsonObject& object) {
  TRY(const Bytes n, number_member(object, "n"));
  TRY(const Bytes e, number_member(object, "e"));
  TRY(auto key, crypto::RsaPublicKey::from_modulus_exponent(n, e));
  return Jwk{.kid = {}, .key = std::move(key)};
}

/// A present "use" must be sig, a present "alg" the key's own.
Status check_purpose(const JsonObject& object, std::string_view alg) {
  if (object.contains("use") && text_member(object, "use") != "sig") {
    return refuse("jwk.unsupported");
  }
  if (object.contains("alg") && text_member(object, "alg") != alg) {
    return refuse("jwk.unsupported");
  }
  return {};
}

/// The three parts of a compact JWS, still encoded.
struct CompactParts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signed_text;  ///< header.payload
};

Result<CompactParts> split(std::string_view compact) {
  if (compact.size() > kJwsBytesMax) return refuse("jws.too_large");
  constexpr std::size_t kNone = std::string_view::npos;
  const std::size_t first = compact.find('.');
  const std::size_t second = compact.find('.', first == kNone ? first : first + 1);
  if (second == kNone || compact.find('.', second + 1) != kNone) {
    return refuse("jws.malformed");
  }
  return CompactParts{.header = compact.substr(0, first),
                      .payload = compact.substr(first + 1, second - first - 1),
                      .signature = compact.substr(second + 1),
                      .signed_text = compact.substr(0, second)};
}

Result<JsonObject> decode_object(std::string_view part) {
  const auto bytes = from_base64url(part);
  if (!bytes) return refuse("jws.malformed");
  TRY(Json value, parse_json(core::as_text(*bytes), kTokenLimits));
  if (!value.is_object()) return refuse("jws.malformed");
  return std::move(value.get_object());
}

/// The algorithm, after everything in the header that would change the meaning is refused.
Result<std::string_view> check_header(const JsonObject& header) {
  if (header.contains("crit") || header.contains("b64")) return refuse("jws.critical");
  const auto alg = text_member(header, "alg");
  if (alg != "ES256" && alg != "RS256") return refuse("jws.algorithm");
  if (header.contains("kid") && !text_member(header, "kid")) return refuse("jws.malformed");
  return *alg;
}

/// The key that this header may use; a kid shared by keys of two algorithms is no clash.
const Jwk* select_key(const JwkSet& set, std::optional<std::string_view> kid,
                      std::string_view alg) {
  const Jwk* selected = nullptr;
  for (const Jwk& key : set.keys) {
    if (key.alg() != alg || (kid && key.kid != *kid)) continue;
    if (selected != nullptr) return nullptr;  // ambiguous: never try one after another
    selected = &key;
  }
  return selected;
}

bool verifies(const Jwk& jwk, ByteView message, ByteView signature) {
  if (const auto* rsa = std::get_if<crypto::RsaPublicKey>(&jwk.key)) {
    return rsa->verify_rs256(message, signature);
  }
  return std::get<crypto::P256PublicKey>(jwk.key).verify(message, signature);
}

std::string encode_part(const Json& value) { return to_base64url(core::as_bytes(to_text(value))); }

}  // namespace

std::string_view Jwk::alg() const {
  return std::holds_alternative<crypto::P256PublicKey>(key) ? "ES256" : "RS256";
}

Result<Jwk> Jwk::parse(const JsonObject& object) {
  // Somebody who publishes a private key has lost it: such a key must not authenticate anyone.
  if (object.contains("d")) return refuse("jwk.malformed");
  const auto kty = text_member(object, "kty");
  if (kty != "EC" && kty != "RSA") return refuse(kty ? "jwk.unsupported" : "jwk.malformed");
  TRY(Jwk jwk, kty == "EC" ? parse_ec(object) : parse_rsa(object));
  TRY_VOID(check_purpose(object, jwk.alg()));
  if (!object.contains("kid")) return jwk;
  const auto kid = text_member(object, "kid");
  if (!kid || kid->size() > kJwkKidBytesMax) return refuse("jwk.malformed");
  jwk.kid = *kid;
  return jwk;
}

JsonObject to_jwk(const crypto::P256PublicKey& key, std::string_view kid) {
  const ByteView point = key.uncompressed();
  return {{"kty", "EC"},
          {"crv", "P-256"},
          {"x", to_base64url(point.subspan(1, kCoordinateBytes))},
          {"y", to_base64url(point.subspan(1 + kCoordinateBytes))},
          {"kid", kid},
          {"use", "sig"},
          {"alg", "ES256"}};
}

Result<JwkSet> JwkSet::parse(std::string_view text) {
  TRY(const Json value, parse_json(text, kSetLimits));
  const JsonObject* object = value.if_object();
  const Json* list = object == nullptr ? nullptr : object->if_contains("keys");
  if (list == nullptr || !list->is_array()) return refuse("jwks.malformed");
  if (list->get_array().size() > kJwkSetKeysMax) return refuse("jwks.too_many");
  JwkSet set;
  for (const Json& item : list->get_array()) {
    if (!item.is_object()) return refuse("jwks.malformed");
    if (auto key = Jwk::parse(item.get_object())) set.keys.push_back(std::move(*key));
  }
  return set;
}

Result<VerifiedJws> verify_jws(std::string_view compact, const JwkSet& keys) {
  TRY(const CompactParts parts, split(compact));
  TRY(JsonObject header, decode_object(parts.header));
  TRY(const std::string_view alg, check_header(header));
  const auto signature = from_base64url(parts.signature);
  if (!signature) return refuse("jws.malformed");
  const Jwk* key = select_key(keys, text_member(header, "kid"), alg);
  if (key == nullptr) return fail(ErrorCode::kForbidden, "jws.key_unknown");
  if (!verifies(*key, core::as_bytes(parts.signed_text), *signature)) {
    return fail(ErrorCode::kForbidden, "jws.signature");
  }
  TRY(JsonObject claims, decode_object(parts.payload));
  return VerifiedJws{.header = std::move(header), .claims = std::move(claims)};
}

Result<VerifiedJws> parse_jws_unverified(std::string_view compact) {
  TRY(const CompactParts parts, split(compact));
  TRY(JsonObject header, decode_object(parts.header));
  TRY(JsonObject claims, decode_object(parts.payload));
  return VerifiedJws{.header = std::move(header), .claims = std::move(claims)};
}

std::string thumbprint(const crypto::P256PublicKey& key) {
  const ByteView point = key.uncompressed();
  const std::string canonical = R"({"crv":"P-256","kty":"EC","x":")" +
                                to_base64url(point.subspan(1, kCoordinateBytes)) + R"(","y":")" +
                                to_base64url(point.subspan(1 + kCoordinateBytes)) + R"("})";
  return to_base64url(crypto::sha256(core::as_bytes(canonical)));
}

std::string make_jws_es256(const JsonObject& claims, const crypto::P256PrivateKey& key,
                           const JwsHeader& header) {
  JsonObject members{{"alg", "ES256"}, {"typ", header.typ}};
  if (!header.kid.empty()) members["kid"] = header.kid;
  std::string token = encode_part(members) + '.' + encode_part(claims);
  const crypto::P256Signature signature = key.sign(core::as_bytes(token));
  return token + '.' + to_base64url(signature);
}

}  // namespace codec
