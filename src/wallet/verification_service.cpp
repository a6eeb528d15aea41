#include "wallet/verification_service.h"

#include "wallet/sql_store.h"

namespace wallet {
namespace {

using core::ErrorCode;
using core::fail;

constexpr core::Duration kCodeLifeMax = std::chrono::seconds(kSlotSeconds * 3);

}  // namespace

OnlineResult VerificationService::verify(std::string_view code_text, core::Instant now) {
  OnlineResult result{checker_.check(code_text, now), false};
  auto& check = result.check;
  const bool answered = check.verdict == Verdict::kYes || check.verdict == Verdict::kNo;
  if (!answered) return result;
  if (ports_.revocations.contains(check.attestation_digest)) {
    check.verdict = Verdict::kRevoked;
    check.identity.reset();
    return result;
  }
  result.shown_before = note_shown(code_text, now);
  return result;
}

core::Result<core::Secret<std::string>> VerificationService::portrait(std::string_view code_text,
                                                                      core::Instant now) {
  const auto check = checker_.check(code_text, now);
  if (check.verdict != Verdict::kYes || check.question != Question::kIdentity ||
      !check.portrait_digest || ports_.revocations.contains(check.attestation_digest)) {
    return fail(ErrorCode::kForbidden, "code.not_valid");
  }
  TRY(const auto owner, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_portrait_owner(unit, check.attestation_digest, now);
  }));
  if (!owner) return fail(ErrorCode::kNotFound, "portrait.absent");
  TRY(const auto records, ports_.vault.open({.citizen_id = *owner,
                                             .category = vault::Category::kDocuments,
                                             .purpose = vault::Purpose::kShowPortrait,
                                             .actor = vault::Actor::checker(),
                                             .now = now}));
  const auto* portrait = vault::find_record(records, "passport_portrait");
  // A portrait renewed since the attestation was issued is not the one the code vouches for.
  if (portrait == nullptr ||
      crypto::sha256(core::as_bytes(portrait->value.reveal())) != *check.portrait_digest) {
    return fail(ErrorCode::kNotFound, "portrait.absent");
  }
  return portrait->value;
}

bool VerificationService::note_shown(std::string_view code_text, core::Instant now) {
  const std::lock_guard lock(shown_mutex_);
  if (shown_.size() >= kRememberedMax) {
    std::erase_if(shown_, [&](const auto& one) { return one.second + kCodeLifeMax < now; });
    if (shown_.size() >= kRememberedMax) shown_.clear();
  }
  const auto digest = crypto::sha256(core::as_bytes(code_text));
  const auto [entry, first] = shown_.emplace(std::string(core::as_text(digest)), now);
  return !first;
}

}  // namespace wallet
