#include "crypto/digest.h"
#include "identity/authenticator/ceremony_challenge.h"

namespace identity {
namespace {

constexpr store::Query kBurn{"used_once.insert",
                             "INSERT INTO used_once (used_hash, expires_at_utc) VALUES ($1, $2)"
                             " ON CONFLICT (used_hash) DO NOTHING"};
constexpr store::Query kPurge{"used_once.purge", "DELETE FROM used_once WHERE expires_at_utc < $1"};

}  // namespace

core::Status CeremonyChallenges::burn(store::UnitOfWork& unit, core::ByteView challenge,
                                      core::Instant now) {
  TRY(const auto rows, unit.run(kBurn, {crypto::sha256(challenge), now + kLife}));
  if (rows.affected() == 1) return {};
  return core::fail(core::ErrorCode::kConflict, "passkey.challenge_unknown", "used");
}

core::Result<std::int64_t> CeremonyChallenges::purge(store::UnitOfWork& unit, core::Instant now) {
  TRY(const auto rows, unit.run(kPurge, {now}));
  return rows.affected();
}

}  // namespace identity
