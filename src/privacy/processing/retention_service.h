// RetentionService: what is past the term that the register of processing gives it is erased, and a
// report says how many rows of which table. Each table that is erased by a term has a step of its
// own; the term stands in the register and in the jurisdiction, never here. May run in several
// processes at once; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "privacy/processing/types.h"
#include "store/database.h"

namespace privacy {

/// One table with rows that end by a term.
class RetentionStep {
 public:
  virtual ~RetentionStep() = default;
  [[nodiscard]] virtual std::string_view table() const = 0;
  /// Whose term applies.
  [[nodiscard]] virtual std::string_view category() const = 0;
  /// Rows whose term ended before `cutoff`. Errors: the store's.
  [[nodiscard]] virtual core::Result<std::int64_t> count(store::UnitOfWork& unit,
                                                         core::Instant cutoff) = 0;
  /// Erases at most rows_max of them, with all that hangs on them. @return rows of the table.
  /// Errors: the store's.
  [[nodiscard]] virtual core::Result<std::int64_t> erase(store::UnitOfWork& unit,
                                                         core::Instant cutoff, int rows_max) = 0;
};

/// What is, or was, due of one table. Nothing in it is about a person.
struct RetentionLine {
  std::string table;
  std::string category;
  std::string term;
  int days = 0;
  std::string purposes;  ///< names of the purposes that use the category, joined by ", "
  std::int64_t due = 0;
  std::int64_t erased = 0;
};
using RetentionReport = std::vector<RetentionLine>;

class RetentionService {
 public:
  /// Rows erased in one transaction, and in one run of one step.
  static constexpr int kBatchMax = 200;
  static constexpr int kRunMax = 20'000;

  /// @param steps  must outlive it, as everything else.
  RetentionService(store::Database& data, const ProcessingRegister& processing,
                   std::vector<RetentionStep*> steps)
      : data_(data), register_(processing), steps_(std::move(steps)) {}

  /// What a run would erase. Errors: the store's.
  [[nodiscard]] core::Result<RetentionReport> foresee(core::Instant now);
  /// Erases it. Errors: the store's; what was erased before stays erased, nothing is half erased.
  [[nodiscard]] core::Result<RetentionReport> run(core::Instant now);

 private:
  [[nodiscard]] core::Result<RetentionLine> look(RetentionStep& step, core::Instant now);

  store::Database& data_;
  const ProcessingRegister& register_;
  std::vector<RetentionStep*> steps_;
};

}  // namespace privacy
