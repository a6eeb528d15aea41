#include "audit/log_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace audit {
namespace {

constexpr std::size_t kNamedMax = 10;  // of many damaged entries, the first

std::string entries_text(std::uint64_t first, std::uint64_t last) {
  return first == last ? fmt::format("entry {}", first) : fmt::format("entries {}-{}", first, last);
}

/// Tiles of a source, with what is wrong about each told once.
class SourceTiles final : public TileReader {
 public:
  SourceTiles(LogSource& source, std::uint64_t size, CheckReport& report)
      : source_(source), size_(size), report_(report) {}

  [[nodiscard]] core::Result<std::span<const Hash>> read(const TileId& tile) override {
    const auto width = width_of(tile.level, tile.index);
    const TileId whole{tile.level, tile.index, width};
    if (const auto replaced = replaced_.find(whole); replaced != replaced_.end()) {
      return std::span<const Hash>(replaced->second);
    }
    if (!loaded_ || *loaded_ != whole) {
      hashes_ = load(whole);
      loaded_ = whole;
    }
    if (hashes_.size() < tile.width) {
      return core::fail(core::ErrorCode::kNotFound, "source.missing", tile_path(whole));
    }
    return std::span<const Hash>(hashes_);
  }

  /// From now on this tile is taken to hold these hashes.
  void replace(const TileId& tile, std::vector<Hash> hashes) {
    replaced_[tile] = std::move(hashes);
  }

  [[nodiscard]] std::size_t width_of(int level, std::uint64_t index) const {
    const auto all = hashes_at(level, size_);
    return index < all / kTileWidth ? kTileWidth : static_cast<std::size_t>(all % kTileWidth);
  }

  [[nodiscard]] std::string spanned(int level, std::uint64_t index) const {
    const auto shift = kTileHeight * (static_cast<unsigned>(std::max(level, 0)) + 1);
    const auto first = index << shift;
    return entries_text(first, std::min(size_, (index + 1) << shift) - 1);
  }

 private:
  std::vector<Hash> load(const TileId& tile) {
    const auto path = tile_path(tile);
    const std::size_t each = tile.level == kEntriesLevel ? sizeof(Hash) + 2 : sizeof(Hash);
    auto bytes = source_.read(path);
    // A mirror may have only the full tile where a partial one was.
    if (!bytes && tile.width < kTileWidth) {
      bytes = source_.read(tile_path({tile.level, tile.index, kTileWidth}));
    }
    if (!bytes) {
      const bool silent = bytes.error().code == core::ErrorCode::kUnavailable;
      tell(silent ? report_.unchecked : report_.damage, path,
           fmt::format("{} is missing ({}): {} cannot be checked", path,
                       bytes.error().detail.empty() ? bytes.error().reason : bytes.error().detail,
                       spanned(tile.level, tile.index)));
      return {};
    }
    if (bytes->size() < tile.width * each || bytes->size() % each != 0) {
      tell(path,
           fmt::format("{} holds {} bytes instead of {}: something was cut off or left out in "
                       "{}",
                       path, bytes->size(), tile.width * each, spanned(tile.level, tile.index)));
      return {};
    }
    return split(path, *bytes, tile);
  }

  std::vector<Hash> split(const std::string& path, const core::Bytes& bytes, const TileId& tile) {
    const std::size_t prefix = tile.level == kEntriesLevel ? 2 : 0;
    std::vector<Hash> hashes(tile.width);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      const auto* at = bytes.data() + i * (sizeof(Hash) + prefix);
      if (prefix != 0 && (at[0] != 0 || at[1] != sizeof(Hash))) {
        tell(path, fmt::format("{}: the length before entry {} is not 32: the bundle was altered",
                               path, tile.index * kTileWidth + i));
        return {};
      }
      std::memcpy(hashes[i].data(), at + prefix, sizeof(Hash));
    }
    return hashes;
  }

  void tell(const std::string& path, std::string what) {
    tell(report_.damage, path, std::move(what));
  }
  void tell(std::vector<std::string>& list, const std::string& path, std::string what) {
    if (std::find(told_.begin(), told_.end(), path) != told_.end()) return;
    told_.push_back(path);
    list.push_back(std::move(what));
  }

  LogSource& source_;
  std::uint64_t size_;
  CheckReport& report_;
  std::map<TileId, std::vector<Hash>> replaced_;
  std::optional<TileId> loaded_;
  std::vector<Hash> hashes_;
  std::vector<std::string> told_;
};

