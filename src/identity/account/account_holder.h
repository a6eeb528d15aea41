// AccountHolder: what every room that holds something of a citizen answers to when the account is
// frozen and when it is erased. app/ plugs the rooms in; a test over the schema fails when a table
// of citizens has no holder. Called inside a write unit; implementations are safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "core/strong_id.h"
#include "store/unit_of_work.h"

namespace identity {

/// How many rows of a table; the table's name is the same in every installation.
struct RowCount {
  std::string table;
  std::int64_t rows = 0;
};
using RowCounts = std::vector<RowCount>;

/// The act of erasing, as the holders are told of it.
struct Erasure {
  core::CitizenId citizen_id;
  core::Bytes receipt_hash;    ///< the only name under which anything may be kept
  core::Instant confirmed_at;  ///< when the person withdrew everything
  core::Instant keep_until;    ///< for records of consents, by the law's term
};

/// What went and what stays.
struct ErasureCounts {
  RowCounts erased;
  RowCounts kept;
};

class AccountHolder {
 public:
  virtual ~AccountHolder() = default;

  /// Stops whatever acts or speaks for the person: codes, tokens, questions on their way. May be
  /// undone only by the person doing it again. Errors: the store's.
  [[nodiscard]] virtual core::Status freeze(store::UnitOfWork& unit,
                                            const core::CitizenId& citizen_id,
                                            core::Instant now) = 0;
  /// Removes every row, but for what the law keeps, which loses its citizen_id. Errors: the
  /// store's.
  [[nodiscard]] virtual core::Status erase(store::UnitOfWork& unit, const Erasure& erasure,
                                           ErasureCounts& counts) = 0;
};

using AccountHolders = std::vector<AccountHolder*>;

}  // namespace identity
