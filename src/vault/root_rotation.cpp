#include "vault/root_rotation.h"

#include <algorithm>
#include <string>

#include "core/strong_id.h"

namespace vault {
namespace {

constexpr store::Query kNextRoot{
    "data_key.next_root",
    "SELECT substr(wrapped, 2, 8) FROM data_key WHERE substr(wrapped, 2, 8) > $1"
    " ORDER BY substr(wrapped, 2, 8) LIMIT 1"};
constexpr store::Query kCountWrapped{
    "data_key.count_wrapped",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM data_key WHERE substr(wrapped, 2, 8) = $1"};
constexpr store::Query kFindWrapped{
    "data_key.find_wrapped",
    "SELECT citizen_id, category, wrapped FROM data_key WHERE substr(wrapped, 2, 8) = $1 LIMIT $2"};
constexpr store::Query kRewrap{
    "data_key.rewrap",
    "UPDATE data_key SET wrapped = $4 WHERE citizen_id = $1 AND category = $2 AND wrapped = $3"};
constexpr store::Query kRetire{
    "retired_root_key.insert",
    "INSERT INTO retired_root_key (root_key_id, retired_at_utc) VALUES ($1, $2)"
    " ON CONFLICT (root_key_id) DO NOTHING"};
constexpr store::Query kIsRetired{"retired_root_key.find",
                                  "SELECT retired_at_utc FROM retired_root_key WHERE root_key_id ="
                                  " $1"};

/// One key on its way from one root key to another.
struct Move {
  core::CitizenId citizen_id;
  std::string category;
  core::Bytes before;
  core::Bytes after;
};

/// As the vault and the log name the place of a wrapped key.
std::string place_of(const Move& move) {
  std::string place = "data_key|wrapped|";
  return place.append(core::as_text(move.citizen_id.bytes())).append("|").append(move.category);
}

core::Result<std::vector<Move>> find_moves(store::Database& keys, const crypto::KeyId& from,
                                           int rows_max) {
  TRY(const auto rows, keys.read([&](store::UnitOfWork& unit) {
    return unit.run(kFindWrapped, {core::ByteView(from), rows_max});
  }));
  std::vector<Move> moves;
  moves.reserve(rows.size());
  for (const auto& row : rows) {
    moves.push_back(
        {row.id<core::CitizenId>(0), std::string(row.text(1)), core::to_bytes(row.blob(2)), {}});
  }
  return moves;
}

}  // namespace

core::Result<std::vector<crypto::KeyId>> list_root_keys(store::Database& keys) {
  std::vector<crypto::KeyId> found;
  core::Bytes after;
  for (;;) {
    TRY(const auto rows,
        keys.read([&](store::UnitOfWork& unit) { return unit.run(kNextRoot, {after}); }));
    if (rows.empty()) return found;
    after = core::to_bytes(rows.front().blob(0));
    crypto::KeyId id{};
    if (after.size() != id.size()) {
      return core::fail(core::ErrorCode::kInternal, "key.wrap_malformed");
    }
    std::copy(after.begin(), after.end(), id.begin());
    found.push_back(id);
  }
}

core::Result<std::int64_t> count_wrapped(store::Database& keys, const crypto::KeyId& root_id) {
  TRY(const auto rows, keys.read([&](store::UnitOfWork& unit) {
    return unit.run(kCountWrapped, {core::ByteView(root_id)});
  }));
  return rows.front().int64(0);
}

core::Result<Rewrapped> rewrap_some(store::Database& keys, crypto::KeyProvider& root,
                                    const crypto::KeyId& from, int rows_max) {
  TRY(auto moves, find_moves(keys, from, rows_max));
  for (auto& move : moves) {
    const auto place = place_of(move);
    TRY(const auto key, root.unwrap(move.before, core::as_bytes(place)));
    TRY(move.after, root.wrap(key, core::as_bytes(place)));
  }
  Rewrapped done{.found = static_cast<int>(moves.size())};
  TRY(done.wrapped, keys.write([&](store::UnitOfWork& unit) -> core::Result<int> {
    std::int64_t changed = 0;
    for (const auto& move : moves) {
      TRY(const auto rows,
          unit.run(kRewrap, {move.citizen_id, move.category, move.before, move.after}));
      changed += rows.affected();
    }
    return static_cast<int>(changed);
  }));
  return done;
}

core::Status retire_root_key(store::Database& keys, const crypto::KeyId& root_id,
                             core::Instant now) {
  return keys.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto rows, unit.run(kFindWrapped, {core::ByteView(root_id), 1}));
    if (!rows.empty()) return core::fail(core::ErrorCode::kConflict, "key.root_in_use");
    TRY_VOID(unit.run(kRetire, {core::ByteView(root_id), now}));
    return {};
  });
}

core::Result<bool> is_root_key_retired(store::Database& keys, const crypto::KeyId& root_id) {
  TRY(const auto rows, keys.read([&](store::UnitOfWork& unit) {
    return unit.run(kIsRetired, {core::ByteView(root_id)});
  }));
  return !rows.empty();
}

}  // namespace vault
