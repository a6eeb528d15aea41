// The root keys of an installation: opening them, and making sure that keyring and databases belong
// together before anything is read or written with them. Functions for start-up and the command
// line.
#pragma once

#include <memory>

#include "app/config/config.h"
#include "core/result.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace app {

/// Errors: those of crypto::Keyring::open.
[[nodiscard]] core::Result<std::unique_ptr<crypto::Keyring>> open_root_keys(
    const KeySettings& settings);

/// Whether every key of the key database can be opened, by the names of the root keys on them.
/// Errors: kConflict "key.other_deployment" not one of them: keyring and key database are of two
///         installations; "key.root_missing" some of them: a root key is missing from the keyring;
///         "key.root_retired" the keyring still wraps with a root key that this database has
///         retired: it is an old copy; those of the store.
[[nodiscard]] core::Status check_root_keys(crypto::Keyring& keyring, store::Database& keys);

/// Whether data and keys belong together as far as one look tells.
/// Errors: kConflict "key.none_for_data" the main database holds data of people and the key
///         database holds no key at all; those of the store.
[[nodiscard]] core::Status check_keys_of_data(store::Database& data, store::Database& keys);

}  // namespace app
