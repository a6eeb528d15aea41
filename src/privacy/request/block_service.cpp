#include "privacy/request/block_service.h"

#include <algorithm>

#include "vault/block.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

std::optional<vault::BlockReason> reason_of(RequestKind kind) {
  if (kind == RequestKind::kBlocking) return vault::BlockReason::kAsked;
  if (kind == RequestKind::kStop) return vault::BlockReason::kStopDemanded;
  return std::nullopt;
}

std::optional<RequestId> request_of(const vault::Block& block) {
  const auto id = RequestId::from_bytes(block.request_id);
  return id ? std::optional(*id) : std::nullopt;
}

}  // namespace

core::Result<std::vector<DataBlock>> BlockService::list(const core::CitizenId& citizen_id) {
  TRY(const auto blocks,
      data_.read([&](store::UnitOfWork& unit) { return vault::list_blocks(unit, citizen_id); }));
  std::vector<DataBlock> list;
  for (const auto& block : blocks) {
    list.push_back({block.category, block.reason, block.at, request_of(block)});
  }
  return list;
}

core::Status BlockService::block(const core::CitizenId& citizen_id, std::string_view category,
                                 core::Instant now) {
  const auto* const found = std::find_if(vault::kBlockable.begin(), vault::kBlockable.end(),
                                         [&](auto one) { return name_of(one) == category; });
  if (found == vault::kBlockable.end()) {
    return fail(ErrorCode::kInvalidInput, "vault.not_blockable");
  }
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(vault::block(
        unit, {.citizen_id = citizen_id, .category = *found, .actor = "citizen", .request_id = {}},
        now, rng_));
    return stops_ == nullptr ? core::Status{} : stops_->data_blocked(unit, citizen_id, now);
  });
}

core::Status BlockService::lift(const core::CitizenId& citizen_id, std::string_view category,
                                core::Instant now) {
  return data_.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY(const auto blocks, vault::list_blocks(unit, citizen_id));
    const auto found = std::find_if(blocks.begin(), blocks.end(),
                                    [&](const auto& one) { return one.category == category; });
    if (found == blocks.end()) return fail(ErrorCode::kNotFound, "block.unknown");
    if (found->reason == vault::name_of(vault::BlockReason::kChecked)) {
      return fail(ErrorCode::kForbidden, "block.not_yours");
    }
    TRY([[maybe_unused]] const bool lifted, vault::unblock(unit, citizen_id, category, now, rng_));
    return {};
  });
}

core::Status carry_out(store::UnitOfWork& unit, const SubjectRequest& request,
                       std::string_view actor, core::Instant now, core::Rng& rng,
                       ProcessingStops* stops) {
  const auto reason = reason_of(request.kind);
  if (!reason) return {};
  for (const auto category : vault::kBlockable) {
    TRY_VOID(vault::block(unit,
                          {.citizen_id = request.citizen_id,
                           .category = category,
                           .reason = *reason,
                           .actor = actor,
                           .request_id = core::to_bytes(request.id.bytes())},
                          now, rng));
  }
  return stops == nullptr ? core::Status{} : stops->data_blocked(unit, request.citizen_id, now);
}

}  // namespace privacy
