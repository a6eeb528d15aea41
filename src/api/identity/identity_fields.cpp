#include "api/identity/identity_fields.h"

namespace api {
namespace {

/// Nonces are whole numbers that JSON carries exactly.
constexpr std::int64_t kNonceMax = 9'007'199'254'740'991;

}  // namespace

core::Result<std::optional<identity::WorkProof>> work_members(codec::JsonFields& fields) {
  TRY(auto puzzle, fields.optional_string("work_puzzle", identity::WorkDesk::kTextBytesMax));
  TRY(const auto nonce, fields.optional_int64("work_nonce", 0, kNonceMax));
  if (!puzzle && !nonce) return std::optional<identity::WorkProof>();
  if (!puzzle || !nonce) {
    return core::fail(core::ErrorCode::kInvalidInput, "json.member_missing",
                      "work_puzzle and work_nonce");
  }
  return std::optional(identity::WorkProof{std::move(*puzzle), *nonce});
}

}  // namespace api
