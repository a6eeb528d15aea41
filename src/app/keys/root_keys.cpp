#include "app/keys/root_keys.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "vault/root_rotation.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr store::Query kAnyData{"root_keys.any_data", "SELECT name FROM personal_record LIMIT 1"};
constexpr store::Query kAnyKey{"root_keys.any_key", "SELECT category FROM data_key LIMIT 1"};

core::Result<bool> has_row(store::Database& database, const store::Query& query) {
  TRY(const auto rows, database.read([&](store::UnitOfWork& unit) { return unit.run(query); }));
  return !rows.empty();
}

/// What cannot be opened, and what is not damaged by that.
core::Status tell_unusable(const std::vector<crypto::KeyId>& unusable, bool some_usable,
                           const crypto::Keyring& keyring, store::Database& keys) {
  std::int64_t count = 0;
  std::string names;
  for (const auto& id : unusable) {
    TRY(const auto wrapped, vault::count_wrapped(keys, id));
    count += wrapped;
    names.append(names.empty() ? "" : ", ").append(crypto::to_text(id));
  }
  if (!some_usable) {
    return fail(ErrorCode::kConflict, "key.other_deployment",
                fmt::format("all {} keys are wrapped by {}, the keyring has {}; neither is damaged",
                            count, names, crypto::to_text(keyring.key_id())));
  }
  return fail(ErrorCode::kConflict, "key.root_missing",
              fmt::format("{} keys are wrapped by {}, which the keyring does not have; the other "
                          "keys are not affected",
                          count, names));
}

}  // namespace

core::Result<std::unique_ptr<crypto::Keyring>> open_root_keys(const KeySettings& settings) {
  return crypto::Keyring::open(settings.root_key_file);
}

core::Status check_root_keys(crypto::Keyring& keyring, store::Database& keys) {
  TRY(const auto used, vault::list_root_keys(keys));
  std::vector<crypto::KeyId> unusable;
  for (const auto& id : used) {
    if (keyring.what_of(id) != crypto::RootKnowledge::kUsable) unusable.push_back(id);
  }
  if (!unusable.empty()) {
    return tell_unusable(unusable, unusable.size() < used.size(), keyring, keys);
  }
  TRY(const bool retired, vault::is_root_key_retired(keys, keyring.key_id()));
  if (!retired) return {};
  return fail(ErrorCode::kConflict, "key.root_retired",
              "the keyring wraps with " + crypto::to_text(keyring.key_id()) +
                  ", which is retired: it is an old copy");
}

core::Status check_keys_of_data(store::Database& data, store::Database& keys) {
  TRY(const bool any_key, has_row(keys, kAnyKey));
  if (any_key) return {};
  TRY(const bool any_data, has_row(data, kAnyData));
  if (!any_data) return {};
  return fail(ErrorCode::kConflict, "key.none_for_data",
              "restore the key database; the main database is not damaged");
}

}  // namespace app
