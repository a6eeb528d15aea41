#include "privacy/processing/code_facts.h"

#include <array>

#include "vault/depersonalised_reading.h"
#include "vault/informing_reading.h"
#include "vault/purposes.h"

namespace privacy {
namespace {

// Beside the vault: nothing of these is opened through it, so that no type of it names them.
constexpr std::array<std::string_view, 7> kOtherPurposes{
    "register_account",    // codes and unfinished registrations
    "let_in",              // passwords, passkeys, sessions
    "show_what_happened",  // history and the transparency log
    "prove_agreements",    // which text was agreed to and when
    "close_account",       // deletion, inactivity
    "protect_portal",      // counters against abuse
    "staff_duties",        // who of the staff may do what
};

constexpr std::array<std::string_view, 9> kOtherCategories{
    "account",    "sign_in",     "sessions",   "history",    "agreements",
    "digital_id", "connections", "unfinished", "protection",
};

constexpr std::array<std::string_view, 3> kErasedByTerm{"agreements", "requests", "history"};

constexpr std::array kHoldings{
    Holding{"personal_record", ""},
    Holding{"citizen", "account"},
    Holding{"citizen_phone", "account"},
    Holding{"citizen_email", "account"},
    Holding{"login_index", "account"},
    Holding{"number_change", "account"},
    Holding{"provider_link", "account"},
    Holding{"account_deletion", "account"},
    Holding{"account_inactivity", "account"},
    Holding{"staff_role", "account"},
    Holding{"data_block", "account"},
    Holding{"password_authenticator", "sign_in"},
    Holding{"passkey", "sign_in"},
    Holding{"passkey_index", "sign_in"},
    Holding{"totp_authenticator", "sign_in"},
    Holding{"recovery_code", "sign_in"},
    Holding{"session", "sessions"},
    Holding{"session_token", "sessions"},
    Holding{"second_factor_ticket", "sessions"},
    Holding{"operation", "history"},
    Holding{"access_record", "history"},
    Holding{"log_entry", "history"},
    Holding{"log_dispute", "history"},
    Holding{"informing_message", "history"},
    Holding{"acceptance", "agreements"},
    Holding{"consent", "agreements"},
    Holding{"ended_party_grant", "agreements"},
    Holding{"document", "documents"},
    Holding{"portrait_index", "documents"},
    Holding{"device", "digital_id"},
    Holding{"attestation", "digital_id"},
    Holding{"party_grant", "connections"},
    Holding{"token_family", "connections"},
    Holding{"authorization_code", "connections"},
    Holding{"access_token", "connections"},
    Holding{"refresh_token", "connections"},
    Holding{"device_authorization", "connections"},
    Holding{"registration", "unfinished"},
    Holding{"authorization_flow", "unfinished"},
    Holding{"subject_request", "requests"},
    Holding{"subject_request_event", "requests"},
};

}  // namespace

std::vector<CodePurpose> code_purposes() {
  std::vector<CodePurpose> purposes;
  for (const auto purpose : vault::kPurposes) {
    purposes.push_back({vault::name_of(purpose), vault::operations_of(purpose)});
  }
  purposes.push_back({vault::kStatisticsPurpose, vault::kStatisticsOperations});
  purposes.push_back({vault::kInformingPurpose, vault::kInformingOperations});
  for (const auto name : kOtherPurposes) purposes.push_back({name, {}});
  return purposes;
}

std::vector<std::string_view> code_categories() {
  std::vector<std::string_view> categories;
  for (const auto category : vault::kCategories) categories.push_back(vault::name_of(category));
  for (const auto name : kOtherCategories) categories.push_back(name);
  return categories;
}

std::span<const std::string_view> erased_by_term() { return kErasedByTerm; }

std::span<const Holding> holdings() { return kHoldings; }

}  // namespace privacy
