// Root keys as the key database sees them: which of them have wrapped the keys that are there, how
// these are wrapped anew, and how a root key is retired so that no key of it can come back. Beside
// running servers; safe from any thread and any number of processes.
#pragma once

#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "crypto/key_provider.h"
#include "store/database.h"

namespace vault {

/// Root keys whose names are on keys of the database, in the order of their names.
/// Errors: the store's.
[[nodiscard]] core::Result<std::vector<crypto::KeyId>> list_root_keys(store::Database& keys);

/// How many keys this root key has wrapped. Errors: the store's.
[[nodiscard]] core::Result<std::int64_t> count_wrapped(store::Database& keys,
                                                       const crypto::KeyId& root_id);

/// What one batch did.
struct Rewrapped {
  int found = 0;    ///< keys under the old root key; 0 = there is none left
  int wrapped = 0;  ///< of them, wrapped anew; the others were erased or wrapped by somebody else
};
/// Wraps at most `rows_max` keys of one root key anew, by the one `root` wraps with, in one short
/// transaction. A key erased meanwhile stays erased. May be broken off and begun again anywhere.
/// Errors: the store's and the key provider's.
[[nodiscard]] core::Result<Rewrapped> rewrap_some(store::Database& keys, crypto::KeyProvider& root,
                                                  const crypto::KeyId& from, int rows_max);

/// Marks the root key as gone: from the commit on no key can be stored that it has wrapped.
/// Errors: kConflict "key.root_in_use" keys wrapped by it are there; the store's.
[[nodiscard]] core::Status retire_root_key(store::Database& keys, const crypto::KeyId& root_id,
                                           core::Instant now);
/// Errors: the store's.
[[nodiscard]] core::Result<bool> is_root_key_retired(store::Database& keys,
                                                     const crypto::KeyId& root_id);

}  // namespace vault
