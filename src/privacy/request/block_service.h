// BlockService: what is blocked of a person's data and why, for the person to see, to block by
// themselves and to lift; and how the officer's answer to a request carries a block out. Safe from
// any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "privacy/request/types.h"
#include "store/database.h"

namespace privacy {

/// A category that is kept and not used.
struct DataBlock {
  std::string category;
  std::string reason;  ///< "asked", "stop_demanded", "checked"
  core::Instant at;
  std::optional<RequestId> request_id;
};

/// Whatever else speaks for the person has to stop when their data are blocked: codes that are out
/// already. app/ plugs the wallet in.
class ProcessingStops {
 public:
  virtual ~ProcessingStops() = default;
  [[nodiscard]] virtual core::Status data_blocked(store::UnitOfWork& unit,
                                                  const core::CitizenId& citizen_id,
                                                  core::Instant now) = 0;
};

class BlockService {
 public:
  /// @param stops  told when somebody's data are blocked; may be null.
  BlockService(store::Database& data, core::Rng& rng, ProcessingStops* stops = nullptr)
      : data_(data), rng_(rng), stops_(stops) {}

  [[nodiscard]] core::Result<std::vector<DataBlock>> list(const core::CitizenId& citizen_id);
  /// The person stops the use of one category at once, without asking anybody. What is blocked
  /// already stays as it is. Errors: kInvalidInput "vault.not_blockable".
  [[nodiscard]] core::Status block(const core::CitizenId& citizen_id, std::string_view category,
                                   core::Instant now);
  /// The person wants their data used again.
  /// Errors: kNotFound "block.unknown"; kForbidden "block.not_yours" the operator blocked it, to
  ///         check whether the data are right.
  [[nodiscard]] core::Status lift(const core::CitizenId& citizen_id, std::string_view category,
                                  core::Instant now);

 private:
  store::Database& data_;
  core::Rng& rng_;
  ProcessingStops* stops_;
};

/// What an answered request does: blocking and stopping block everything that can be blocked;
/// other kinds do nothing here. @param actor  of the officer. @param stops  may be null.
[[nodiscard]] core::Status carry_out(store::UnitOfWork& unit, const SubjectRequest& request,
                                     std::string_view actor, core::Instant now, core::Rng& rng,
                                     ProcessingStops* stops);

}  // namespace privacy
