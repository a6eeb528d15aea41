#include "identity/account/inactivity_service.h"

#include <algorithm>

#include "audit/operation_log.h"
#include "identity/authenticator/account_notice.h"

namespace identity {
namespace {

/// Accounts looked at by one step of a walk over all of them.
constexpr int kPageMax = 500;

struct Page {
  std::vector<sql::Seen> silent;  ///< not seen since the moment of warning
  bool last = false;
};

core::Result<Page> next_page(store::Database& data, const InactivityPolicy& policy,
                             CitizenId& cursor, core::Instant now) {
  const auto silent_since = now - (policy.after - policy.first_warning);
  TRY(const auto seen, data.read([&](store::UnitOfWork& unit) {
    return sql::list_seen(unit, cursor, silent_since, kPageMax);
  }));
  Page page;
  page.last = seen.size() < kPageMax;
  if (!seen.empty()) cursor = seen.back().citizen_id;
  for (const auto& one : seen) {
    if (one.at <= silent_since) page.silent.push_back(one);
  }
  return page;
}

}  // namespace

core::Result<InactivityOutcome> foresee_inactivity(store::Database& data,
                                                   const InactivityPolicy& policy,
                                                   core::Instant now) {
  InactivityOutcome outcome;
  if (policy.after == core::Duration::zero()) return outcome;
  std::int64_t silent = 0;
  CitizenId cursor;
  for (bool last = false; !last;) {
    TRY(const auto page, next_page(data, policy, cursor, now));
    silent += static_cast<std::int64_t>(page.silent.size());
    last = page.last;
  }
  TRY(const auto counts,
      data.read([&](store::UnitOfWork& unit) { return sql::count_inactivity(unit, now); }));
  outcome.closed = counts.due;
  outcome.warned_again = counts.warned - counts.due;
  outcome.warned = std::max<std::int64_t>(0, silent - counts.warned);
  return outcome;
}

core::Result<InactivityOutcome> InactivityService::step(core::Instant now) {
  InactivityOutcome outcome;
  if (policy_.after == core::Duration::zero()) return outcome;
  TRY(const auto due, data_.read([&](store::UnitOfWork& unit) {
    return sql::list_due_inactivity(unit, now, kBatchMax);
  }));
  core::Status worst;
  for (const auto& row : due) {
    // One account that cannot be closed does not keep the others.
    auto done = follow_up(row, now, outcome);
    if (!done) worst = std::move(done);
  }
  TRY_VOID(worst);
  if (now < rests_until_) return outcome;
  auto cursor = cursor_;
  TRY(const auto page, next_page(data_, policy_, cursor, now));
  for (const auto& seen : page.silent) {
    TRY(const bool warned, warn(seen, now));
    outcome.warned += warned ? 1 : 0;
  }
  cursor_ = page.last ? CitizenId() : cursor;
  if (page.last) {
    rests_until_ = now + std::min<core::Duration>(policy_.after / 100, std::chrono::hours(1));
  }
  return outcome;
}

core::Result<bool> InactivityService::warn(const sql::Seen& seen, core::Instant now) {
  // Also for an account that was silent long before the term was set: nobody goes unwarned.
  const auto closes_at = std::max(seen.at + policy_.after, now + policy_.first_warning);
  const auto again_at = std::max(now, closes_at - policy_.second_warning);
  return data_.write([&](store::UnitOfWork& unit) -> core::Result<bool> {
    TRY(const bool first, sql::insert_inactivity(unit, {.citizen_id = seen.citizen_id,
                                                        .last_seen_at = seen.at,
                                                        .warnings = 1,
                                                        .closes_at = closes_at,
                                                        .next_at = again_at}));
    if (!first) return false;
    TRY_VOID(enqueue_notice(
        unit, {seen.citizen_id, NoticeKind::kInactive, notice_day(closes_at), now}, rng_));
    TRY_VOID(
        audit::record_operation(unit, {seen.citizen_id, "account.inactivity_warned"}, now, rng_));
    return true;
  });
}

core::Status InactivityService::follow_up(const sql::InactivityRow& row, core::Instant now,
                                          InactivityOutcome& outcome) {
  TRY(const bool back, has_come_back(row));
  if (back) {
    TRY(const bool ours, data_.write([&](store::UnitOfWork& unit) {
      return sql::delete_inactivity(unit, row.citizen_id);
    }));
    outcome.came_back += ours ? 1 : 0;
    return {};
  }
  if (now < row.closes_at) {
    TRY(const bool ours, data_.write([&](store::UnitOfWork& unit) -> core::Result<bool> {
      TRY(const bool first, sql::warn_again(unit, row, row.closes_at));
      if (!first) return false;
      TRY_VOID(enqueue_notice(
          unit, {row.citizen_id, NoticeKind::kInactive, notice_day(row.closes_at), now}, rng_));
      return true;
    }));
    outcome.warned_again += ours ? 1 : 0;
    return {};
  }
  TRY(const bool closed, deletions_.close_inactive(row, now));
  outcome.closed += closed ? 1 : 0;
  return {};
}

core::Result<bool> InactivityService::has_come_back(const sql::InactivityRow& row) {
  TRY(const auto seen, data_.read([&](store::UnitOfWork& unit) {
    return sql::find_last_seen(unit, row.citizen_id);
  }));
  // Deleted by its owner meanwhile: there is nothing to close.
  return !seen || *seen > row.last_seen_at;
}

}  // namespace identity
