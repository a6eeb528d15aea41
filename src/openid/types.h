// The OpenID Provider's words: relying parties, what they may ask for, who is signed in. Errors of
// this room are told in OAuth's form: a reason "oauth.invalid_grant.code_used" is the error code
// and a description, rendered by api/openid. Value types, safe from any thread.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/result.h"
#include "core/secret.h"
#include "core/strong_id.h"

namespace openid {

using core::CitizenId;
using FamilyId = core::StrongId<struct FamilyIdTag>;
using Texts = std::vector<std::string>;
/// The parameters of one request; the http room has refused doubled names.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// The value of a parameter; an empty one counts as absent, as OAuth wants it (RFC 6749, 3.1).
[[nodiscard]] std::optional<std::string_view> find(const Parameters& parameters,
                                                   std::string_view name);
[[nodiscard]] inline bool has(const Texts& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}
/// The words between single spaces; none may repeat or be empty in the answer.
[[nodiscard]] Texts split_words(std::string_view text);
[[nodiscard]] std::string join_words(const Texts& words);

/// One text in the languages of people.
struct Words {
  std::string ru;
  std::string en;
  [[nodiscard]] const std::string& in(std::string_view language) const {
    return language == "en" ? en : ru;
  }
};

/// How a party proves at our endpoints that it is itself.
enum class ClientAuth { kNone, kSecretBasic, kPrivateKeyJwt };
/// The method's registered name: "client_secret_basic".
[[nodiscard]] std::string_view name_of(ClientAuth auth);
[[nodiscard]] std::optional<ClientAuth> find_client_auth(std::string_view name);

/// A relying party as it was registered: the bound of all it can ask for.
struct RelyingParty {
  std::string client_id;
  Words name;
  Words purpose;  ///< why it wants the claims; the citizen reads it before agreeing
  ClientAuth auth = ClientAuth::kSecretBasic;
  Texts redirect_uris;
  Texts post_logout_redirect_uris;
  std::string backchannel_logout_uri;
  Texts claims;          ///< at most these are ever given
  Texts service_scopes;  ///< of client_credentials; empty = the grant is not for it
  std::string sector;    ///< parties of one sector see the same `sub`
  std::string jwks;      ///< JWK Set text; with kPrivateKeyJwt, unless there is a jwks_uri
  std::string jwks_uri;  ///< where its keys are
  std::string sector_identifier_uri;  ///< the list of the sector's redirect URIs; may be empty
  bool offline_access = false;
  bool device_grant = false;
  bool introspects_all = false;  ///< a resource server: may look at tokens of other parties
  bool par_required = false;
  bool dpop_required = false;
  bool signed_userinfo = false;

  bool disabled = false;
  core::Bytes secret_tag;  ///< of client_secret_basic
  core::Instant registered_at;
  core::Instant changed_at;
};
using PartyPtr = std::shared_ptr<const RelyingParty>;

/// Who sits at the browser, in this room's words.
struct SignedIn {
  CitizenId citizen_id;
  core::Bytes session_id;
  core::Instant auth_time;
  std::string acr;  ///< kAcrPhone or kAcrVerified
  Texts amr;        ///< names of RFC 8176
};
inline constexpr std::string_view kAcrPhone = "urn:beresta:acr:phone";
inline constexpr std::string_view kAcrVerified = "urn:beresta:acr:verified";

/// Facts of the session behind a request; app/ plugs the identity room in.
class SignIns {
 public:
  virtual ~SignIns() = default;
  /// @param session_key  what the http room's Subject holds.
  /// Errors: kUnauthenticated "session.required" it ended meanwhile.
  [[nodiscard]] virtual core::Result<SignedIn> find(const CitizenId& citizen_id,
                                                    core::ByteView session_key,
                                                    core::Instant now) = 0;
};

/// OAuth's error code of an error of this room: "invalid_scope" of "oauth.invalid_scope.too_long".
[[nodiscard]] std::string oauth_code(const core::Error& error);
/// What follows the code, as words; may be empty.
[[nodiscard]] std::string oauth_description(const core::Error& error);

/// One claim with its value as JSON text, ready for an answer or a page.
struct ClaimValue {
  std::string name;
  core::Secret<std::string> json;
};
using ClaimValues = std::vector<ClaimValue>;

/// What our own addresses are.
struct ProviderAddress {
  std::string issuer;  ///< the public address, without a slash at its end
  [[nodiscard]] std::string at(std::string_view path) const { return issuer + std::string(path); }
};

}  // namespace openid
