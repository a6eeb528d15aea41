#include "app/keys/root_change.h"

#include <chrono>
#include <thread>

#include "crypto/keyring_file.h"
#include "vault/root_rotation.h"

namespace app {
namespace {

/// Rows of one transaction: some milliseconds of the writer, whom servers wait for.
constexpr int kBatchRows = 200;
/// Between batches, so that the servers' own writes come in.
constexpr std::chrono::milliseconds kPause{2};

using crypto::RootState;

core::Result<crypto::KeyringFile> open_file(const KeySettings& settings) {
  return crypto::KeyringFile::open(settings.root_key_file);
}

core::Status add_next(crypto::KeyringFile& file, core::Rng& rng) {
  TRY(auto entry, file.make_root(rng));
  return file.add_next(std::move(entry));
}

core::Result<bool> is_under_way(const crypto::KeyringText& text, store::Database& keys) {
  for (const auto& entry : text.roots) {
    if (entry.state != RootState::kOld) continue;
    TRY(const auto left, vault::count_wrapped(keys, entry.id));
    if (left > 0) return true;
  }
  return false;
}

core::Result<std::int64_t> rewrap_from(const crypto::KeyId& from, crypto::Keyring& keyring,
                                       store::Database& keys, std::int64_t before,
                                       const RewrapProgress& progress) {
  std::int64_t done = before;
  for (;;) {
    TRY(const auto batch, vault::rewrap_some(keys, keyring, from, kBatchRows));
    done += batch.wrapped;
    if (batch.found == 0) return done;
    if (progress) progress(done);
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

core::Result<crypto::KeyId> prepare_root_key(const KeySettings& settings, core::Rng& rng) {
  TRY(auto file, open_file(settings));
  if (file.text().find(RootState::kNext) == nullptr) {
    TRY_VOID(add_next(file, rng));
  }
  return file.text().find(RootState::kNext)->id;
}

core::Result<crypto::KeyId> begin_root_change(const KeySettings& settings, store::Database& keys,
                                              core::Rng& rng) {
  TRY(auto file, open_file(settings));
  if (file.text().find(RootState::kNext) == nullptr) {
    TRY(const bool under_way, is_under_way(file.text(), keys));
    if (under_way) return file.text().find(RootState::kCurrent)->id;
    TRY_VOID(add_next(file, rng));
  }
  TRY_VOID(file.promote());
  return file.text().find(RootState::kCurrent)->id;
}

core::Result<std::int64_t> rewrap_all(crypto::Keyring& keyring, store::Database& keys,
                                      const RewrapProgress& progress) {
  TRY_VOID(check_root_keys(keyring, keys));
  TRY(const auto used, vault::list_root_keys(keys));
  std::int64_t done = 0;
  for (const auto& id : used) {
    if (id == keyring.key_id()) continue;
    TRY(done, rewrap_from(id, keyring, keys, done, progress));
  }
  return done;
}

core::Result<std::vector<crypto::KeyId>> retire_old_roots(const KeySettings& settings,
                                                          store::Database& keys,
                                                          core::Instant now) {
  TRY(auto file, open_file(settings));
  std::vector<crypto::KeyId> old;
  for (const auto& entry : file.text().roots) {
    if (entry.state == RootState::kOld) old.push_back(entry.id);
  }
  // The mark first: a server that has not read the keyring again must not wrap with it any more.
  for (const auto& id : old) {
    TRY_VOID(vault::retire_root_key(keys, id, now));
    TRY_VOID(file.retire(id));
  }
  return old;
}

}  // namespace app
