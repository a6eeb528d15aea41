#include "identity/account/own_records.h"

namespace identity {
namespace {

/// One table and how the citizen's rows of it go.
struct Removal {
  std::string_view table;
  store::Query query;
};

// By the number first: what is found through it is gone once the logins are.
constexpr store::Query kChallenges{
    "challenge.erase",
    "DELETE FROM challenge WHERE phone_index IN"
    " (SELECT blind_index FROM login_index WHERE citizen_id = $1 AND kind = 'phone')"};
constexpr store::Query kRegistrations{
    "registration.erase",
    "DELETE FROM registration WHERE citizen_id = $1 OR phone_index IN"
    " (SELECT blind_index FROM login_index WHERE citizen_id = $1 AND kind = 'phone')"};
constexpr store::Query kFlows{"authorization_flow.erase",
                              "DELETE FROM authorization_flow WHERE citizen_id = $1"};
constexpr store::Query kLogins{"login_index.erase",
                               "DELETE FROM login_index WHERE citizen_id = $1"};
constexpr store::Query kTokens{"session_token.erase",
                               "DELETE FROM session_token WHERE token_hash IN"
                               " (SELECT token_hash FROM session WHERE citizen_id = $1)"};
constexpr store::Query kSessions{"session.erase", "DELETE FROM session WHERE citizen_id = $1"};
constexpr store::Query kPasswords{"password_authenticator.erase",
                                  "DELETE FROM password_authenticator WHERE citizen_id = $1"};
constexpr store::Query kNumbers{"citizen_phone.erase",
                                "DELETE FROM citizen_phone WHERE citizen_id = $1"};
constexpr store::Query kChanges{"number_change.erase",
                                "DELETE FROM number_change WHERE citizen_id = $1"};
constexpr store::Query kEmails{"citizen_email.erase",
                               "DELETE FROM citizen_email WHERE citizen_id = $1"};
constexpr store::Query kPasskeyIndex{"passkey_index.erase",
                                     "DELETE FROM passkey_index WHERE citizen_id = $1"};
constexpr store::Query kPasskeys{"passkey.erase", "DELETE FROM passkey WHERE citizen_id = $1"};
constexpr store::Query kTotp{"totp_authenticator.erase",
                             "DELETE FROM totp_authenticator WHERE citizen_id = $1"};
constexpr store::Query kRecoveryCodes{"recovery_code.erase",
                                      "DELETE FROM recovery_code WHERE citizen_id = $1"};
constexpr store::Query kTickets{"second_factor_ticket.erase",
                                "DELETE FROM second_factor_ticket WHERE citizen_id = $1"};
constexpr store::Query kLinks{"provider_link.erase",
                              "DELETE FROM provider_link WHERE citizen_id = $1"};
constexpr store::Query kRoles{"staff_role.erase", "DELETE FROM staff_role WHERE citizen_id = $1"};
constexpr store::Query kInactivity{"account_inactivity.erase",
                                   "DELETE FROM account_inactivity WHERE citizen_id = $1"};
constexpr store::Query kCitizen{"citizen.erase", "DELETE FROM citizen WHERE citizen_id = $1"};

}  // namespace

core::Status OwnRecords::freeze(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                core::Instant /*now*/) {
  TRY_VOID(unit.run(kFlows, {citizen_id}));
  TRY_VOID(unit.run(kTickets, {citizen_id}));
  return {};
}

core::Status OwnRecords::erase(store::UnitOfWork& unit, const Erasure& erasure,
                               ErasureCounts& counts) {
  for (const auto& removal :
       {Removal{"challenge", kChallenges}, Removal{"registration", kRegistrations},
        Removal{"authorization_flow", kFlows}, Removal{"login_index", kLogins},
        Removal{"session_token", kTokens}, Removal{"session", kSessions},
        Removal{"password_authenticator", kPasswords}, Removal{"citizen_phone", kNumbers},
        Removal{"number_change", kChanges}, Removal{"citizen_email", kEmails},
        Removal{"passkey_index", kPasskeyIndex}, Removal{"passkey", kPasskeys},
        Removal{"totp_authenticator", kTotp}, Removal{"recovery_code", kRecoveryCodes},
        Removal{"second_factor_ticket", kTickets}, Removal{"provider_link", kLinks},
        Removal{"staff_role", kRoles}, Removal{"account_inactivity", kInactivity},
        Removal{"citizen", kCitizen}}) {
    TRY(const auto rows, unit.run(removal.query, {erasure.citizen_id}));
    counts.erased.push_back({std::string(removal.table), rows.affected()});
  }
  return {};
}

}  // namespace identity
