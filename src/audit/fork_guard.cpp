#include "audit/fork_guard.h"

#include "audit/checkpoint.h"
#include "audit/log_store.h"
#include "audit/tile.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kOwnNewest = "the database's newest checkpoint";

core::Status unreadable(const NamedNote& note, const core::Error& error) {
  return fail(ErrorCode::kUnavailable, "log.kept_unreadable", note.name + ": " + error.reason);
}

core::Status compare(TileTree& tree, const TreeHead& held, const TreeHead& kept,
                     const std::string& name) {
  if (kept.size > held.size) {
    return fail(ErrorCode::kUnavailable, "log.shorter_than_signed",
                name + " is of " + std::to_string(kept.size) + " entries, the database holds " +
                    std::to_string(held.size));
  }
  TRY(const auto root, tree.root_at(kept.size));
  if (root == kept.root) return {};
  return fail(ErrorCode::kUnavailable, "log.differs_from_signed",
              "the database's first " + std::to_string(kept.size) + " entries are others than " +
                  name + " is of");
}

/// The head a note states, if it is of this log and by one of its keys; empty for another log's.
core::Result<std::optional<TreeHead>> open_kept(const NamedNote& kept, const std::string& origin,
                                                const std::vector<NoteVerifier>& keys) {
  const auto note = SignedNote::parse(kept.note);
  if (!note) return fail(unreadable(kept, note.error()).error());
  const auto stated = Checkpoint::parse(note->text);
  if (!stated) return fail(unreadable(kept, stated.error()).error());
  if (stated->origin != origin) return std::optional<TreeHead>();
  const auto opened = open_checkpoint(kept.note, keys);
  if (opened) return std::optional(opened->checkpoint.head);
  if (opened.error().reason != "checkpoint.unsigned") {
    return fail(unreadable(kept, opened.error()).error());
  }
  return fail(ErrorCode::kUnavailable, "log.key_missing", kept.name);
}

}  // namespace

core::Status check_against_kept(store::UnitOfWork& unit, const std::vector<NamedNote>& kept,
                                LogSigner& signer, core::Instant now) {
  auto notes = kept;
  TRY(const auto newest, sql::newest_checkpoint(unit));
  if (newest) notes.push_back({std::string(kOwnNewest), newest->note});
  if (notes.empty()) return {};
  TRY(const auto held, sql::get_state(unit));
  sql::StoredTiles tiles(unit);
  TileTree tree(tiles, held.size);
  const auto keys = signer.published(now);
  for (const auto& note : notes) {
    TRY(const auto head, open_kept(note, signer.origin(), keys));
    if (head) {
      TRY_VOID(compare(tree, held, *head, note.name));
    }
  }
  return {};
}

}  // namespace audit
