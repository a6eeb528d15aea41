// TestEsia: keys and tokens of an ESIA for the tests of this room. Keys are made by the openssl
// command once for the process.
#pragma once

#include <string>

#include "codec/base64url.h"
#include "codec/json.h"
#include "core/assert.h"
#include "crypto/openssl_cli.h"
#include "crypto/signature_key.h"

namespace edges::esia::testing {

/// "gost", "rsa" or any other name with one of them at its end: a key and its certificate.
inline const crypto::testing::OpensslCli& made(const std::string& name) {
  static const crypto::testing::OpensslCli cli;
  const auto kind = name.ends_with("rsa") ? "rsa" : "gost";
  if (cli.read(name + ".pem").empty()) CORE_ASSERT(cli.make(name, kind));
  return cli;
}

inline crypto::SignatureKey key(const std::string& name) {
  auto key =
      crypto::SignatureKey::from_pem(core::Secret<std::string>(made(name).read(name + ".key")));
  CORE_ASSERT(key.has_value());
  return *key;
}

inline crypto::Certificate certificate(const std::string& name) {
  auto certificate = crypto::Certificate::from_pem(made(name).read(name + ".pem"));
  CORE_ASSERT(certificate.has_value());
  return *certificate;
}

inline std::string encode(const codec::JsonObject& object) {
  return codec::to_base64url(core::as_bytes(codec::to_text(object)));
}

/// A token with any header and claims, signed by the key of that name.
inline std::string token(const codec::JsonObject& header, const codec::JsonObject& claims,
                         const std::string& signer) {
  auto text = encode(header) + "." + encode(claims);
  const auto signature = key(signer).sign(core::as_bytes(text));
  CORE_ASSERT(signature.has_value());
  return text + "." + codec::to_base64url(*signature);
}

inline constexpr std::string_view kIssuer = "http://esia.example/";
inline constexpr std::int64_t kNow = 1'800'000'000;

inline codec::JsonObject header_of(std::string_view sbt, std::string_view alg) {
  return {{"ver", 1}, {"typ", "JWT"}, {"sbt", sbt}, {"alg", alg}};
}
inline codec::JsonObject id_claims() {
  return {{"iss", kIssuer},
          {"aud", "TESTSYS"},
          {"sub", "1000300007"},
          {"iat", kNow},
          {"nbf", kNow},
          {"exp", kNow + 3600},
          {"urn:esia:sid", "aa"},
          {"urn:esia:sbj", codec::JsonObject{{"urn:esia:sbj:is_tru", true},
                                             {"urn:esia:sbj:oid", 1000300007},
                                             {"urn:esia:sbj:lvl", "PR"}}}};
}
inline codec::JsonObject access_claims() {
  return {{"iss", kIssuer},    {"client_id", "TESTSYS"},       {"iat", kNow},
          {"nbf", kNow},       {"exp", kNow + 3600},           {"urn:esia:sid", "aa"},
          {"scope", "openid"}, {"urn:esia:sbj_id", 1000300007}};
}

}  // namespace edges::esia::testing