class LogCheck {
 public:
  LogCheck(LogSource& source, const TreeHead& head, CheckReport& report)
      : head_(head), report_(report), tiles_(source, head.size, report) {}

  void run() {
    for (std::uint64_t i = 0; i * kTileWidth < head_.size; ++i) check_leaves(i);
    for (int level = 1; level <= kTileLevelMax && hashes_at(level, head_.size) > 0; ++level) {
      for (std::uint64_t i = 0; i * kTileWidth < hashes_at(level, head_.size); ++i) {
        if (tiles_.width_of(level, i) == kTileWidth) check_above(level, i);
      }
    }
    check_root();
  }

  /// The root of an earlier size, if the tiles have it.
  core::Result<Hash> root_at(std::uint64_t size) {
    return TileTree(tiles_, head_.size).root_at(size);
  }

 private:
  std::vector<Hash> copy(const TileId& tile) {
    const auto hashes = tiles_.read(tile);
    return hashes ? std::vector<Hash>(hashes->begin(),
                                      hashes->begin() + static_cast<std::ptrdiff_t>(tile.width))
                  : std::vector<Hash>();
  }

  /// What the level above says the root of a full tile is.
  std::optional<Hash> parent_of(int level, std::uint64_t index) {
    const TileId above{level + 1, index / kTileWidth,
                       static_cast<std::size_t>(index % kTileWidth) + 1};
    const auto hashes = tiles_.read(above);
    if (!hashes) return {};
    return (*hashes)[above.width - 1];
  }

  void check_leaves(std::uint64_t index) {
    const auto width = tiles_.width_of(0, index);
    const auto tile = copy({0, index, width});
    auto from_entries = copy({kEntriesLevel, index, width});
    for (auto& entry : from_entries) entry = leaf_hash(entry);
    if (tile.empty() || from_entries.empty()) return;
    if (tile == from_entries) {
      if (width == kTileWidth) check_above(0, index);
      return;
    }
    tell_leaves(index, tile, from_entries);
  }

  void tell_leaves(std::uint64_t index, const std::vector<Hash>& tile,
                   const std::vector<Hash>& from_entries) {
    std::string which;
    std::size_t count = 0;
    for (std::size_t i = 0; i < tile.size(); ++i) {
      if (tile[i] == from_entries[i] || ++count > kNamedMax) continue;
      which += fmt::format("{}{}", which.empty() ? "" : ", ", index * kTileWidth + i);
    }
    if (count > kNamedMax) which += fmt::format(" and {} more", count - kNamedMax);
    const TileId leaves{0, index, tile.size()};
    const TileId bundle{kEntriesLevel, index, tile.size()};
    const auto tell = [&](std::string_view who) {
      report_.damage.push_back(fmt::format("entry {}: {} and {} do not fit together: {}", which,
                                           tile_path(bundle), tile_path(leaves), who));
    };
    if (fits(leaves, tile)) return tell("the tree holds, the bundle of entries was altered");
    if (fits(leaves, from_entries)) {
      tell("the entries hold, the tile of hashes was altered");
      return tiles_.replace(leaves, from_entries);
    }
    tell("both were altered, or the tree above them");
  }

  /// Whether a level-0 tile with these hashes leads to what stands above it.
  bool fits(const TileId& leaves, const std::vector<Hash>& hashes) {
    if (leaves.width == kTileWidth) {
      const auto parent = parent_of(0, leaves.index);
      return parent && perfect_root(hashes) == *parent;
    }
    SourceTiles trial = tiles_;
    trial.replace(leaves, hashes);
    const auto root = TileTree(trial, head_.size).root();
    return root && *root == head_.root;
  }

  void check_above(int level, std::uint64_t index) {
    const auto tile = copy({level, index, kTileWidth});
    if (tile.empty()) return;
    const auto parent = parent_of(level, index);
    if (!parent || perfect_root(tile) == *parent) return;
    const TileId above{level + 1, index / kTileWidth,
                       tiles_.width_of(level + 1, index / kTileWidth)};
    report_.damage.push_back(fmt::format(
        "{} does not have the root that {} states: one of the two was altered, and {} cannot be "
        "relied upon",
        tile_path({level, index, kTileWidth}), tile_path(above), tiles_.spanned(level, index)));
  }

