// AuthorizationService: a party's request from the moment it arrives to the moment the browser goes
// back: what is asked, who must sign in, what the citizen reads and decides. Safe from any thread.
#pragma once

#include "core/result.h"
#include "core/rng.h"
#include "openid/authorization/authorization_request.h"
#include "openid/authorization/consent_document.h"
#include "openid/authorization/party_grant.h"
#include "openid/claims.h"
#include "openid/client/party_service.h"
#include "openid/types.h"
#include "store/database.h"

namespace openid {

/// Where a request stands, as the page is told.
enum class AuthorizationState {
  kSignIn,   ///< nobody is signed in
  kReenter,  ///< somebody is, but the party wants a fresh sign-in
  kProve,    ///< the identity must be proven first
  kConsent,  ///< the citizen must read and decide
  kReady,    ///< nothing to ask: `continue` leads back
};
[[nodiscard]] std::string_view name_of(AuthorizationState state);

struct AuthorizationView {
  AuthorizationState state = AuthorizationState::kSignIn;
  PartyPtr party;
  Texts claims;                             ///< everything asked for
  std::optional<ClaimValues> values;        ///< only for kConsent
  std::optional<ConsentDocument> document;  ///< only for kConsent: what saying yes means
  std::optional<core::Instant> expires_at;  ///< until when it would hold
  bool offline_access = false;
  bool is_device = false;
};

enum class Decision { kContinue, kAgree, kRefuse };
[[nodiscard]] std::optional<Decision> find_decision(std::string_view name);

/// What the page sends back.
struct Answer {
  Decision decision = Decision::kContinue;
  std::string document_sha256 = {};  ///< with kAgree: of the document that was shown
};

/// Who looks at the page, and in which language.
struct Reader {
  std::optional<SignedIn> who;
  std::string_view language = "ru";
};

/// Where the browser goes next: a path of ours or a party's address.
struct Destination {
  std::string location;
};

/// A request pushed beforehand (RFC 9126).
struct PushedRequest {
  std::string request_uri;
  std::int64_t expires_in_s = 0;
};

/// What a device authorization makes of a decision, in this service's words.
class DeviceDecisions {
 public:
  virtual ~DeviceDecisions() = default;
  /// @param who    absent = refused, and so are the facts.
  /// @param facts  of the sign-in, as facts.h writes them.
  [[nodiscard]] virtual core::Status decide(store::UnitOfWork& unit, std::string_view device_key,
                                            const SignedIn* who,
                                            const std::optional<std::string>& facts) = 0;
};

struct AuthorizationPorts {
  store::Database& data;
  PartyService& parties;
  ClaimsSource& claims;
  core::Rng& rng;
};

class AuthorizationService {
 public:
  static constexpr core::Duration kRequestLife = std::chrono::minutes(30);
  static constexpr core::Duration kPushedLife = std::chrono::seconds(90);
  static constexpr core::Duration kCodeLife = std::chrono::seconds(60);
  static constexpr std::string_view kRequestUriPrefix = "urn:ietf:params:oauth:request_uri:";

  AuthorizationService(AuthorizationPorts ports, ProviderAddress address)
      : ports_(ports), address_(std::move(address)) {}

  /// The authorization endpoint: keeps the request and sends the browser to our page, or back with
  /// a refusal, or to a page that says what is wrong when nobody may be trusted to be sent back to.
  /// Errors: those of the store.
  [[nodiscard]] core::Result<Destination> begin(const Parameters& parameters, core::Instant now);
  /// Errors: as parse_authorization_request; those of the store.
  [[nodiscard]] core::Result<PushedRequest> push(const RelyingParty& party,
                                                 const Parameters& parameters,
                                                 std::string_view proven_jkt, core::Instant now);
  /// Keeps a request that came another way (device). @return the page's request id.
  [[nodiscard]] core::Result<std::string> keep(const AuthorizationRequest& request,
                                               core::Instant now);

  /// Errors: kNotFound "authorization.unknown" no such request, ended or expired.
  [[nodiscard]] core::Result<AuthorizationView> view(std::string_view request_id,
                                                     const Reader& reader, core::Instant now);
  /// Errors: kNotFound "authorization.unknown"; kUnauthenticated "session.required" agreeing
  ///   without a session; kConflict "authorization.not_ready" something has to be done first;
  ///   kInvalidInput "authorization.document_needed" agreeing to no document; kConflict
  ///   "authorization.document_changed" to another than the one that stands now.
  [[nodiscard]] core::Result<Destination> decide(std::string_view request_id, const Answer& answer,
                                                 const std::optional<SignedIn>& who,
                                                 core::Instant now);
  /// What every consent to a party says; before the first request.
  void plug_terms(ConsentTerms terms) { terms_ = std::move(terms); }
  void plug_devices(DeviceDecisions& devices) { devices_ = &devices; }

 private:
  struct Kept {
    core::Bytes key;
    AuthorizationRequest request;
    PartyPtr party;
  };
  /// A yes, and to which bytes.
  struct Agreement {
    const SignedIn& who;
    const std::string& document_sha256;
  };
  [[nodiscard]] core::Result<Kept> find(std::string_view request_id, core::Instant now);
  [[nodiscard]] core::Result<std::optional<AuthorizationRequest>> find_pushed(
      const Parameters& parameters, core::Instant now);
  /// Ends a request in the caller's transaction; a pushed one can be opened until then.
  [[nodiscard]] static core::Status end(store::UnitOfWork& unit, const Kept& kept);
  [[nodiscard]] core::Result<AuthorizationState> state_of(const Kept& kept,
                                                          const std::optional<SignedIn>& who,
                                                          core::Instant now);
  [[nodiscard]] core::Result<Destination> conclude(const Kept& kept, const SignedIn& who,
                                                   const std::string& document_sha256,
                                                   core::Instant now);
  [[nodiscard]] core::Status put_agreement(store::UnitOfWork& unit, const Kept& kept,
                                           const Agreement& agreement, core::Instant now);
  [[nodiscard]] ConsentDocument document_of(const Kept& kept, const PartyGrant& grant,
                                            std::string_view language) const;
  [[nodiscard]] core::Result<Destination> turn_down(const Kept& kept, std::string_view error,
                                                    core::Instant now);
  [[nodiscard]] std::string back_with_error(const AuthorizationRequest& request,
                                            const core::Error& error) const;
  [[nodiscard]] core::Status note(const RelyingParty& party, const RequestRefusal& refusal,
                                  core::Instant now);

  AuthorizationPorts ports_;
  ProviderAddress address_;
  ConsentTerms terms_;
  DeviceDecisions* devices_ = nullptr;
};

}  // namespace openid
