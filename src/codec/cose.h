// COSE_Sign1 (RFC 9052, section 4.2), one profile: untagged, ES256, algorithm and optional kid in
// the protected header, nothing unprotected, payload inside. Value types; safe from any thread.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "core/bytes.h"
#include "crypto/p256.h"

namespace codec {

/// A parsed, not yet verified message: views into the bytes it was parsed from.
struct CoseSign1 {
  core::ByteView protected_header;    ///< as it was signed
  std::optional<core::ByteView> kid;  ///< 1..kKidBytesMax bytes
  core::ByteView payload;
  core::ByteView signature;  ///< 64 bytes, r then s

  /// Errors: kInvalidInput the reasons of CborDocument::decode, or "cose.malformed" another shape,
  ///         an unknown header parameter or a detached payload; "cose.unprotected_not_empty";
  ///         "cose.algorithm" absent or not ES256; "cose.signature_length".
  [[nodiscard]] static core::Result<CoseSign1> parse(core::ByteView bytes);

  /// The encoded Sig_structure. Source: RFC 9052, section 4.4.
  [[nodiscard]] core::Bytes to_be_signed(std::string_view external_aad) const;

  /// Errors: kForbidden "cose.signature" the signature is not this key's over this message.
  [[nodiscard]] core::Status verify(const crypto::P256PublicKey& key,
                                    std::string_view external_aad) const;
};

/// What is to be signed.
struct CoseSign1Draft {
  core::ByteView payload;
  std::optional<core::ByteView> kid = std::nullopt;  ///< 1..kKidBytesMax bytes
  std::string_view external_aad = {};
};

/// Signs the Sig_structure it is given: r then s, for keys that live elsewhere (PKCS#11).
using CoseSigner = std::function<core::Result<crypto::P256Signature>(core::ByteView)>;

/// Makes a signed message.
[[nodiscard]] core::Bytes make_cose_sign1(const CoseSign1Draft& draft,
                                          const crypto::P256PrivateKey& key);
/// The same through a callback. Errors: those of the signer.
[[nodiscard]] core::Result<core::Bytes> make_cose_sign1(const CoseSign1Draft& draft,
                                                        const CoseSigner& signer);

}  // namespace codec
