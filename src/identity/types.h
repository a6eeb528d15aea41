// The identity room's words: levels of assurance, challenges, registrations, sessions. Value types,
// safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/secret.h"
#include "core/strong_id.h"
#include "identity/session/authentication.h"

namespace identity {

using core::CitizenId;
using ChallengeId = core::StrongId<struct ChallengeIdTag>;
using SessionId = core::StrongId<struct SessionIdTag>;

/// How well the person behind an account is known (ial1, ial2 of NIST SP 800-63).
enum class AssuranceLevel { kPhone, kVerified };
[[nodiscard]] std::string_view name_of(AssuranceLevel level);
[[nodiscard]] AssuranceLevel assurance_level_from(std::string_view name);

/// What an account can be used for; what each needs is configuration (assurance/function_table.h).
enum class Function { kAccount, kDocuments, kDigitalId };
inline constexpr std::array kAllFunctions{Function::kAccount, Function::kDocuments,
                                          Function::kDigitalId};
[[nodiscard]] std::string_view name_of(Function function);
[[nodiscard]] std::optional<Function> find_function(std::string_view name);

/// The account as its row has it.
struct Citizen {
  CitizenId id;
  AssuranceLevel level = AssuranceLevel::kPhone;
  std::string level_source;  ///< who proved it; empty for kPhone
  std::optional<core::Instant> level_raised_at;
  std::string phone_masked;
  core::Instant registered_at;
};

enum class Channel { kCall, kSms };
[[nodiscard]] std::string_view name_of(Channel channel);
[[nodiscard]] std::optional<Channel> find_channel(std::string_view name);

/// A code on its way, as its receiver is told of it.
struct Challenge {
  ChallengeId id;
  Channel channel = Channel::kCall;
  std::string phone_masked;
  int code_digits = 0;
  core::Instant expires_at;
  std::int64_t sms_after_s = 0;  ///< seconds from now until an SMS may be asked for instead
  core::Instant sent_at{};  ///< earlier than now when this browser waits for a code sent already
  std::int64_t attempts_left = 0;
};

/// Whose number was proven.
enum class AccountState { kNew, kExisting, kExistingVerified };
[[nodiscard]] std::string_view name_of(AccountState state);

/// A bearer token: 256 random bits as base64url. Only its hash is stored.
using Token = core::Secret<std::string>;

/// The proof that a number was proven; leads through registration or recovery.
struct RegistrationTicket {
  Token token;
  AccountState account = AccountState::kNew;
  core::Instant expires_at;
};

/// What stands between a proven number and an account.
enum class RegistrationStep { kPassword, kAgreement, kConsent, kRecovery };
[[nodiscard]] std::string_view name_of(RegistrationStep step);
[[nodiscard]] RegistrationStep registration_step_from(std::string_view name);

/// Which edition was shown, by the digest of its bytes; the privacy room judges it.
struct SeenEdition {
  int number = 0;
  std::string language;
  std::string sha256;
};

/// Where a session is opened from, in words a person recognises.
struct Device {
  std::string description;  ///< "Chrome, Android"
  std::string network;      ///< "203.0.113.0/24"
  std::string mark{};       ///< the browser's DeviceMarks cookie as it came; never stored
};

/// How a session began.
enum class SignedInBy { kPassword, kRegistration, kRecovery, kIdentityProvider, kPasskey };
[[nodiscard]] std::string_view name_of(SignedInBy by);
[[nodiscard]] SignedInBy signed_in_by_from(std::string_view name);

/// What a session is opened on. From SignedInBy alone there are no methods: an identity provider's
/// are not ours to claim.
struct Proof {
  Proof(SignedInBy way, AmrSet methods = {}) : by(way), amr(methods) {}  // NOLINT: meant to convert

  SignedInBy by;
  AmrSet amr;
};

/// A session just opened: the token goes into the cookie and nowhere else.
struct OpenedSession {
  CitizenId citizen_id;
  SessionId session_id;
  Token token;
  std::string csrf_token;
  std::string device_mark{};  ///< for the cookie that lets this browser be recognised
};

/// A live session, as its owner sees it in the list.
struct SessionInfo {
  SessionId id;
  core::Instant opened_at;
  core::Instant last_used_at;
  Device device;
  SignedInBy signed_in_by = SignedInBy::kPassword;
  core::Instant authenticated_at;  ///< when its owner last proved themselves in it
  AmrSet amr;
  Aal aal = Aal::kOne;
};

/// Who a request's cookie belongs to, and how well that is known.
struct Authenticated {
  CitizenId citizen_id;
  SessionId session_id;
  core::Bytes token_hash;
  core::Instant authenticated_at;  ///< when they last proved themselves: OpenID Connect's auth_time
  AmrSet amr;                      ///< by what, over the session's life
  Aal aal = Aal::kOne;
};

}  // namespace identity
