// The sequencer: gives what waits its place in the Merkle tree, in batches, and signs a checkpoint.
// Several processes may run one each: a lease keeps them from working twice, and the tree's size,
// compared in the transaction that moves it on, keeps them from ever disagreeing.
//
// Each step is a transaction of its own and may be the last before a crash:
//   integrate  entries, tiles and the new size are committed together, unsigned;
//   publish    signs the size and root that are committed, and no other; the note is kept beside
//              the keys before anybody can see it.
// Before the first step the tree is compared with what was kept (fork_guard.h); a tree that is not
// an extension of it is neither grown nor signed, and entries wait.
// So a size is signed only after it can no longer change, and a process that dies in between leaves
// a size without a checkpoint, which the next one signs.
#pragma once

#include <string>

#include "audit/kept_checkpoints.h"
#include "audit/log_keys.h"
#include "audit/log_signer.h"
#include "audit/tree_edge.h"
#include "store/database.h"

namespace audit {

struct SequencerPolicy {
  int batch_max = 4096;
  /// Entries younger than this wait for the next round: transactions that began before them may
  /// still be on their way with older ids.
  core::Duration settle = std::chrono::milliseconds(200);
  core::Duration lease = std::chrono::seconds(10);
  std::uint64_t checkpoints_kept = 100'000;  ///< sizes back from the newest
};

/// All must outlive it.
struct SequencerPorts {
  store::Database& data;
  LogKeys& keys;
  LogSigner& signer;
  core::Rng& rng;
  KeptCheckpoints* kept = nullptr;  ///< nullptr keeps nothing
};

class Sequencer {
 public:
  explicit Sequencer(SequencerPorts ports, SequencerPolicy policy = {});

  /// Everything due at `now`: lease, integrate until nothing is left, publish, seal.
  /// @return leaves added; 0 also when another process has the lease.
  /// Errors: the store's and the signer's; kInternal "log.state_damaged", "tile.missing" the tree's
  ///         own rows do not fit together: nothing is signed any more, and what is committed stays;
  ///         those of check_kept.
  [[nodiscard]] core::Result<int> run_once(core::Instant now);

  /// Whether the database still holds what was signed. Errors: those of check_against_kept.
  [[nodiscard]] core::Status check_kept(core::Instant now);

  /// The steps alone, as run_once calls them.
  [[nodiscard]] core::Result<bool> take_lease(core::Instant now);
  /// @return leaves added by one batch; 0 = nothing waits.
  /// Errors: kConflict "log.raced" another entry came in between, or the lease was lost: try again.
  [[nodiscard]] core::Result<int> integrate(core::Instant now);
  /// Signs what is committed, if it has no checkpoint yet.
  [[nodiscard]] core::Status publish(core::Instant now);

 private:
  [[nodiscard]] core::Result<bool> has_work();

  SequencerPorts ports_;
  SequencerPolicy policy_;
  core::Bytes owner_;
};

}  // namespace audit
