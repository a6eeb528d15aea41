#include "privacy/processing/retention_service.h"

#include "core/assert.h"

namespace privacy {
namespace {

/// The step's term in days; the check of the register made sure that there is one.
const RetentionTerm& term_of(const ProcessingRegister& processing, std::string_view category) {
  const auto* entry = find_named(processing.categories, category);
  CORE_ASSERT(entry != nullptr);
  const auto* term = find_named(processing.terms, entry->term);
  CORE_ASSERT(term != nullptr && term->days.has_value());
  return *term;
}

core::Instant cutoff_of(const RetentionLine& line, core::Instant now) {
  return now - std::chrono::hours(24) * line.days;
}

}  // namespace

core::Result<RetentionLine> RetentionService::look(RetentionStep& step, core::Instant now) {
  const auto& term = term_of(register_, step.category());
  RetentionLine line;
  line.table = step.table();
  line.category = step.category();
  line.term = term.name;
  line.days = *term.days;
  for (const auto* purpose : register_.purposes_of(line.category)) {
    line.purposes += (line.purposes.empty() ? "" : ", ") + purpose->name;
  }
  TRY(line.due,
      data_.read([&](store::UnitOfWork& unit) { return step.count(unit, cutoff_of(line, now)); }));
  return line;
}

core::Result<RetentionReport> RetentionService::foresee(core::Instant now) {
  RetentionReport report;
  for (auto* step : steps_) {
    TRY(auto line, look(*step, now));
    report.push_back(std::move(line));
  }
  return report;
}

core::Result<RetentionReport> RetentionService::run(core::Instant now) {
  RetentionReport report;
  for (auto* step : steps_) {
    TRY(auto line, look(*step, now));
    std::int64_t batch = line.due > 0 ? kBatchMax : 0;
    while (batch == kBatchMax && line.erased < kRunMax) {
      TRY(batch, data_.write([&](store::UnitOfWork& unit) {
        return step->erase(unit, cutoff_of(line, now), kBatchMax);
      }));
      line.erased += batch;
    }
    report.push_back(std::move(line));
  }
  return report;
}

}  // namespace privacy
