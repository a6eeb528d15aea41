// Blocking: data that are kept and not used. Nobody but the owner opens them and nothing is stored
// among them, except that the owner is still told what happens and still answered. Functions over
// an open unit of work; safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "store/unit_of_work.h"
#include "vault/types.h"

namespace vault {

/// What can be blocked. What lets the owner in, and what they write to the operator about their
/// data, cannot: they could neither see nor lift the block.
inline constexpr std::array kBlockable = {Category::kProfile, Category::kDocuments};

/// Why data are blocked.
enum class BlockReason {
  kAsked,         ///< the owner asked for it
  kStopDemanded,  ///< the owner demanded that processing stops
  kChecked,       ///< it is being checked whether the data are right
};
[[nodiscard]] std::string_view name_of(BlockReason reason);

struct NewBlock {
  core::CitizenId citizen_id;
  Category category = Category::kProfile;
  BlockReason reason = BlockReason::kAsked;
  std::string_view actor;  ///< who does it: "officer:018f...", "citizen"
  core::Bytes request_id;  ///< the request it answers; empty = none
};
/// Blocks a category; one that is blocked already stays as it is. The owner's history and the
/// transparency log tell of it.
/// Errors: kInvalidInput "vault.not_blockable"; those of store::UnitOfWork::run.
[[nodiscard]] core::Status block(store::UnitOfWork& unit, const NewBlock& wanted, core::Instant now,
                                 core::Rng& rng);

/// Lifts it. False when there is none. Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Result<bool> unblock(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                         std::string_view category, core::Instant now,
                                         core::Rng& rng);

/// A block as it stands.
struct Block {
  std::string category;
  std::string reason;
  std::string actor;
  core::Bytes request_id;
  core::Instant at;
};
/// Errors: those of store::UnitOfWork::run.
[[nodiscard]] core::Result<std::vector<Block>> list_blocks(store::UnitOfWork& unit,
                                                           const core::CitizenId& citizen_id);
[[nodiscard]] core::Result<bool> is_blocked(store::UnitOfWork& unit,
                                            const core::CitizenId& citizen_id, Category category);

}  // namespace vault
