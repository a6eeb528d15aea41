#include "identity/authenticator/second_factor_gate.h"

#include <array>

#include "identity/account_store.h"
#include "identity/authenticator/totp_store.h"
#include "identity/token.h"

namespace identity {
namespace {

constexpr std::array<std::string_view, 4> kMethods{"passkey", "totp", "recovery_code", "phone"};
constexpr std::array<std::string_view, 3> kDemands{"nobody", "verified", "everybody"};

}  // namespace

std::string_view name_of(SecondFactorMethod method) {
  return kMethods.at(static_cast<std::size_t>(method));
}

std::string_view name_of(SecondFactorDemand demand) {
  return kDemands.at(static_cast<std::size_t>(demand));
}

std::optional<SecondFactorDemand> find_second_factor_demand(std::string_view name) {
  for (std::size_t i = 0; i < kDemands.size(); ++i) {
    if (kDemands.at(i) == name) return static_cast<SecondFactorDemand>(i);
  }
  return std::nullopt;
}

core::Result<std::optional<SecondFactorTicket>> SecondFactorGate::ask(store::UnitOfWork& unit,
                                                                      const CitizenId& citizen_id,
                                                                      AmrSet proven,
                                                                      core::Instant now) {
  TRY(const auto own, sql::find_authenticators(unit, citizen_id));
  SecondFactorTicket ticket{make_token(rng_), {}, now + kTicketLife};
  if (own.passkey) ticket.methods.push_back(SecondFactorMethod::kPasskey);
  if (own.totp) ticket.methods.push_back(SecondFactorMethod::kTotp);
  if (own.second_factor()) {
    if (own.recovery_codes > 0) ticket.methods.push_back(SecondFactorMethod::kRecoveryCode);
  } else {
    if (demand_ == SecondFactorDemand::kNobody) return std::optional<SecondFactorTicket>();
    TRY(const auto citizen, sql::get_citizen(unit, citizen_id));
    const bool verified = citizen.level == AssuranceLevel::kVerified;
    if (demand_ == SecondFactorDemand::kVerified && !verified) {
      return std::optional<SecondFactorTicket>();
    }
    ticket.methods.push_back(SecondFactorMethod::kPhone);
  }
  TRY_VOID(sql::insert_second_factor(unit, {.token_hash = hash_token(ticket.token.reveal()),
                                            .citizen_id = citizen_id,
                                            .amr = proven,
                                            .attempts_left = kAttempts,
                                            .expires_at = ticket.expires_at}));
  return std::optional(std::move(ticket));
}

}  // namespace identity
