// Claims of relying parties out of the vault: which record stands behind which claim.
// Safe from any thread; the vault must outlive it.
#pragma once

#include "openid/claims.h"
#include "vault/vault.h"

namespace app {

class OpenidClaims final : public openid::ClaimsSource {
 public:
  explicit OpenidClaims(vault::Vault& vault) : vault_(vault) {}

  [[nodiscard]] core::Result<openid::ClaimValues> preview(const core::CitizenId& citizen_id,
                                                          const openid::Texts& claims,
                                                          core::Instant now) override;
  [[nodiscard]] core::Result<openid::ClaimValues> release(const core::CitizenId& citizen_id,
                                                          std::string_view client_id,
                                                          const openid::Texts& claims,
                                                          core::Instant now) override;
  void release_later(const core::CitizenId& citizen_id, std::string_view client_id,
                     const openid::Texts& claims, core::Instant now,
                     openid::Released done) override;

 private:
  struct Reader {
    vault::Purpose purpose;
    vault::Actor actor;
  };
  [[nodiscard]] core::Result<openid::ClaimValues> read(const core::CitizenId& citizen_id,
                                                       const Reader& reader,
                                                       const openid::Texts& claims,
                                                       core::Instant now);

  vault::Vault& vault_;
};

}  // namespace app
