#include "audit/log_keys.h"

#include <algorithm>

#include "crypto/aead.h"
#include "crypto/root_key.h"

namespace audit {
namespace {

// The vault's table: one erasure takes the keys of both.
constexpr store::Query kFindKey{
    "log_key.find", "SELECT wrapped FROM data_key WHERE citizen_id = $1 AND category = $2"};
constexpr store::Query kInsertKey{
    "log_key.insert",
    "INSERT INTO data_key (citizen_id, category, wrapped, created_at_utc) SELECT $1, $2, $3, $4"
    " WHERE NOT EXISTS (SELECT 1 FROM retired_root_key WHERE root_key_id = $5)"
    " ON CONFLICT (citizen_id, category) DO NOTHING"};
constexpr store::Query kListUnsealedOwners{
    "log_entry.unsealed_owners",
    "SELECT DISTINCT citizen_id FROM log_entry WHERE sealed IS NULL LIMIT $1"};
constexpr store::Query kListUnsealed{
    "log_entry.unsealed",
    "SELECT entry_id, salt, record FROM log_entry WHERE citizen_id = $1 AND sealed IS NULL"
    " ORDER BY entry_id LIMIT 256"};
constexpr store::Query kSeal{"log_entry.seal",
                             "UPDATE log_entry SET sealed = $3, salt = NULL, record = NULL"
                             " WHERE citizen_id = $1 AND entry_id = $2 AND sealed IS NULL"};

constexpr std::string_view kCategory = "log";
// A root key may be retired between wrapping and storing; the second time its successor wraps.
constexpr int kWrapAttempts = 2;

/// As the vault names the place of a wrapped key.
std::string key_place(const core::CitizenId& citizen_id) {
  std::string place = "data_key|wrapped|";
  return place.append(core::as_text(citizen_id.bytes())).append("|").append(kCategory);
}

std::string place_text(const EntryPlace& place) {
  std::string text = "log_entry|sealed|";
  text.append(core::as_text(place.citizen_id.bytes())).append("|");
  return text.append(core::as_text(place.entry_id.bytes()));
}

core::Result<int> seal_one(store::Database& data, const core::CitizenId& citizen_id,
                           const crypto::Key256& key, core::Rng& rng) {
  TRY(const auto rows,
      data.read([&](store::UnitOfWork& unit) { return unit.run(kListUnsealed, {citizen_id}); }));
  std::vector<std::pair<EntryId, core::Bytes>> sealed;
  for (const auto& row : rows) {
    OpenedEntry entry{.salt = {}, .record = std::string(row.text(2))};
    const auto salt = row.blob(1);
    if (salt.size() != entry.salt.size()) {
      return core::fail(core::ErrorCode::kInternal, "log.entry_damaged");
    }
    std::copy(salt.begin(), salt.end(), entry.salt.begin());
    const auto id = row.id<EntryId>(0);
    sealed.emplace_back(id, seal_entry(key, {citizen_id, id}, entry, rng));
  }
  TRY_VOID(data.write([&](store::UnitOfWork& unit) -> core::Status {
    for (const auto& [id, bytes] : sealed) {
      TRY_VOID(unit.run(kSeal, {citizen_id, id, bytes}));
    }
    return {};
  }));
  return static_cast<int>(sealed.size());
}

}  // namespace

core::Result<std::optional<crypto::Key256>> LogKeys::find(const core::CitizenId& citizen_id) {
  for (int attempt = 1;; ++attempt) {
    TRY(const auto rows, keys_.read([&](store::UnitOfWork& unit) {
      return unit.run(kFindKey, {citizen_id, kCategory});
    }));
    if (rows.empty()) return std::optional<crypto::Key256>();
    auto key = root_.unwrap(rows.front().blob(0), core::as_bytes(key_place(citizen_id)));
    if (key) return std::optional<crypto::Key256>(*std::move(key));
    // Wrapped anew, and the root key retired, between reading it and opening it: the row is new.
    const bool gone = key.error().reason == "key.root_retired";
    if (!gone || attempt == kWrapAttempts) return core::fail(std::move(key).error());
  }
}

core::Result<crypto::Key256> LogKeys::get_or_make(const core::CitizenId& citizen_id,
                                                  core::Instant now) {
  TRY(auto existing, find(citizen_id));
  if (existing) return std::move(*existing);
  for (int attempt = 0; attempt < kWrapAttempts; ++attempt) {
    TRY(const auto wrapped,
        root_.wrap(crypto::Key256::generate(rng_), core::as_bytes(key_place(citizen_id))));
    TRY(const auto parts, crypto::parse_wrapped(wrapped));
    TRY_VOID(keys_.write([&](store::UnitOfWork& unit) {
      return unit.run(kInsertKey,
                      {citizen_id, kCategory, wrapped, now, core::ByteView(parts.root_id)});
    }));
    // Another process may have made it first: the one that is stored counts.
    TRY(auto stored, find(citizen_id));
    if (stored) return std::move(*stored);
  }
  return core::fail(core::ErrorCode::kUnavailable, "key.root_retired",
                    "this server still wraps with a root key that is retired");
}

core::Bytes seal_entry(const crypto::Key256& key, const EntryPlace& place, const OpenedEntry& entry,
                       core::Rng& rng) {
  core::Bytes plain(entry.salt.begin(), entry.salt.end());
  const auto record = core::as_bytes(entry.record);
  plain.insert(plain.end(), record.begin(), record.end());
  return crypto::seal(key, core::as_bytes(place_text(place)), plain, rng);
}

core::Result<OpenedEntry> open_entry(const crypto::Key256& key, const EntryPlace& place,
                                     core::ByteView sealed) {
  TRY(const auto plain, crypto::open(key, core::as_bytes(place_text(place)), sealed));
  OpenedEntry entry;
  if (plain.size() < entry.salt.size()) {
    return core::fail(core::ErrorCode::kInternal, "crypto.open_failed");
  }
  std::copy_n(plain.begin(), entry.salt.size(), entry.salt.begin());
  entry.record = std::string(core::as_text(core::ByteView(plain).subspan(entry.salt.size())));
  return entry;
}

core::Result<int> seal_entries(store::Database& data, LogKeys& keys, core::Rng& rng,
                               core::Instant now, int citizens_max) {
  TRY(const auto owners, data.read([&](store::UnitOfWork& unit) {
    return unit.run(kListUnsealedOwners, {citizens_max});
  }));
  int count = 0;
  for (const auto& row : owners) {
    const auto citizen_id = row.id<core::CitizenId>(0);
    TRY(const auto key, keys.get_or_make(citizen_id, now));
    TRY(const int sealed, seal_one(data, citizen_id, key, rng));
    count += sealed;
  }
  return count;
}

}  // namespace audit
