// ErasureService: erases accounts whose term to change one's mind has passed. First every key goes,
// so that nothing of the person opens any more, in backups neither; then the rows of every room in
// one transaction, together with the proof of it. May run in several processes. Safe from any
// thread.
#pragma once

#include "core/result.h"
#include "core/rng.h"
#include "identity/account/account_holder.h"
#include "identity/account/deletion_service.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

namespace sql {
struct DeletionRow;
}

struct ErasurePorts {
  store::Database& data;
  store::Database& keys;
  vault::Vault& vault;
  core::Rng& rng;
};

class ErasureService {
 public:
  /// Accounts erased by one call of run; the next call goes on.
  static constexpr int kBatchMax = 20;
  /// After it, another worker takes over from one that died.
  static constexpr core::Duration kLease = std::chrono::minutes(5);

  /// @param holders  every room that holds something.
  ErasureService(ErasurePorts ports, AccountHolders holders, KeptRecord kept)
      : ports_(ports), holders_(std::move(holders)), kept_(std::move(kept)) {}

  /// @return how many accounts were erased. Errors: the store's and the holders'; what is left is
  /// done by a later call.
  [[nodiscard]] core::Result<int> run(core::Instant now);

 private:
  [[nodiscard]] core::Status erase(const sql::DeletionRow& row, core::Instant now);

  ErasurePorts ports_;
  AccountHolders holders_;
  KeptRecord kept_;
};

}  // namespace identity
