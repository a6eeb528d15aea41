// DeviceService: the device authorization grant (RFC 8628): a device shows a short code, the
// citizen types it on our page and decides there, the device polls until then. Safe from any
// thread.
#pragma once

#include "openid/authorization/authorization_service.h"
#include "openid/client/party_service.h"
#include "openid/token/token_service.h"
#include "store/database.h"

namespace openid {

/// What the device is told at first.
struct DeviceStart {
  core::Secret<std::string> device_code;
  std::string user_code;  ///< "BCDF-GHJK"
  std::int64_t expires_in_s = 0;
  std::int64_t interval_s = 0;
};

struct DevicePorts {
  store::Database& data;
  PartyService& parties;
  AuthorizationService& authorizations;
  TokenService& tokens;
  core::Rng& rng;
};

class DeviceService final : public DeviceDecisions {
 public:
  static constexpr core::Duration kLife = std::chrono::minutes(10);
  static constexpr core::Duration kInterval = std::chrono::seconds(5);

  /// @param code_key  keys the kept tags of typed codes.
  DeviceService(DevicePorts ports, crypto::Key256 code_key)
      : ports_(ports), code_key_(std::move(code_key)) {}

  /// Errors: kInvalidInput "oauth.unauthorized_client"; those of parse_scope_request.
  [[nodiscard]] core::Result<DeviceStart> start(const RelyingParty& party, std::string_view scope,
                                                core::Instant now);
  /// The citizen typed a code. @return the id of the request to be decided.
  /// Errors: kNotFound "device.code_unknown" also for one that has ended.
  [[nodiscard]] core::Result<std::string> open(std::string_view user_code, core::Instant now);
  /// Errors: kInvalidInput "oauth.authorization_pending", "oauth.slow_down",
  ///   "oauth.access_denied", "oauth.expired_token", "oauth.invalid_grant".
  [[nodiscard]] core::Result<TokenAnswer> poll(const RelyingParty& party,
                                               std::string_view device_code, std::string_view jkt,
                                               core::Instant now);
  [[nodiscard]] core::Status decide(store::UnitOfWork& unit, std::string_view device_key,
                                    const SignedIn* who,
                                    const std::optional<std::string>& facts) override;
  [[nodiscard]] core::Status purge(core::Instant now);

 private:
  [[nodiscard]] core::Bytes tag_of(std::string_view user_code) const;

  DevicePorts ports_;
  crypto::Key256 code_key_;
};

}  // namespace openid
