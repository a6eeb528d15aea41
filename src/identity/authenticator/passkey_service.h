// PasskeyService: passkeys of an account (WebAuthn): adding, signing in without typing a name,
// proving oneself again, and the list. Safe from any thread.
#pragma once

#include "core/result.h"
#include "identity/authenticator/ceremony_challenge.h"
#include "identity/authenticator/passkey_store.h"
#include "identity/session/session_service.h"
#include "vault/vault.h"

namespace identity {

/// What navigator.credentials.create() is called with.
struct PasskeyCreation {
  core::Bytes challenge;
  core::Bytes user_handle;  ///< tells nothing about the account
  std::string user_name;    ///< the masked number: what the device shows in its list
  std::vector<core::Bytes> exclude;
};

/// What navigator.credentials.get() is called with.
struct PasskeyRequest {
  core::Bytes challenge;
  std::vector<core::Bytes> allow;  ///< empty = whichever the device has
};

/// A sign-in by passkey that has begun; the token goes into a cookie.
struct PasskeySignIn {
  PasskeyRequest request;
  Token browser_token;
};

/// Which challenge an assertion has to answer.
struct AssertionContext {
  std::string_view purpose;
  core::ByteView binding;
  bool verification_required = true;
  std::optional<CitizenId> owner = {};  ///< whose passkey it must be; absent = anybody's
};

/// A right signature, not yet acted upon.
struct AssertedPasskey {
  sql::PasskeyRow row;
  PasskeyProof proof;
  core::Bytes challenge;

  [[nodiscard]] AmrSet amr() const;
};

struct PasskeyPorts {
  store::Database& data;
  vault::Vault& vault;  ///< for blind indexes alone
  SessionService& sessions;
  core::Rng& rng;
};

class PasskeyService {
 public:
  static constexpr std::size_t kPasskeysMax = 20;
  static constexpr std::size_t kNameBytesMax = 64;

  PasskeyService(PasskeyPorts ports, RelyingParty party, crypto::Key256 challenge_key)
      : ports_(ports), party_(std::move(party)), challenges_(std::move(challenge_key), ports.rng) {}

  [[nodiscard]] const RelyingParty& party() const { return party_; }

  /// Errors: those of require_recent_proof; kConflict "passkey.too_many".
  [[nodiscard]] core::Result<PasskeyCreation> begin_creation(const Authenticated& who,
                                                             core::Instant now);
  /// Errors: those of require_recent_proof, verify_registration and CeremonyChallenges; kConflict
  ///   "passkey.already_here" this passkey is known; "passkey.too_many".
  [[nodiscard]] core::Result<Passkey> create(const Authenticated& who,
                                             const PasskeyRegistration& sent, std::string_view name,
                                             core::Instant now);

  /// @param binding  see CeremonyChallenges::make.
  [[nodiscard]] core::Result<PasskeyRequest> begin_assertion(const AssertionContext& context,
                                                             core::Instant now);
  /// Judges an assertion; nothing is written but a refusal of a copied key.
  /// Errors: those of CeremonyChallenges::check and verify_assertion; kUnauthenticated
  ///   "passkey.unknown" no such passkey, or its owner is somebody else; kForbidden
  ///   "passkey.copied" its counter went back: it is refused and its owner is told.
  [[nodiscard]] core::Result<AssertedPasskey> judge(const PasskeyAssertion& sent,
                                                    const AssertionContext& context,
                                                    core::Instant now);
  /// Uses up challenge and counter, inside the unit that acts on the assertion.
  /// Errors: kConflict "passkey.challenge_unknown" another request was first; the store's.
  [[nodiscard]] static core::Status settle(store::UnitOfWork& unit, const AssertedPasskey& asserted,
                                           core::Instant now);
  [[nodiscard]] core::Result<PasskeySignIn> begin_sign_in(core::Instant now);
  /// Signs in by a passkey alone. Errors: those of judge and settle.
  [[nodiscard]] core::Result<OpenedSession> sign_in(const PasskeyAssertion& sent,
                                                    const Token& browser_token,
                                                    const Device& device, core::Instant now);

  [[nodiscard]] core::Result<std::vector<Passkey>> list(const CitizenId& citizen_id);
  /// Errors: kNotFound "passkey.not_found"; kInvalidInput "passkey.name".
  [[nodiscard]] core::Status rename(const CitizenId& citizen_id, const PasskeyId& id,
                                    std::string_view name);
  /// Errors: kNotFound "passkey.not_found"; kConflict "passkey.last_way_in" without it the owner
  ///   could not come in any more; those of require_recent_proof.
  [[nodiscard]] core::Status remove(const Authenticated& who, const PasskeyId& id,
                                    core::Instant now);
  /// @return rows removed.
  [[nodiscard]] core::Result<std::int64_t> purge(core::Instant now);

 private:
  [[nodiscard]] core::Bytes user_handle(const CitizenId& citizen_id) const;
  [[nodiscard]] core::Status refuse_copied(const sql::PasskeyRow& row, core::ByteView challenge,
                                           core::Instant now);

  PasskeyPorts ports_;
  RelyingParty party_;
  CeremonyChallenges challenges_;
};

}  // namespace identity
