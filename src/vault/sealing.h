// How ciphertext is bound to its place, and how the vault opens what lies there. For the vault's
// own files alone: whoever calls this has written the access record before. Safe from any thread.
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "crypto/key_provider.h"
#include "store/database.h"
#include "vault/types.h"

namespace vault {

/// The place a record belongs to; moved elsewhere it does not open.
[[nodiscard]] std::string place_of(const core::CitizenId& citizen_id, Category category,
                                   std::string_view name);
/// The same for a wrapped key.
[[nodiscard]] std::string key_place(const core::CitizenId& citizen_id, Category category);

/// The key of one citizen and category; empty when there is none.
/// Errors: those of store::Database and crypto::KeyProvider.
[[nodiscard]] core::Result<std::optional<crypto::Key256>> find_data_key(
    store::Database& keys, crypto::KeyProvider& root, const core::CitizenId& citizen_id,
    Category category);

/// Opens a row of name, sealed, source, assurance_level, proven_at_utc.
/// Errors: kInternal "crypto.open_failed".
[[nodiscard]] core::Result<PersonalRecord> open_row(const store::Row& row,
                                                    const core::CitizenId& citizen_id,
                                                    Category category, const crypto::Key256& key);

}  // namespace vault
