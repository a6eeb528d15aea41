#include "app/keys/esia_keys.h"

#include "app/config/toml_file.h"
#include "crypto/private_file.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;
using edges::esia::Scheme;

constexpr std::size_t kPrivateBytesMax = 4096;  // a key of 4096 bits in PEM fits

/// The file's name belongs to the error: there are five files in the section.
template <typename T>
core::Result<T> named(core::Result<T> result, const std::string& path) {
  if (!result && result.error().detail.empty()) result.error().detail = path;
  return result;
}

core::Result<std::string> read_certificate(const std::string& path) {
  constexpr std::size_t kBytesMax = kEsiaCertificatesMax * crypto::kCertificateBytesMax;
  auto text = read_text_file(path, kBytesMax);
  if (!text) {
    return fail(ErrorCode::kInvalidInput, "certificate.malformed", path + ": " + text.error());
  }
  return std::move(*text);
}

core::Result<crypto::SignatureKey> load_key(const EsiaSettings& settings) {
  if (!settings.key_file.empty()) {
    TRY(const auto pem, crypto::read_private_file(settings.key_file, kPrivateBytesMax));
    return named(crypto::SignatureKey::from_pem(pem), settings.key_file);
  }
  TRY(const auto line, crypto::read_private_file(settings.pin_file, kPrivateBytesMax));
  auto pin = line.reveal();
  while (pin.ends_with('\n') || pin.ends_with('\r')) pin.pop_back();
  return named(crypto::SignatureKey::from_pkcs11({settings.pkcs11_module, settings.key_uri,
                                                  core::Secret<std::string>(std::move(pin))}),
               settings.key_uri);
}

}  // namespace

core::Result<edges::esia::ClientSigner> load_esia_signer(const EsiaSettings& settings) {
  TRY(auto key, load_key(settings));
  TRY(const auto pem, read_certificate(settings.certificate));
  TRY(auto certificate, named(crypto::Certificate::from_pem(pem), settings.certificate));
  return named(edges::esia::ClientSigner::make(settings.scheme == "v1" ? Scheme::kV1 : Scheme::kV2,
                                               std::move(key), std::move(certificate),
                                               settings.cms_attributes == "signed"
                                                   ? crypto::CmsAttributes::kSigned
                                                   : crypto::CmsAttributes::kNone),
               settings.certificate);
}

core::Result<std::vector<crypto::Certificate>> load_esia_certificates(const std::string& path) {
  TRY(const auto text, read_certificate(path));
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  std::vector<crypto::Certificate> certificates;
  for (auto at = text.find(kBegin); at != std::string::npos;) {
    const auto next = text.find(kBegin, at + kBegin.size());
    TRY(auto one, named(crypto::Certificate::from_pem(text.substr(at, next - at)), path));
    certificates.push_back(std::move(one));
    at = next;
  }
  if (certificates.empty() || certificates.size() > kEsiaCertificatesMax) {
    return fail(ErrorCode::kInvalidInput, "certificate.malformed", path);
  }
  return certificates;
}

}  // namespace app