  void check_root() {
    const auto root = TileTree(tiles_, head_.size).root();
    if (!root) return;  // what is missing has been told
    if (*root == head_.root) {
      report_.holds.push_back(
          fmt::format("the tiles lead to the root of the checkpoint: {} entries", head_.size));
      return;
    }
    report_.damage.push_back(
        report_.damage.empty()
            ? "entries and tiles fit together, but not to the root of the checkpoint: an entry was "
              "left out, added or exchanged together with the hashes above it, or the checkpoint "
              "is "
              "of another tree"
            : "the tiles do not lead to the root of the checkpoint");
  }

  TreeHead head_;
  CheckReport& report_;
  SourceTiles tiles_;
};

void check_earlier(LogCheck& check, const VerifiedCheckpoint& newest, const NamedNote& named,
                   const std::vector<NoteVerifier>& keys, CheckReport& report) {
  const auto opened = open_checkpoint(named.note, keys);
  if (!opened) {
    report.damage.push_back(fmt::format("{}: not a checkpoint signed by a key of the log ({})",
                                        named.name, opened.error().reason));
    return;
  }
  const auto& old = opened->checkpoint;
  if (old.origin != newest.checkpoint.origin) {
    report.damage.push_back(fmt::format("{}: of another log, {}", named.name, old.origin));
    return;
  }
  if (old.head.size > newest.checkpoint.head.size) {
    report.damage.push_back(
        fmt::format("{}: the log had {} entries then and has {} now. A log must never shrink: keep "
                    "both checkpoints",
                    named.name, old.head.size, newest.checkpoint.head.size));
    return;
  }
  const auto root = check.root_at(old.head.size);
  if (!root) {
    report.damage.push_back(fmt::format("{}: cannot be compared, because tiles are missing ({})",
                                        named.name, root.error().detail));
  } else if (*root == old.head.root) {
    report.holds.push_back(
        fmt::format("{}: its {} entries are all there, unchanged", named.name, old.head.size));
  } else {
    report.damage.push_back(fmt::format(
        "{}: FORK. The log signed another tree of {} entries then than the one it shows "
        "now. Keep both checkpoints: they prove it",
        named.name, old.head.size));
  }
}

std::string who_signed(const VerifiedCheckpoint& opened) {
  std::string text = fmt::format("the checkpoint of {} entries is signed by {}",
                                 opened.checkpoint.head.size, opened.checkpoint.origin);
  for (const auto& witness : opened.witnesses) text += ", seen by " + witness.name();
  return text;
}

}  // namespace

CheckReport check_log(LogSource& source, const std::vector<NoteVerifier>& keys,
                      const std::vector<NamedNote>& earlier) {
  CheckReport report;
  const auto note = source.read("checkpoint");
  if (!note) {
    const bool silent = note.error().code == core::ErrorCode::kUnavailable;
    report.unchecked.push_back((silent ? "the log could not be reached: "
                                       : "there is no log here, it would begin with a "
                                         "checkpoint: ") +
                               note.error().detail);
    return report;
  }
  const auto opened = open_checkpoint(core::as_text(*note), keys);
  if (!opened) {
    report.damage.push_back(
        fmt::format("the checkpoint does not hold ({} {}): it was altered, or signed by another "
                    "key; entries and "
                    "tiles were not looked at",
                    opened.error().reason, opened.error().detail));
    return report;
  }
  report.holds.push_back(who_signed(*opened));
  LogCheck check(source, opened->checkpoint.head, report);
  check.run();
  for (const auto& one : earlier) check_earlier(check, *opened, one, keys, report);
  return report;
}

CheckReport check_notes(const std::vector<NamedNote>& notes,
                        const std::vector<NoteVerifier>& keys) {
  CheckReport report;
  std::map<std::pair<std::string, std::uint64_t>, std::pair<std::string, Hash>> seen;
  for (const auto& one : notes) {
    const auto opened = open_checkpoint(one.note, keys);
    if (!opened) {
      report.damage.push_back(fmt::format("{}: not a checkpoint signed by a key of the log ({})",
                                          one.name, opened.error().reason));
      continue;
    }
    const auto& [origin, head] = opened->checkpoint;
    report.holds.push_back(one.name + ": " + who_signed(*opened));
    const auto [at, is_new] =
        seen.emplace(std::pair(origin, head.size), std::pair(one.name, head.root));
    if (!is_new && at->second.second != head.root) {
      report.damage.push_back(
          fmt::format("FORK: {} and {} are signed checkpoints of {} entries with two different "
                      "roots. Keep both: "
                      "they prove that the log showed two trees",
                      at->second.first, one.name, head.size));
    }
  }
  return report;
}

}  // namespace audit
