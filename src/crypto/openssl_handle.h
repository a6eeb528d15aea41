// Owning pointers to OpenSSL objects; only for the .cpp files of this room, since no type of
// OpenSSL leaves it. Value types.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <memory>

#include "core/bytes.h"

namespace crypto {

/// Frees with the given OpenSSL function.
template <auto Free>
struct OpensslFree {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
template <typename T, auto Free>
using OpensslHandle = std::unique_ptr<T, OpensslFree<Free>>;

using BioHandle = OpensslHandle<BIO, BIO_free_all>;
/// Wiped when freed, so it also serves for private scalars.
using BnHandle = OpensslHandle<BIGNUM, BN_clear_free>;
using PkeyHandle = OpensslHandle<EVP_PKEY, EVP_PKEY_free>;
using PkeyContext = OpensslHandle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using MdContext = OpensslHandle<EVP_MD_CTX, EVP_MD_CTX_free>;
using CipherContext = OpensslHandle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

/// The big-endian number in `bytes`, whose length the caller has bounded.
[[nodiscard]] inline BnHandle bn_from(core::ByteView bytes) {
  return BnHandle(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

/// Empties the thread's error queue after an expected failure and returns false. What is left there
/// would be taken by the next TLS call of this thread for its own error.
inline bool forget_openssl_errors() {
  ERR_clear_error();
  return false;
}

}  // namespace crypto
