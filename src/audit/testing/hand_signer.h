// A log key in memory, with which a log of a test signs. For tests only; safe from one thread at a
// time.
#pragma once

#include <string>
#include <vector>

#include "audit/log_signer.h"

namespace world {

class HandSigner final : public audit::LogSigner {
 public:
  explicit HandSigner(core::Rng& rng, std::string origin = "log.example/beresta")
      : origin_(std::move(origin)), key_(crypto::Ed25519PrivateKey::generate(rng)) {}

  [[nodiscard]] const std::string& origin() const override { return origin_; }
  [[nodiscard]] core::Result<std::vector<audit::NoteSignature>> sign(
      std::string_view text, core::Instant /*now*/) override {
    return std::vector{audit::sign_note(text, origin_, key_)};
  }
  [[nodiscard]] std::vector<audit::NoteVerifier> published(core::Instant /*now*/) override {
    return {audit::NoteVerifier(origin_, audit::NoteKeyType::kEd25519, key_.public_key())};
  }
  [[nodiscard]] std::vector<core::Instant> beginnings(core::Instant /*now*/) override {
    return {core::Instant()};
  }

 private:
  std::string origin_;
  crypto::Ed25519PrivateKey key_;
};

}  // namespace world
