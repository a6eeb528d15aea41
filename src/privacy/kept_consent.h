// What outlives an account: the record that a consent was given and withdrawn, and an agreement
// accepted, under a receipt's hash, with nobody beside it. Functions over an open unit of work;
// errors are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/instant.h"
#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace privacy {

/// Under which name, and how long.
struct Keeping {
  core::Bytes receipt_hash;
  core::Instant ended_at;  ///< of what had not been withdrawn yet
  core::Instant keep_until;
};
/// How many rows were moved.
struct MovedConsents {
  std::int64_t consents = 0;
  std::int64_t acceptances = 0;
};

/// Moves the citizen's consents and acceptances to where no citizen stands beside them.
[[nodiscard]] core::Result<MovedConsents> keep_consents(store::UnitOfWork& unit,
                                                        const core::CitizenId& citizen_id,
                                                        const Keeping& keep);
/// A consent that another room held, by a document of its own.
struct OtherConsent {
  std::string act;  ///< "party:<client_id>"
  std::string document_sha256;
  core::Instant given_at;
  std::optional<core::Instant> ended_at;  ///< absent = it lived until now
};
/// Keeps them beside the citizen's own. @return how many.
[[nodiscard]] core::Result<std::int64_t> keep_others(store::UnitOfWork& unit,
                                                     const std::vector<OtherConsent>& others,
                                                     const Keeping& keep);
/// How many records are kept under a receipt.
[[nodiscard]] core::Result<std::int64_t> count_kept(store::UnitOfWork& unit,
                                                    core::ByteView receipt_hash);
/// Removes what has been kept long enough. @return rows removed.
[[nodiscard]] core::Result<std::int64_t> purge_kept(store::UnitOfWork& unit, core::Instant now);

}  // namespace privacy
