// History: the operation log as its owner reads it, a page at a time.
// Safe from any thread.
#pragma once

#include <optional>
#include <vector>

#include "audit/operation_log.h"
#include "core/result.h"
#include "store/database.h"

namespace audit {

class History {
 public:
  static constexpr int kPageMax = 100;

  explicit History(store::Database& data) : data_(data) {}

  /// One page, newest first. @param rows_max  1..kPageMax. Errors: the store's.
  [[nodiscard]] core::Result<std::vector<Operation>> page(const core::CitizenId& citizen_id,
                                                          const std::optional<OperationId>& before,
                                                          int rows_max) {
    return data_.read([&](store::UnitOfWork& unit) {
      return list_operations(unit, citizen_id, before, rows_max);
    });
  }

 private:
  store::Database& data_;
};

}  // namespace audit
