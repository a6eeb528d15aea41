// Opening what the server stands on: databases, keys, editions, and the clients of the outside.
// Called once at start by Platform::make.
#pragma once

#include <span>

#include "app/wiring/platform.h"
#include "store/migration.h"

namespace app {

/// What opening leans on.
struct OpeningWith {
  core::Rng& rng;
  core::Instant now;
  store::StoreMetrics* metrics = nullptr;
};
/// Errors: those of store::open_database, store::settle_place, root_keys.h, EditionLibrary and
///   key_files.h; kInvalidInput "processing.malformed" the register of processing is wrong, or is
///   not what the code does: the detail names every fault.
[[nodiscard]] core::Result<Foundation> open_foundation(const Config& config,
                                                       const Jurisdiction& jurisdiction,
                                                       const OpeningWith& with);
/// One of the two databases, without looking at its schema: also for `beresta migrate`.
[[nodiscard]] core::Result<std::unique_ptr<store::Database>> open_store(
    const Config& config, const SecretText& url, bool create_if_missing, core::Rng& rng,
    store::StoreMetrics* metrics);
/// Clients of the identity provider and the registries.
[[nodiscard]] core::Result<Outside> make_outside(const Config& config, core::Rng& rng);

/// The scripts of the two databases, embedded at build time.
[[nodiscard]] std::span<const store::Migration> data_migrations();
[[nodiscard]] std::span<const store::Migration> key_migrations();

}  // namespace app
