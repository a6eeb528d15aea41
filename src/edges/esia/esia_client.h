// EsiaClient: signing a person in at ESIA: authorization request, tokens, what ESIA knows. Every
// request is signed anew and carries a state of its own. Safe from any thread; redeem blocks its
// thread on ESIA for at most kCallsMax calls.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "edges/esia/client_signer.h"
#include "edges/esia/person.h"
#include "edges/esia/token.h"
#include "edges/esia/token_response.h"
#include "edges/esia/types.h"
#include "http/client.h"

namespace edges::esia {

/// Calls to ESIA for one sign-in, however many links its collections hold.
inline constexpr int kCallsMax = 24;

struct EsiaSignIn {
  VerifiedIdToken token;
  Person person;
  /// ESIA has proven who it is: token and person agree.
  [[nodiscard]] bool trusted() const { return token.trusted && person.trusted.value_or(true); }
};

class EsiaClient {
 public:
  /// @param certificates  with which ESIA signs tokens; at least one.
  EsiaClient(EsiaConfig config, ClientSigner signer, std::vector<crypto::Certificate> certificates,
             http::HttpCaller& caller, core::Rng& rng);

  /// Errors: kUnavailable "key.sign_failed"; with PKCE "crypto.gost_missing".
  [[nodiscard]] core::Result<PendingSignIn> begin(core::Instant now);

  /// Ends a sign-in with what came back to redirect_uri.
  /// Errors: kForbidden "esia.state" an answer to another question, of the browser or of the token
  ///                    endpoint; "esia.token_*" see token.h; "esia.mixed_up" the two tokens are
  ///                    about different people; "esia.foreign_link" a link that leaves ESIA; those
  ///                    of error_table.h;
  ///         kUnavailable "esia.unavailable" no answer; "esia.malformed" an answer without sense;
  ///                    "esia.too_many_links"; "key.sign_failed".
  [[nodiscard]] core::Result<EsiaSignIn> redeem(const Callback& callback,
                                                const PendingSignIn& pending, core::Instant now);

  /// Where the browser ends the session at ESIA; it is led to `redirect_url` after that.
  [[nodiscard]] std::string logout_url(std::string_view redirect_url) const;

 private:
  /// What one sign-in may still ask of ESIA.
  struct Session {
    std::string access_token;
    std::string person_url;
    int calls_left = kCallsMax;
  };
  using Parameters = std::vector<std::pair<std::string_view, std::string>>;

  [[nodiscard]] core::Result<Parameters> signed_parameters(const std::string& state,
                                                           std::string_view code,
                                                           core::Instant now) const;
  [[nodiscard]] core::Result<TokenResponse> exchange(const Callback& callback,
                                                     const PendingSignIn& pending,
                                                     const std::string& state, core::Instant now);
  [[nodiscard]] core::Result<http::ClientResponse> call(http::ClientRequest request);
  [[nodiscard]] core::Result<std::string> get(Session& session, const std::string& url);
  [[nodiscard]] core::Result<Person> person(Session& session);
  [[nodiscard]] core::Status complete(Session& session, Person& person);
  template <typename T>
  [[nodiscard]] core::Status follow(Session& session, Collection<T>& collection);
  template <typename T>
  [[nodiscard]] core::Status fetch(Session& session, std::string_view path,
                                   core::Result<Collection<T>> (*parse)(std::string_view),
                                   std::optional<Collection<T>>& into);
  [[nodiscard]] bool asks_any(std::initializer_list<std::string_view> scopes) const;

  EsiaConfig config_;
  ClientSigner signer_;
  std::vector<crypto::Certificate> certificates_;
  http::HttpCaller& caller_;
  core::Rng& rng_;
};

}  // namespace edges::esia
