// P256Table: precomputed multiples of one public key, with which verifying one of its signatures
// takes half the time. The table takes some 30 milliseconds and 150 KiB, so it is for keys that
// sign much. Only for p256.cpp; works on public data. Immutable, safe from any thread.
#pragma once

#include <memory>

#include "core/bytes.h"
#include "crypto/digest.h"

struct ec_point_st;

namespace crypto {

class P256Table {
 public:
  /// @param key  a point of P-256, not at infinity.
  explicit P256Table(const ec_point_st* key);
  P256Table(const P256Table&) = delete;
  P256Table& operator=(const P256Table&) = delete;
  ~P256Table();

  /// As P256PublicKey::verify_digest; `signature` has 64 bytes.
  [[nodiscard]] bool verify(const Digest256& digest, core::ByteView signature) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crypto
