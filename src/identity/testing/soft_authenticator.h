// An authenticator in software for tests: makes passkeys and signs with them, and lies where a test
// tells it to: every member of Lies is one thing a hostile device, page or network could change.
#pragma once

#include <optional>

#include "codec/base64url.h"
#include "codec/cbor_writer.h"
#include "codec/json.h"
#include "core/assert.h"
#include "crypto/p256.h"
#include "identity/authenticator/passkey_ceremony.h"

namespace world {

struct Lies {
  std::string origin = "http://localhost:8080";
  std::string rp_id = "localhost";
  std::optional<std::string> type = {};
  std::uint8_t flags = 0x05;  ///< user present and verified
  std::optional<std::uint32_t> sign_count = {};
  bool cross_origin = false;
  bool spoil_signature = false;
  std::string format = "none";
  std::int64_t alg = -7;
  std::optional<core::Bytes> user_handle = {};
};

class SoftAuthenticator {
 public:
  explicit SoftAuthenticator(core::Rng& rng)
      : key_(crypto::P256PrivateKey::generate(rng)), credential_id_(core::random_bytes(rng, 16)) {}

  [[nodiscard]] identity::PasskeyRegistration create(core::ByteView challenge,
                                                     const Lies& lies = {}) {
    const auto client_data = client(challenge, lies.type.value_or("webauthn.create"), lies);
    auto data = head(lies, 0x40);
    data.insert(data.end(), 16, 0);  // aaguid
    data.push_back(0);
    data.push_back(static_cast<std::uint8_t>(credential_id_.size()));
    append(data, credential_id_);
    append(data, cose_key(lies.alg));
    codec::CborWriter object;
    object.map(3).text("fmt").text(lies.format).text("attStmt");
    if (lies.format == "packed") {
      object.map(2).text("alg").integer(lies.alg).text("sig").bytes(sign(data, client_data, lies));
    } else {
      object.map(0);
    }
    return {client_data, object.text("authData").bytes(data).finish()};
  }

  [[nodiscard]] identity::PasskeyAssertion get(core::ByteView challenge, core::ByteView user_handle,
                                               const Lies& lies = {}) {
    identity::PasskeyAssertion sent;
    sent.credential_id = credential_id_;
    sent.client_data = client(challenge, lies.type.value_or("webauthn.get"), lies);
    sent.authenticator_data = head(lies, 0);
    sent.signature = sign(sent.authenticator_data, sent.client_data, lies);
    sent.user_handle = lies.user_handle.value_or(core::to_bytes(user_handle));
    return sent;
  }

  [[nodiscard]] core::Bytes cose_key(std::int64_t alg = -7) const {
    const auto point = key_.public_key().uncompressed();
    const core::ByteView bytes(point);
    return codec::CborWriter()
        .map(5)
        .integer(1)
        .integer(2)
        .integer(3)
        .integer(alg)
        .integer(-1)
        .integer(1)
        .integer(-2)
        .bytes(bytes.subspan(1, 32))
        .integer(-3)
        .bytes(bytes.subspan(33, 32))
        .finish();
  }
  [[nodiscard]] const core::Bytes& credential_id() const { return credential_id_; }

  std::uint32_t count = 0;

 private:
  static void append(core::Bytes& to, core::ByteView bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
  }

  static core::Bytes client(core::ByteView challenge, const std::string& type, const Lies& lies) {
    return core::to_bytes(core::as_bytes(
        codec::to_text(codec::JsonObject{{"type", type},
                                         {"challenge", codec::to_base64url(challenge)},
                                         {"origin", lies.origin},
                                         {"crossOrigin", lies.cross_origin}})));
  }

  core::Bytes head(const Lies& lies, std::uint8_t more_flags) {
    ++count;
    const auto hash = crypto::sha256(core::as_bytes(lies.rp_id));
    core::Bytes data(hash.begin(), hash.end());
    data.push_back(static_cast<std::uint8_t>(lies.flags | more_flags));
    const auto shown = lies.sign_count.value_or(count);
    for (unsigned shift = 32; shift > 0; shift -= 8) {
      data.push_back(static_cast<std::uint8_t>(shown >> (shift - 8)));
    }
    return data;
  }

  core::Bytes sign(core::ByteView data, core::ByteView client_data, const Lies& lies) const {
    auto message = core::to_bytes(data);
    append(message, crypto::sha256(client_data));
    if (lies.spoil_signature) message.push_back(0);
    return der(key_.sign(message));
  }

  static core::Bytes der(const crypto::P256Signature& fixed) {
    core::Bytes body;
    for (std::size_t at = 0; at < fixed.size(); at += 32) {
      core::ByteView number = core::ByteView(fixed).subspan(at, 32);
      while (number.size() > 1 && number[0] == 0) number = number.subspan(1);
      const bool sign_bit = (number[0] & 0x80U) != 0;
      body.push_back(0x02);
      body.push_back(static_cast<std::uint8_t>(number.size() + (sign_bit ? 1 : 0)));
      if (sign_bit) body.push_back(0);
      append(body, number);
    }
    core::Bytes whole{0x30, static_cast<std::uint8_t>(body.size())};
    append(whole, body);
    return whole;
  }

  crypto::P256PrivateKey key_;
  core::Bytes credential_id_;
};

}  // namespace world
