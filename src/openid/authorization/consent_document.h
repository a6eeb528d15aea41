// ConsentDocument: the text by which a citizen agrees to give one party some of their data: whole,
// of its own, and the same bytes for the same party, claims and language. What was shown is proven
// by its digest and stays readable. Pure function, and two functions over an open unit of work.
#pragma once

#include <optional>

#include "openid/types.h"
#include "store/unit_of_work.h"

namespace openid {

/// What the installation and its law say about a consent to a party.
struct ConsentTerms {
  std::string operator_name;  ///< who gives the data away
  std::string basis;          ///< the norm
  std::optional<int> days;    ///< longest term; absent = until it is withdrawn
  std::string basis_en = {};  ///< the norm as English readers are told it; empty = as it is

  [[nodiscard]] std::optional<core::Instant> expiry(core::Instant granted_at) const {
    if (!days) return std::nullopt;
    return granted_at + std::chrono::hours(24) * *days;
  }
};

struct ConsentDocument {
  std::string language;
  std::string text;
  std::string sha256;  ///< of the text, lower-case hexadecimal
};

/// What is given, and how.
struct ConsentSubject {
  const RelyingParty& party;
  const Texts& claims;  ///< everything the agreement will cover
  bool offline_access = false;
};

/// @param language  "en"; anything else is Russian.
[[nodiscard]] ConsentDocument make_consent_document(const ConsentSubject& subject,
                                                    const ConsentTerms& terms,
                                                    std::string_view language);

/// Keeps the text; one that is there already stays. Errors: the store's.
[[nodiscard]] core::Status keep_consent_document(store::UnitOfWork& unit,
                                                 const ConsentDocument& document);
/// Errors: the store's.
[[nodiscard]] core::Result<std::optional<ConsentDocument>> find_consent_document(
    store::UnitOfWork& unit, std::string_view sha256);

}  // namespace openid
