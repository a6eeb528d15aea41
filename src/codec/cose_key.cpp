#include "codec/cose_key.h"

namespace codec {
namespace {

using core::ErrorCode;
using core::fail;
using crypto::AuthenticatorKey;

// Labels of RFC 9052, section 7.1 and RFC 9053, section 7; RSA's are of RFC 8230, section 4.
constexpr std::int64_t kKty = 1;
constexpr std::int64_t kAlg = 3;
constexpr std::int64_t kCurve = -1;
constexpr std::int64_t kX = -2;
constexpr std::int64_t kY = -3;
constexpr std::int64_t kModulus = -1;
constexpr std::int64_t kExponent = -2;

constexpr std::int64_t kOkp = 1;
constexpr std::int64_t kEc2 = 2;
constexpr std::int64_t kRsa = 3;
constexpr std::int64_t kP256 = 1;
constexpr std::int64_t kEd25519 = 6;

tl::unexpected<core::Error> malformed() {
  return fail(ErrorCode::kInvalidInput, "cose_key.malformed");
}

std::optional<std::int64_t> number(const CborValue& map, std::int64_t label) {
  const auto member = map.find(label);
  if (!member) return std::nullopt;
  const auto value = member->as_int64();
  return value ? std::optional(*value) : std::nullopt;
}

core::Result<core::ByteView> bytes(const CborValue& map, std::int64_t label) {
  const auto member = map.find(label);
  if (!member) return malformed();
  auto value = member->as_bytes();
  if (!value) return malformed();
  return *value;
}

}  // namespace

core::Result<AuthenticatorKey> read_cose_key(const CborValue& map) {
  const auto items = map.as_items();
  if (map.type() != CborType::kMap || !items) return malformed();
  const auto kty = number(map, kKty);
  const auto alg = number(map, kAlg);
  const auto members = items->size() / 2;
  if (!kty || !alg) return malformed();
  if (*kty == kEc2 && *alg == kCoseEs256 && number(map, kCurve) == kP256) {
    TRY(const auto x, bytes(map, kX));
    TRY(const auto y, bytes(map, kY));
    if (members != 5) return malformed();
    return AuthenticatorKey::es256(x, y);
  }
  if (*kty == kOkp && *alg == kCoseEdDsa && number(map, kCurve) == kEd25519) {
    TRY(const auto x, bytes(map, kX));
    if (members != 4) return malformed();
    return AuthenticatorKey::ed25519(x);
  }
  if (*kty == kRsa && *alg == kCoseRs256) {
    TRY(const auto modulus, bytes(map, kModulus));
    TRY(const auto exponent, bytes(map, kExponent));
    if (members != 4) return malformed();
    return AuthenticatorKey::rs256(modulus, exponent);
  }
  return fail(ErrorCode::kInvalidInput, "cose_key.algorithm");
}

core::Result<AuthenticatorKey> parse_cose_key(core::ByteView encoded) {
  TRY(const auto document, CborDocument::decode(encoded));
  return read_cose_key(document.root());
}

}  // namespace codec
