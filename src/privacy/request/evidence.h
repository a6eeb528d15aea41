// Evidence: one request as a court could read it: what was asked, every transition with its moment,
// the texts with their digests, the editions in force, all of it in one signed JSON object, and the
// same as a page for people. docs/spec/request-evidence.md is the format. Pure functions over what
// a RequestFile holds; whoever makes one has read the texts through the vault.
#pragma once

#include <string>

#include "codec/json.h"
#include "core/result.h"
#include "privacy/edition_library.h"
#include "privacy/request/request_rules.h"
#include "privacy/request/types.h"

namespace privacy {

/// The platform's signature; app/ plugs the issuer's key in.
class EvidenceSigner {
 public:
  virtual ~EvidenceSigner() = default;
  /// A compact JWS (ES256) over exactly these claims. Errors: kUnavailable no key may sign now.
  [[nodiscard]] virtual core::Result<std::string> sign(const codec::JsonObject& claims,
                                                       core::Instant now) = 0;
};

struct EvidenceParts {
  const RequestFile& file;
  const RequestRules& rules;
  const EditionLibrary& editions;
  std::string_view installation;  ///< its name
  std::string_view language;      ///< of the editions and of the page
  core::Instant now;
};

/// What is signed.
[[nodiscard]] codec::JsonObject evidence_claims(const EvidenceParts& parts);
/// {format, evidence, jws}. Errors: those of EvidenceSigner::sign.
[[nodiscard]] core::Result<codec::JsonObject> evidence_file(const EvidenceParts& parts,
                                                            EvidenceSigner& signer);
/// A page without scripts that holds the same; every text is escaped.
/// @param file  what evidence_file made.
[[nodiscard]] std::string evidence_page(const codec::JsonObject& file, std::string_view language);

}  // namespace privacy
