#include "audit/sequencer.h"

#include <algorithm>

#include "audit/checkpoint.h"
#include "audit/fork_guard.h"
#include "audit/log_store.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kOwnerBytes = 16;
constexpr int kTriesMax = 8;
constexpr int kSealedCitizensMax = 1000;

/// The largest id that can have been made at this moment.
EntryId last_id_of(core::Instant at) {
  core::UuidBytes bytes;
  bytes.fill(0xff);
  auto millis = static_cast<std::uint64_t>(std::max<std::int64_t>(at.micros() / 1000, 0));
  for (std::size_t i = 6; i-- > 0; millis >>= 8U) bytes[i] = static_cast<std::uint8_t>(millis);
  return EntryId(bytes);
}

struct Batch {
  std::vector<sql::Waiting> waiting;
  TreeHead before;
  TreeEdge edge;
  TreeEdge::Changed entries;  ///< the last, partial bundle of entries
};

core::Result<Batch> read_batch(store::UnitOfWork& unit, const EntryId& upto, int rows_max) {
  Batch batch;
  TRY(batch.waiting, sql::list_waiting(unit, upto, rows_max));
  if (batch.waiting.empty()) return batch;
  TRY(batch.before, sql::get_state(unit));
  sql::StoredTiles tiles(unit);
  TRY(batch.edge, TreeEdge::open(tiles, batch.before.size));
  // Tiles that do not lead to the root that was committed must not be built upon.
  if (batch.edge.root() != batch.before.root) {
    return fail(ErrorCode::kInternal, "log.state_damaged",
                "the tiles do not have the root of size " + std::to_string(batch.before.size));
  }
  batch.entries.index = batch.before.size / kTileWidth;
  if (const auto width = partial_width(kEntriesLevel, batch.before.size); width > 0) {
    TRY(const auto read, tiles.read({kEntriesLevel, batch.entries.index, width}));
    batch.entries.hashes.assign(read.begin(), read.begin() + static_cast<std::ptrdiff_t>(width));
  }
  return batch;
}

/// The entries themselves, bundle by bundle.
std::vector<TreeEdge::Changed> bundles_of(Batch& batch) {
  std::vector<TreeEdge::Changed> bundles{std::move(batch.entries)};
  for (const auto& one : batch.waiting) {
    if (bundles.back().hashes.size() == kTileWidth) {
      bundles.push_back({kEntriesLevel, bundles.back().index + 1, {}});
    }
    bundles.back().hashes.push_back(one.commitment);
  }
  for (auto& bundle : bundles) bundle.level = kEntriesLevel;
  return bundles;
}

struct Written {
  int level;
  std::uint64_t index;
  core::Bytes hashes;
};

std::vector<Written> grow(Batch& batch) {
  for (const auto& one : batch.waiting) batch.edge.append(leaf_hash(one.commitment));
  auto changes = batch.edge.take_changes();
  for (auto& bundle : bundles_of(batch)) changes.push_back(std::move(bundle));
  std::vector<Written> written;
  for (const auto& change : changes) {
    written.push_back({change.level, change.index, sql::join_hashes(change.hashes)});
  }
  return written;
}

struct State {
  TreeHead head;
  bool has_checkpoint = false;
  bool was_renamed = false;
};

core::Result<State> read_state(store::UnitOfWork& unit, const std::string& origin) {
  State state;
  TRY(state.head, sql::get_state(unit));
  TRY(const auto newest, sql::newest_checkpoint(unit));
  if (!newest) return state;
  state.was_renamed = !newest->note.starts_with(origin + "\n");
  state.has_checkpoint = !state.was_renamed && newest->head.size == state.head.size;
  return state;
}

auto raced() { return fail(ErrorCode::kConflict, "log.raced"); }

}  // namespace

Sequencer::Sequencer(SequencerPorts ports, SequencerPolicy policy)
    : ports_(ports), policy_(policy), owner_(core::random_bytes(ports.rng, kOwnerBytes)) {}

core::Result<bool> Sequencer::take_lease(core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Result<bool> {
    TRY_VOID(sql::make_state(unit));
    return sql::take_lease(unit, owner_, now, now + policy_.lease);
  });
}

core::Result<int> Sequencer::integrate(core::Instant now) {
  const auto upto = last_id_of(now - policy_.settle);
  TRY(auto batch, ports_.data.read([&](store::UnitOfWork& unit) {
    return read_batch(unit, upto, policy_.batch_max);
  }));
  if (batch.waiting.empty()) return 0;
  const auto written = grow(batch);
  const TreeHead after{batch.edge.size(), batch.edge.root()};
  const auto count = static_cast<std::int64_t>(batch.waiting.size());
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const bool moved, sql::advance(unit, owner_, batch.before.size, after));
    if (!moved) return raced();
    TRY(const auto placed, sql::place_entries(unit, batch.waiting.front().id,
                                              batch.waiting.back().id, batch.before.size));
    if (placed != count) return raced();
    for (const auto& tile : written) {
      TRY_VOID(sql::put_tile(unit, tile.level, tile.index, tile.hashes));
    }
    return {};
  }));
  return static_cast<int>(count);
}

core::Status Sequencer::check_kept(core::Instant now) {
  if (ports_.kept == nullptr) return {};
  TRY(const auto notes, ports_.kept->notes());
  return ports_.data.read([&](store::UnitOfWork& unit) -> core::Status {
    return check_against_kept(unit, notes, ports_.signer, now);
  });
}

core::Status Sequencer::publish(core::Instant now) {
  TRY(const auto state, ports_.data.read([&](store::UnitOfWork& unit) {
    return read_state(unit, ports_.signer.origin());
  }));
  if (state.has_checkpoint) return {};
  SignedNote note{.text = Checkpoint{ports_.signer.origin(), state.head}.to_text(),
                  .signatures = {}};
  TRY(note.signatures, ports_.signer.sign(note.text, now));
  const sql::StoredCheckpoint made{state.head, note.to_string()};
  if (ports_.kept != nullptr) {
    TRY_VOID(ports_.kept->remember(made.note));
  }
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    // Those of a log of another name, which this one follows.
    if (state.was_renamed) {
      TRY_VOID(sql::forget_checkpoints(unit));
    }
    TRY_VOID(sql::put_checkpoint(unit, made, now));
    if (made.head.size <= policy_.checkpoints_kept) return {};
    return sql::trim_checkpoints(unit, made.head.size - policy_.checkpoints_kept);
  });
}

core::Result<bool> Sequencer::has_work() {
  return ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<bool> {
    TRY(const bool waiting, sql::is_waiting(unit));
    if (waiting) return true;
    TRY(const auto state, read_state(unit, ports_.signer.origin()));
    return !state.has_checkpoint;
  });
}

core::Result<int> Sequencer::run_once(core::Instant now) {
  // An idle log must not cost a write a second.
  TRY(const bool work, has_work());
  bool ours = false;
  if (work) {
    TRY_VOID(check_kept(now));
    TRY(ours, take_lease(now));
  }
  int added = 0;
  if (ours) {
    int races = 0;
    for (;;) {
      const auto more = integrate(now);
      if (!more && more.error().reason == "log.raced" && ++races < kTriesMax) continue;
      if (!more && more.error().reason != "log.raced") return fail(more.error());
      if (!more || *more == 0) break;
      added += *more;
    }
    TRY_VOID(publish(now));
  }
  TRY_VOID(seal_entries(ports_.data, ports_.keys, ports_.rng, now, kSealedCitizensMax));
  return added;
}

}  // namespace audit
