#include "crypto/signature_key.h"

#include <gtest/gtest.h>

#include <map>

#include "core/bytes.h"
#include "crypto/openssl_cli.h"
#include "crypto/streebog.h"

namespace crypto {
namespace {

constexpr std::string_view kMessage = "TESTSYSopenid2026.11.22 06:42:45 +0000";

SignatureKey key_in(const std::string& pem) {
  auto key = SignatureKey::from_pem(core::Secret<std::string>(pem));
  CORE_ASSERT(key.has_value());
  return *key;
}
Certificate certificate_in(const std::string& pem) {
  auto certificate = Certificate::from_pem(pem);
  CORE_ASSERT(certificate.has_value());
  return *certificate;
}
template <typename T>
std::string reason_of(const core::Result<T>& result) {
  return result ? "ok" : result.error().reason;
}

TEST(Streebog, GivesThePublishedDigest) {
  const auto digest = streebog256(
      core::as_bytes("012345678901234567890123456789012345678901234567890123456789012"));
  ASSERT_TRUE(digest) << digest.error().reason;
  EXPECT_EQ(core::to_hex(*digest),
            "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500");
}

TEST(Streebog, AgreesWithTheCommandLineAlsoOnNothing) {
  const testing::OpensslCli cli;
  for (const auto& text : {std::string(), std::string(1000, 'x'), std::string(64, '\0')}) {
    cli.write("message", text);
    ASSERT_TRUE(cli.run("openssl dgst -engine gost -md_gost12_256 -binary -out digest message"));
    EXPECT_EQ(core::as_text(*streebog256(core::as_bytes(text))), cli.read("digest"));
  }
}

/// Both kinds of keys, made by the command line.
class Interoperation : public ::testing::TestWithParam<const char*> {
 protected:
  // Made once: an RSA key takes seconds on a busy machine.
  static const testing::OpensslCli& keys_of(const std::string& kind) {
    static std::map<std::string, testing::OpensslCli> kinds;
    const auto [made, is_new] = kinds.try_emplace(kind);
    CORE_ASSERT(!is_new || (made->second.make("our", kind) && made->second.make("other", kind)));
    return made->second;
  }
  void SetUp() override { cli_.write("message", kMessage); }
  [[nodiscard]] bool gost() const { return GetParam() == std::string("gost"); }
  [[nodiscard]] std::string dgst() const {
    return gost() ? "openssl dgst -engine gost -md_gost12_256" : "openssl dgst -sha256";
  }
  const testing::OpensslCli& cli_ = keys_of(GetParam());
};
INSTANTIATE_TEST_SUITE_P(Keys, Interoperation, ::testing::Values("gost", "rsa"));

TEST_P(Interoperation, TheCommandLineAcceptsOurSignature) {
  const auto signature = key_in(cli_.read("our.key")).sign(core::as_bytes(kMessage));
  ASSERT_TRUE(signature) << signature.error().reason;
  EXPECT_EQ(signature->size(), gost() ? 64 : 256);
  cli_.write("signature", *signature);
  ASSERT_TRUE(cli_.run("openssl pkey -in our.key -pubout -out our.pub" +
                       std::string(gost() ? " -engine gost" : "")));
  EXPECT_TRUE(cli_.run(dgst() + " -verify our.pub -signature signature message"))
      << cli_.read("log");
  cli_.write("message", std::string(kMessage) + "!");
  EXPECT_FALSE(cli_.run(dgst() + " -verify our.pub -signature signature message"));
}

TEST_P(Interoperation, WeAcceptTheSignatureOfTheCommandLineAndNoOther) {
  ASSERT_TRUE(cli_.run(dgst() + " -sign our.key -out signature message")) << cli_.read("log");
  const auto text = cli_.read("signature");
  auto signature = core::to_bytes(core::as_bytes(text));
  const auto our = certificate_in(cli_.read("our.pem"));
  const auto message = core::as_bytes(kMessage);
  EXPECT_TRUE(our.verify(message, signature));
  EXPECT_FALSE(certificate_in(cli_.read("other.pem")).verify(message, signature));
  EXPECT_FALSE(our.verify(message.first(message.size() - 1), signature));
  EXPECT_FALSE(our.verify(message, core::ByteView(signature).first(signature.size() - 1)));
  EXPECT_FALSE(our.verify(message, {}));
  EXPECT_FALSE(our.verify(message, core::Bytes(signature.size(), 0)));
  signature.back() ^= 1;
  EXPECT_FALSE(our.verify(message, signature));
  signature.back() ^= 1;
  signature.push_back(0);
  EXPECT_FALSE(our.verify(message, signature));
}

TEST_P(Interoperation, TheCommandLineAcceptsOurCmsWithAndWithoutAttributes) {
  const auto key = key_in(cli_.read("our.key"));
  const auto certificate = certificate_in(cli_.read("our.pem"));
  const std::string verify = "openssl cms -verify -inform DER -binary -content message -in cms " +
                             std::string(gost() ? "-engine gost " : "") + "-CAfile our.pem";
  for (const auto attributes : {CmsAttributes::kNone, CmsAttributes::kSigned}) {
    cli_.write("message", kMessage);
    const auto cms = key.sign_cms(core::as_bytes(kMessage), certificate, attributes);
    ASSERT_TRUE(cms) << cms.error().reason;
    cli_.write("cms", *cms);
    EXPECT_TRUE(cli_.run(verify)) << cli_.read("log");
    EXPECT_EQ(core::as_text(*cms).find(kMessage), std::string_view::npos) << "detached";
    ASSERT_TRUE(cli_.run("openssl asn1parse -inform DER -in cms"));
    EXPECT_EQ(cli_.read("log").find("signingTime") != std::string::npos,
              attributes == CmsAttributes::kSigned);
    cli_.write("message", std::string(kMessage) + "!");
    EXPECT_FALSE(cli_.run(verify));
  }
}

TEST_P(Interoperation, KnowsTheCertificateOfAKey) {
  const auto key = key_in(cli_.read("our.key"));
  const auto our = certificate_in(cli_.read("our.pem"));
  EXPECT_TRUE(key.fits(our));
  EXPECT_FALSE(key.fits(certificate_in(cli_.read("other.pem"))));
  EXPECT_EQ(key.algorithm(), our.algorithm());
  ASSERT_TRUE(cli_.run("openssl x509 -in our.pem -outform DER -out our.der"));
  EXPECT_EQ(core::as_text(our.der()), cli_.read("our.der"));
  EXPECT_GT(our.not_after(), core::Instant::from_seconds(1'700'000'000));
}

TEST_P(Interoperation, ReadsOneCertificateAndNothingElse) {
  const auto pem = cli_.read("our.pem");
  EXPECT_TRUE(Certificate::from_pem("subject=CN = our\n" + pem + "\n"));
  EXPECT_EQ(reason_of(Certificate::from_pem(pem + pem)), "certificate.malformed");
  EXPECT_EQ(reason_of(Certificate::from_pem(pem.substr(0, pem.size() / 2))),
            "certificate.malformed");
  EXPECT_EQ(reason_of(Certificate::from_pem("")), "certificate.malformed");
  EXPECT_EQ(reason_of(Certificate::from_pem(std::string(kCertificateBytesMax + 1, 'x'))),
            "certificate.malformed");
  const auto der = core::to_bytes(certificate_in(pem).der());
  for (std::size_t size = 0; size < der.size(); size += 7) {
    EXPECT_FALSE(Certificate::from_der(core::ByteView(der).first(size))) << size;
  }
  auto longer = der;
  longer.push_back(0);
  EXPECT_EQ(reason_of(Certificate::from_der(longer)), "certificate.malformed");
}

TEST(SignatureKey, RefusesOtherKeys) {
  const testing::OpensslCli cli;
  const auto reason = [&](const std::string& name) {
    return reason_of(SignatureKey::from_pem(core::Secret<std::string>(cli.read(name))));
  };
  ASSERT_TRUE(
      cli.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.key && "
              "openssl req -x509 -new -subj /CN=ec -key ec.key -out ec.pem && "
              "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out small.key && "
              "openssl req -x509 -new -subj /CN=small -key small.key -out small.pem && "
              "openssl pkcs8 -topk8 -in ec.key -passout pass:x -out sealed.key"));
  EXPECT_EQ(reason("ec.key"), "key.unsupported");
  EXPECT_EQ(reason("small.key"), "key.unsupported");
  EXPECT_EQ(reason("sealed.key"), "key.malformed");
  EXPECT_EQ(reason("no such file"), "key.malformed");
  EXPECT_EQ(reason_of(Certificate::from_pem(cli.read("ec.pem"))), "certificate.key");
  EXPECT_EQ(reason_of(Certificate::from_pem(cli.read("small.pem"))), "certificate.key");
}

}  // namespace
}  // namespace crypto
