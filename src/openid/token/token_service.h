// TokenService: codes, refresh tokens and services' own credentials become tokens; tokens are
// looked at and taken back. Access and refresh tokens are opaque: what they allow is read at each
// use, so taking them back works at once. Safe from any thread.
#pragma once

#include "core/result.h"
#include "core/rng.h"
#include "openid/authorization/party_grant.h"
#include "openid/claims.h"
#include "openid/client/party_service.h"
#include "openid/keys/signing_keys.h"
#include "openid/token/dpop.h"
#include "openid/token/facts.h"
#include "openid/token/token_store.h"
#include "openid/types.h"
#include "store/database.h"

namespace openid {

/// What the token endpoint answers.
struct TokenAnswer {
  core::Secret<std::string> access_token;
  std::string token_type = "Bearer";
  std::int64_t expires_in_s = 0;
  std::optional<core::Secret<std::string>> refresh_token;
  std::optional<std::string> id_token;
  std::string scope;
};

/// A code and what must fit it.
struct CodeExchange {
  std::string code;
  std::string redirect_uri;
  std::string code_verifier;
};

/// A token presented at userinfo, and how.
struct PresentedToken {
  std::string_view token;
  bool with_dpop = false;  ///< scheme DPoP; the proof was verified
  std::string jkt;         ///< of that proof
};

/// What a token lets its holder read at userinfo; the party and the person behind it.
struct UserInfoRight {
  PartyPtr party;
  CitizenId citizen_id;
  Texts claims;
};

/// Whether tokens were stored; see ClaimsSource::release_later.
using Stored = std::function<void(core::Status)>;

/// Tokens that are not stored yet: nothing of `answer` may be told before `store` has called back
/// with success.
struct PendingTokens {
  TokenAnswer answer;
  std::function<void(Stored)> store;
};

/// What introspection says of an active token.
struct TokenFacts {
  std::string client_id;
  std::optional<CitizenId> citizen_id;
  std::string scope;
  std::string jkt;
  core::Instant issued_at;
  core::Instant expires_at;
  std::optional<SignInFacts> sign_in;
};

struct TokenPorts {
  store::Database& data;
  ClaimsSource& claims;
  SigningKeys& keys;
  core::Rng& rng;
};

class TokenService {
 public:
  static constexpr core::Duration kAccessLife = std::chrono::minutes(10);
  static constexpr core::Duration kFamilyLife = std::chrono::hours(24 * 180);
  static constexpr core::Duration kIdTokenLife = std::chrono::minutes(10);

  TokenService(TokenPorts ports, ProviderAddress address, crypto::Key256 pseudonym_key)
      : ports_(ports), address_(std::move(address)), pseudonyms_(std::move(pseudonym_key)) {}

  /// Checks a proof and uses it up. Errors: those of verify_proof; "oauth.invalid_dpop_proof.used".
  [[nodiscard]] core::Result<std::string> take_proof(std::string_view proof,
                                                     const ProofContext& context,
                                                     core::Instant now);

  /// @param jkt  of the request's proof; empty without one, here and below.
  /// Errors: kInvalidInput "oauth.invalid_grant..." unknown, expired, used (then what it gave is
  ///   taken back), of another party, the consent behind it has ended, or verifier, address or key
  ///   do not fit;
  ///   "oauth.invalid_dpop_proof.missing" the party is bound to use proofs.
  [[nodiscard]] core::Result<TokenAnswer> exchange_code(const RelyingParty& party,
                                                        const CodeExchange& exchange,
                                                        std::string_view jkt, core::Instant now);
  /// Gives new tokens for the refresh token, which thereby ends. One presented again ends the whole
  /// sign-in: somebody else has it.
  /// @param scope  narrower than granted, or empty.
  /// Errors: kInvalidInput "oauth.invalid_grant..."; "oauth.invalid_scope.wider".
  [[nodiscard]] core::Result<TokenAnswer> refresh(const RelyingParty& party, std::string_view token,
                                                  std::string_view scope, std::string_view jkt,
                                                  core::Instant now);
  /// Errors: kInvalidInput "oauth.unauthorized_client"; "oauth.invalid_scope...".
  [[nodiscard]] core::Result<PendingTokens> serve_client(const RelyingParty& party,
                                                         std::string_view scope,
                                                         std::string_view jkt, core::Instant now);
  /// First tokens of a sign-in agreed to on another device. Errors: those of the store.
  [[nodiscard]] core::Result<TokenAnswer> begin_family(const RelyingParty& party,
                                                       sql::FamilyRow family, std::string_view jkt,
                                                       core::Instant now);

  /// Empty when the token is not active, or is none of the asking party's business.
  [[nodiscard]] core::Result<std::optional<TokenFacts>> introspect(const RelyingParty& asking,
                                                                   std::string_view token,
                                                                   core::Instant now);
  /// Takes a token back; a refresh token takes its whole sign-in along (RFC 7009). Says nothing
  /// about tokens that are not there or not the party's.
  [[nodiscard]] core::Status revoke(const RelyingParty& party, std::string_view token,
                                    core::Instant now);

  /// Checks a token presented at userinfo; the values come from the ClaimsSource.
  /// Errors: kUnauthenticated "oauth.invalid_token..." not active, or presented the wrong way;
  ///   kForbidden "oauth.insufficient_scope".
  [[nodiscard]] core::Result<UserInfoRight> check_userinfo(const PresentedToken& presented,
                                                           PartyService& parties,
                                                           core::Instant now);
  /// The claims of userinfo, whose reading is on record; called once the values are there.
  [[nodiscard]] core::Result<codec::JsonObject> userinfo_json(const UserInfoRight& right,
                                                              const ClaimValues& values) const;
  [[nodiscard]] ClaimsSource& claims() { return ports_.claims; }
  /// A JWT of the provider. Errors: kUnavailable "openid.no_key".
  [[nodiscard]] core::Result<std::string> sign(const codec::JsonObject& claims,
                                               std::string_view typ, core::Instant now);

  [[nodiscard]] const Pseudonyms& pseudonyms() const { return pseudonyms_; }
  /// Deletes what has expired, a little at a time.
  [[nodiscard]] core::Status purge(core::Instant now);

 private:
  struct Found {
    sql::AccessRow row;
    std::optional<sql::FamilyRow> family;
    std::optional<PartyGrant> grant;  ///< with a family always there, and live
  };
  [[nodiscard]] core::Result<std::optional<Found>> find_active(std::string_view token,
                                                               core::Instant now);
  [[nodiscard]] core::Result<std::string> id_token(const RelyingParty& party,
                                                   const sql::FamilyRow& family,
                                                   const SignInFacts& facts, std::string_view nonce,
                                                   core::Instant now);
  [[nodiscard]] core::Status add_claims(codec::JsonObject& json, const CitizenId& citizen_id,
                                        std::string_view client_id, const Texts& claims,
                                        core::Instant now);

  TokenPorts ports_;
  ProviderAddress address_;
  Pseudonyms pseudonyms_;
};

}  // namespace openid
