#include "identity/authenticator/recovery_code_service.h"

#include "audit/operation_log.h"
#include "identity/authenticator/account_notice.h"
#include "identity/session/reauthentication_service.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

/// Crockford's base32: no I, L, O and U, which people misread or which make words.
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCharacters = 12;
constexpr std::size_t kGroup = 4;

std::string make_code(core::Rng& rng) {
  std::string code;
  for (std::size_t i = 0; i < kCharacters; ++i) {
    if (i > 0 && i % kGroup == 0) code += '-';
    code += kLetters[core::random_below(rng, kLetters.size())];
  }
  return code;
}

/// What was typed, as it was made.
std::string normalised(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kLetters.find(c) != std::string_view::npos) code += c;
  }
  return code;
}

}  // namespace

core::Result<std::vector<core::Secret<std::string>>> RecoveryCodes::make(const Authenticated& who,
                                                                         core::Instant now) {
  TRY_VOID(require_recent_proof(who, now));
  std::vector<core::Secret<std::string>> codes;
  std::vector<core::Bytes> hashes;
  while (codes.size() < kCount) {
    auto code = make_code(ports_.rng);
    hashes.push_back(hash_of(who.citizen_id, code));
    codes.emplace_back(std::move(code));
  }
  TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(sql::put_recovery_codes(unit, who.citizen_id, hashes, now));
    TRY_VOID(
        audit::record_operation(unit, {who.citizen_id, "recovery_codes.made"}, now, ports_.rng));
    return enqueue_notice(unit, {who.citizen_id, NoticeKind::kRecoveryCodesMade, {}, now},
                          ports_.rng);
  }));
  return codes;
}

core::Status RecoveryCodes::take(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                 const core::Secret<std::string>& code, core::Instant now) {
  TRY(const bool taken,
      sql::take_recovery_code(unit, citizen_id, hash_of(citizen_id, code.reveal())));
  if (!taken) return fail(ErrorCode::kForbidden, "recovery_code.wrong");
  TRY_VOID(audit::record_operation(unit, {citizen_id, "recovery_code.used"}, now, ports_.rng));
  return enqueue_notice(unit, {citizen_id, NoticeKind::kRecoveryCodeUsed, {}, now}, ports_.rng);
}

core::Bytes RecoveryCodes::hash_of(const CitizenId& citizen_id, std::string_view code) const {
  const auto place = citizen_id.to_string() + "|" + normalised(code);
  return core::to_bytes(ports_.vault.blind_index("recovery_code", place).bytes);
}

}  // namespace identity
