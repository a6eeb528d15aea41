// Private keys as PEM, and agreement with the openssl command in both directions.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "crypto/p256.h"
#include "crypto/system_rng.h"
#include "crypto/test_rng.h"

namespace crypto {
namespace {

using core::as_bytes;
using Pem = core::Secret<std::string>;

class P256Pem : public testing::Test {
 protected:
  P256Pem() {
    std::string name = (std::filesystem::temp_directory_path() / "p256_pem_XXXXXX").string();
    CORE_ASSERT(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
  }
  ~P256Pem() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string file(const std::string& name) const { return folder_ / name; }
  void write(const std::string& name, std::string_view content) const {
    std::ofstream(file(name), std::ios::binary) << content;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // Runs the openssl command in the folder; true if it ends with 0.
  [[nodiscard]] bool openssl(const std::string& arguments) const {
    const std::string command =
        "cd '" + folder_.string() + "' && openssl " + arguments + " >/dev/null 2>&1";
    // The shell gets only literals of this file.
    return std::system(command.c_str()) == 0;  // NOLINT(cert-env33-c)
  }

  SystemRng rng_;

 private:
  std::filesystem::path folder_;
};

// One DER INTEGER (tag, length, number) without leading zeros, as in ECDSA-Sig-Value.
Bytes der_integer(ByteView number) {
  while (number.size() > 1 && number[0] == 0) number = number.subspan(1);
  Bytes der{0x02, static_cast<std::uint8_t>(number.size())};
  if ((number[0] & 0x80U) != 0) {
    ++der[1];
    der.push_back(0);
  }
  der.insert(der.end(), number.begin(), number.end());
  return der;
}

Bytes to_der(const P256Signature& signature) {
  Bytes der = der_integer(ByteView(signature).first(32));
  const Bytes s = der_integer(ByteView(signature).last(32));
  der.insert(der.end(), s.begin(), s.end());
  der.insert(der.begin(), {0x30, static_cast<std::uint8_t>(der.size())});
  return der;
}

P256Signature from_der(ByteView der) {
  P256Signature signature{};
  ByteView rest = der.subspan(2);
  for (const std::size_t end : {32U, 64U}) {
    ByteView number = rest.subspan(2, rest[1]);
    rest = rest.subspan(2U + rest[1]);
    if (number.size() == 33) number = number.subspan(1);
    std::copy(number.begin(), number.end(),
              signature.begin() + static_cast<std::ptrdiff_t>(end - number.size()));
  }
  return signature;
}

void expect_refused(const std::string& pem, std::string_view reason) {
  const auto key = P256PrivateKey::from_pkcs8_pem(Pem(pem));
  ASSERT_FALSE(key.has_value());
  EXPECT_EQ(key.error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(key.error().reason, reason);
}

TEST_F(P256Pem, SurvivesTheWayOutAndBack) {
  const auto key = P256PrivateKey::generate(rng_);
  const Pem pem = key.to_pkcs8_pem();
  EXPECT_TRUE(pem.reveal().starts_with("-----BEGIN PRIVATE KEY-----\n"));
  const auto again = P256PrivateKey::from_pkcs8_pem(pem).value();
  EXPECT_EQ(again.public_key(), key.public_key());
  EXPECT_TRUE(key.public_key().verify(as_bytes("m"), again.sign(as_bytes("m"))));
}

TEST_F(P256Pem, OpensslAcceptsOurSignature) {
  const auto key = P256PrivateKey::generate(rng_);
  write("key.pem", key.to_pkcs8_pem().reveal());
  write("message", "citizen");
  write("signature", core::as_text(to_der(key.sign(as_bytes("citizen")))));
  EXPECT_TRUE(openssl("dgst -sha256 -prverify key.pem -signature signature message"));
  write("message", "citizem");
  EXPECT_FALSE(openssl("dgst -sha256 -prverify key.pem -signature signature message"));
}

TEST_F(P256Pem, WeAcceptTheSignatureOfOpenssl) {
  write("message", "citizen");
  ASSERT_TRUE(openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem"));
  ASSERT_TRUE(openssl("dgst -sha256 -sign key.pem -out signature message"));
  const auto key = P256PrivateKey::from_pkcs8_pem(Pem(read("key.pem"))).value();
  const std::string der = read("signature");
  EXPECT_TRUE(key.public_key().verify(as_bytes("citizen"), from_der(as_bytes(der))));
  EXPECT_FALSE(key.public_key().verify(as_bytes("citizem"), from_der(as_bytes(der))));
}

TEST_F(P256Pem, RefusesAKeyOfAnotherKind) {
  ASSERT_TRUE(openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.pem"));
  ASSERT_TRUE(openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out k1.pem"));
  ASSERT_TRUE(openssl("genpkey -algorithm ED25519 -out ed.pem"));
  for (const char* name : {"p384.pem", "k1.pem", "ed.pem"}) {
    SCOPED_TRACE(name);
    expect_refused(read(name), "key.not_p256");
  }
}

TEST_F(P256Pem, RefusesAnEncryptedOrOlderFormWithoutAsking) {
  write("key.pem", P256PrivateKey::generate(rng_).to_pkcs8_pem().reveal());
  ASSERT_TRUE(openssl("pkcs8 -topk8 -in key.pem -passout pass:x -out encrypted.pem"));
  ASSERT_TRUE(openssl("ec -in key.pem -out sec1.pem"));
  ASSERT_TRUE(openssl("ec -in key.pem -pubout -out public.pem"));
  for (const char* name : {"encrypted.pem", "sec1.pem", "public.pem"}) {
    SCOPED_TRACE(name);
    ASSERT_FALSE(read(name).empty());
    expect_refused(read(name), "key.malformed");
  }
}

TEST_F(P256Pem, RefusesWhatIsNoKey) {
  const Pem pem = P256PrivateKey::generate(rng_).to_pkcs8_pem();
  const std::string& text = pem.reveal();
  expect_refused("", "key.malformed");
  expect_refused("key", "key.malformed");
  expect_refused(text.substr(0, text.size() / 2), "key.malformed");
  expect_refused(std::string(4096, '\n') + text, "key.malformed");
  std::string altered = text;
  altered[40] = altered[40] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(P256PrivateKey::from_pkcs8_pem(Pem(altered)).has_value());
}

}  // namespace
}  // namespace crypto
