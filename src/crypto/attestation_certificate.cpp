#include "crypto/attestation_certificate.h"

#include <openssl/x509v3.h>

#include "core/assert.h"
#include "crypto/openssl_handle.h"

namespace crypto {
namespace {

using Certificate = OpensslHandle<X509, X509_free>;
using Constraints = OpensslHandle<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>;
using ObjectId = OpensslHandle<ASN1_OBJECT, ASN1_OBJECT_free>;

constexpr const char* kAaguidExtension = "1.3.6.1.4.1.45724.1.1.4";
constexpr std::string_view kUnit = "Authenticator Attestation";
constexpr std::size_t kAaguidBytes = 16;
/// The extension's value is an OCTET STRING inside the OCTET STRING of every extension.
constexpr std::uint8_t kOctetString = 0x04;

/// The one value of a part of the subject; empty when it is absent or there are several.
std::string part_of(const X509* certificate, int nid) {
  const X509_NAME* name = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0 || X509_NAME_get_index_by_NID(name, nid, at) >= 0) return {};
  const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

bool is_end_entity(const X509* certificate) {
  int critical = 0;
  const Constraints constraints(static_cast<BASIC_CONSTRAINTS*>(
      X509_get_ext_d2i(certificate, NID_basic_constraints, &critical, nullptr)));
  return constraints && constraints->ca == 0;
}

/// False when there is one and it is critical or not 16 bytes.
bool read_aaguid(const X509* certificate, std::optional<core::Bytes>& aaguid) {
  const ObjectId id(OBJ_txt2obj(kAaguidExtension, 1));
  CORE_ASSERT(id != nullptr);
  const int at = X509_get_ext_by_OBJ(certificate, id.get(), -1);
  if (at < 0) return true;
  X509_EXTENSION* extension = X509_get_ext(certificate, at);
  const ASN1_OCTET_STRING* data = X509_EXTENSION_get_data(extension);
  const core::ByteView value(ASN1_STRING_get0_data(data),
                             static_cast<std::size_t>(ASN1_STRING_length(data)));
  if (X509_EXTENSION_get_critical(extension) != 0 || value.size() != kAaguidBytes + 2 ||
      value[0] != kOctetString || value[1] != kAaguidBytes) {
    return false;
  }
  aaguid = core::to_bytes(value.last(kAaguidBytes));
  return true;
}

/// The kind of key a COSE algorithm signs with, or 0.
int key_type_of(std::int64_t algorithm) {
  switch (algorithm) {
    case -7:
      return EVP_PKEY_EC;
    case -8:
      return EVP_PKEY_ED25519;
    case -257:
      return EVP_PKEY_RSA;
    default:
      return 0;
  }
}

}  // namespace

struct AttestationCertificate::Impl {
  PkeyHandle key;
  std::optional<core::Bytes> aaguid;
};

core::Result<AttestationCertificate> AttestationCertificate::parse(core::ByteView der) {
  const auto refuse = [](std::string_view reason) {
    forget_openssl_errors();
    return core::fail(core::ErrorCode::kInvalidInput, reason);
  };
  if (der.empty() || der.size() > kDerBytesMax) return refuse("certificate.malformed");
  const auto* cursor = der.data();
  const Certificate certificate(d2i_X509(nullptr, &cursor, static_cast<long>(der.size())));
  if (!certificate || cursor != der.data() + der.size()) return refuse("certificate.malformed");
  Impl impl{PkeyHandle(X509_get_pubkey(certificate.get())), {}};
  if (!impl.key) return refuse("certificate.malformed");
  const auto* x509 = certificate.get();
  constexpr long kVersion3 = 2;
  const bool fits = X509_get_version(x509) == kVersion3 &&
                    part_of(x509, NID_countryName).size() == 2 &&
                    !part_of(x509, NID_organizationName).empty() &&
                    part_of(x509, NID_organizationalUnitName) == kUnit &&
                    !part_of(x509, NID_commonName).empty() && is_end_entity(x509) &&
                    read_aaguid(x509, impl.aaguid);
  if (!fits) return refuse("certificate.requirements");
  return AttestationCertificate(std::make_shared<const Impl>(std::move(impl)));
}

const std::optional<core::Bytes>& AttestationCertificate::aaguid() const { return impl_->aaguid; }

bool AttestationCertificate::verify(std::int64_t algorithm, core::ByteView message,
                                    core::ByteView signature) const {
  const int type = key_type_of(algorithm);
  if (type == 0 || EVP_PKEY_get_base_id(impl_->key.get()) != type) return false;
  const MdContext context(EVP_MD_CTX_new());
  CORE_ASSERT(context != nullptr);
  const char* digest = type == EVP_PKEY_ED25519 ? nullptr : "SHA256";
  const bool fits = EVP_DigestVerifyInit_ex(context.get(), nullptr, digest, nullptr, nullptr,
                                            impl_->key.get(), nullptr) == 1 &&
                    EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                     message.data(), message.size()) == 1;
  return fits || forget_openssl_errors();
}

}  // namespace crypto
