// The fork guard: what was signed once binds what may be signed now. A database that was restored
// from an older copy, or put together otherwise, does not hold the tree of the newest kept
// checkpoint; signing it would show two histories under one name. Functions over an open unit of
// work; safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "audit/kept_checkpoints.h"
#include "audit/log_signer.h"
#include "store/unit_of_work.h"

namespace audit {

/// Compares the database's tree with every kept note and with its own newest checkpoint. Notes of a
/// log of another name bind nobody.
/// Errors, all kUnavailable, with numbers in the detail:
///   "log.shorter_than_signed"  a kept note is of a larger tree than the database holds;
///   "log.differs_from_signed"  the database's tree has another root at the size of a kept note;
///   "log.key_missing"          a note of this log is signed by no key that is here: key files are
///                              lost, or belong to another installation;
///   "log.kept_unreadable"      a kept file is no checkpoint, or its signature does not hold;
/// and those of the store.
[[nodiscard]] core::Status check_against_kept(store::UnitOfWork& unit,
                                              const std::vector<NamedNote>& kept, LogSigner& signer,
                                              core::Instant now);

}  // namespace audit
