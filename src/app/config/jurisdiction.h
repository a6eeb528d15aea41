// Jurisdiction: what the law and the registries of one country decide, read from
// jurisdictions/<code>.toml (the format stands at the top of jurisdictions/ru.toml). Plain data,
// complete once read; immutable afterwards and safe from any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/config/config_problem.h"
#include "core/instant.h"
#include "core/work_calendar.h"
#include "identity/assurance/function_table.h"
#include "identity/phone_number.h"
#include "identity/types.h"
#include "privacy/consent_rules.h"
#include "privacy/norm_texts.h"
#include "wallet/digital_id_code.h"
#include "wallet/types.h"

namespace app {

/// A text in each of the installation's languages.
using LocalText = std::map<std::string, std::string, std::less<>>;

struct Currency {
  std::string code;  ///< ISO 4217
  int minor_digits = 2;
};

/// What fines are counted in; values in minor units of the currency by year.
struct FineUnit {
  std::string code;
  std::map<int, std::int64_t> values_minor;
};

struct PhoneRules {
  identity::PhonePolicy policy;
  int call_code_digits = 5;  ///< last digits of the calling number
  int sms_code_digits = 6;
  std::string example;  ///< belongs to nobody
};

struct IdentifierScheme {
  std::string kind;    ///< parser of codec/identifiers.h: "snils", "kz_iin"
  std::string scheme;  ///< what people call it
  bool person = true;
  bool primary = false;  ///< exactly one: registries are asked with it
};

struct DocumentService {
  wallet::DocumentKind kind = wallet::DocumentKind::kPassport;
  std::string service;             ///< "DEMO/GOV/2001/mvd/passport", X-Road path without the number
  std::string identifier;          ///< kind of the number put at its end
  bool identity_document = false;  ///< names the person in the Digital ID; exactly one
};

struct StatusService {
  std::string service;
  std::string identifier;
  std::vector<wallet::Question> known;  ///< yes-or-no statuses it can answer
};

enum class DeadlineUnit { kNone, kWorkingDays, kCalendarDays, kHours };

struct Deadline {
  DeadlineUnit unit = DeadlineUnit::kNone;
  int count = 0;
  int extension_working_days = 0;
  std::string basis;
};

/// A ground on which a request of a person may be refused.
struct RefusalReason {
  std::string name;  ///< "others_rights"
  std::string norm;
  LocalText text;
};

struct Jurisdiction {
  std::string code;
  LocalText names;
  std::vector<std::string> languages;  ///< the first is the default
  int utc_offset_minutes = 0;
  Currency currency;
  std::optional<FineUnit> fine_unit;
  PhoneRules phone;
  int age_of_majority = 18;  ///< full years
  int digital_id_age = 18;
  std::vector<IdentifierScheme> identifiers;
  std::vector<DocumentService> documents;
  StatusService statuses;
  identity::FunctionTable functions;
  identity::Freshness freshness;
  std::map<std::string, Deadline, std::less<>> deadlines;
  LocalText supervisory_authority;
  std::string supervisory_authority_address;  ///< its page for complaints; may be empty
  std::vector<RefusalReason> refusal_reasons;
  std::map<std::string, std::string, std::less<>> legal_bases;
  privacy::ConsentRules consents;
  privacy::NormTexts norms;                    ///< all of the norms above in other languages
  std::optional<core::WorkCalendar> calendar;  ///< there once the file is read without a fault

  /// The identifier registries are asked with.
  [[nodiscard]] const IdentifierScheme& primary_identifier() const;
  /// How the document is fetched, or nullptr where this country has none of the kind.
  [[nodiscard]] const DocumentService* find_document(wallet::DocumentKind kind) const;
};

/// Where that file lies.
[[nodiscard]] inline std::string jurisdiction_path(const std::string& folder,
                                                   std::string_view code) {
  return folder + "/" + std::string(code) + ".toml";
}
/// Reads `folder`/`code`.toml, or tells everything that is wrong with it. `code` is two lower-case
/// letters, so it cannot lead out of the folder.
[[nodiscard]] Checked<Jurisdiction> read_jurisdiction(const std::string& folder,
                                                      std::string_view code);

}  // namespace app
