// LogoutService: a session of ours ends, and every party it was used at learns it (OpenID Connect
// Back-Channel Logout 1.0); and a party asks us to end it (RP-Initiated Logout 1.0). Safe from any
// thread.
#pragma once

#include "openid/client/party_service.h"
#include "openid/keys/signing_keys.h"
#include "openid/token/token_service.h"
#include "store/database.h"
#include "store/outbox_worker.h"

namespace openid {

/// The outbox kind of a logout token under way.
inline constexpr std::string_view kLogoutKind = "openid.backchannel_logout";

/// Sends a form, in this room's words; app/ plugs the http client in.
class LogoutSender {
 public:
  virtual ~LogoutSender() = default;
  /// @return the status. Errors: kUnavailable.
  [[nodiscard]] virtual core::Result<int> post_form(const std::string& url,
                                                    const Parameters& form) = 0;
};

/// What our sign-out page is told.
struct LogoutView {
  PartyPtr party;        ///< who asked; null when it did not say
  std::string location;  ///< where to go afterwards; empty = stay here
  std::string sid;       ///< of the hint; the page need not ask when it is this session's
};

struct LogoutPorts {
  store::Database& data;
  PartyService& parties;
  TokenService& tokens;
  SigningKeys& keys;
  LogoutSender& sender;
  core::Rng& rng;
};

class LogoutService {
 public:
  static constexpr core::Duration kRequestLife = std::chrono::minutes(10);

  LogoutService(LogoutPorts ports, ProviderAddress address)
      : ports_(ports), address_(std::move(address)) {}

  /// A session ended, in the transaction that ends it: its parties are to be told, and tokens that
  /// were not for the time after (offline_access) end.
  /// @param ended  empty = all of the citizen's sessions but `kept`.
  [[nodiscard]] core::Status sessions_ended(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                            core::ByteView ended, core::ByteView kept,
                                            core::Instant now);
  /// The outbox handler.
  [[nodiscard]] core::Result<store::OutboxOutcome> deliver(const store::OutboxDelivery& delivery,
                                                           core::Instant now);

  /// The end_session endpoint. @return the path of our page. Errors: those of the store.
  [[nodiscard]] core::Result<std::string> begin(const Parameters& parameters, core::Instant now);
  /// Errors: kNotFound "logout.unknown".
  [[nodiscard]] core::Result<LogoutView> view(std::string_view logout_id, core::Instant now);
  /// Whether the page need not ask: the hint was this very session's.
  [[nodiscard]] bool is_of(const LogoutView& view, const SignedIn& who) const;

 private:
  struct Hint {
    PartyPtr party;
    std::string sid;
  };
  [[nodiscard]] std::optional<Hint> read_hint(std::string_view id_token, core::Instant now);

  LogoutPorts ports_;
  ProviderAddress address_;
};

}  // namespace openid
