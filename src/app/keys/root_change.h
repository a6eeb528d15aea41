// Changing the root key of an installation beside running servers (docs/adr/0044): the next root
// key is made, becomes the current one, every key is wrapped anew in small batches, and the old
// root key is retired. Each step may be broken off anywhere and begun again. For the command line.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "app/keys/root_keys.h"
#include "core/instant.h"
#include "core/rng.h"

namespace app {

/// Makes the next root key, unless one is waiting already.
/// Errors: those of crypto::KeyringFile and of the token.
[[nodiscard]] core::Result<crypto::KeyId> prepare_root_key(const KeySettings& settings,
                                                           core::Rng& rng);

/// Takes the next root key into use. Where none is waiting and no key is left under an old one, it
/// makes one first; where a change was broken off, that one goes on and nothing new is made.
/// @return the root key in use. Errors: those of crypto::KeyringFile and of the store.
[[nodiscard]] core::Result<crypto::KeyId> begin_root_change(const KeySettings& settings,
                                                            store::Database& keys, core::Rng& rng);

/// After each batch: keys wrapped anew so far.
using RewrapProgress = std::function<void(std::int64_t)>;
/// Wraps everything anew that old root keys have wrapped. @return keys wrapped.
/// Errors: those of vault::rewrap_some; "key.root_missing" as check_root_keys.
[[nodiscard]] core::Result<std::int64_t> rewrap_all(crypto::Keyring& keyring, store::Database& keys,
                                                    const RewrapProgress& progress);

/// Retires every old root key: marks it in the key database, then takes it out of the keyring.
/// @return the names. Errors: kConflict "key.root_in_use" keys are left under one (rewrap_all);
///         those of crypto::KeyringFile and of the store.
[[nodiscard]] core::Result<std::vector<crypto::KeyId>> retire_old_roots(const KeySettings& settings,
                                                                        store::Database& keys,
                                                                        core::Instant now);

}  // namespace app
