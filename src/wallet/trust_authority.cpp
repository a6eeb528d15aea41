#include "wallet/trust_authority.h"

#include <algorithm>

#include "wallet/digital_id_code.h"

namespace wallet {

core::Result<const SigningKey*> TrustAuthority::signing_key(core::Instant now) const {
  const SigningKey* newest = nullptr;
  for (const auto& key : keys_) {
    const bool in_force = key.not_before <= now && now <= key.not_after;
    if (in_force && (newest == nullptr || key.not_before > newest->not_before)) newest = &key;
  }
  if (newest == nullptr) {
    return core::fail(core::ErrorCode::kUnavailable, "trust.no_key_in_force");
  }
  return newest;
}

TrustList TrustAuthority::list(core::Instant now) const {
  TrustList list;
  list.serial = static_cast<std::uint64_t>(std::max<std::int64_t>(now.seconds(), 0));
  list.issued_at = now;
  list.expires_at = now + kListLife;
  for (const auto& key : keys_) {
    const auto& public_key = key.key.public_key();
    list.keys.push_back(
        {kid_of(public_key), public_key, issuer_name_, key.not_before, key.not_after});
  }
  return list;
}

}  // namespace wallet
