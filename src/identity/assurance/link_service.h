// LinkService: the identity providers an account is linked with, for its owner: the list, and
// undoing a link. A link is made by AssuranceService when the level is raised. Safe from any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/rng.h"
#include "identity/assurance/identity_provider.h"
#include "identity/types.h"
#include "store/database.h"
#include "vault/vault.h"

namespace identity {

/// What else ends with the level it rested on, in this room's words; app/ plugs the wallet in.
class LevelFallen {
 public:
  virtual ~LevelFallen() = default;
  /// Inside the transaction that lowers the level.
  [[nodiscard]] virtual core::Status level_fell(store::UnitOfWork& unit,
                                                const CitizenId& citizen_id, core::Instant now) = 0;
};

struct LinkedProvider {
  std::string id;
  std::string name_ru;  ///< its id when the installation no longer offers it
  std::string name_en;
  core::Instant linked_at;
  core::Instant last_used_at;
  bool last_proof = false;   ///< undoing this link lowers the level
  bool last_way_in = false;  ///< undoing this link is refused
};

struct LinkPorts {
  store::Database& data;
  vault::Vault& vault;
  const IdentityProviders& providers;
  LevelFallen& fallen;
  core::Rng& rng;
};

class LinkService {
 public:
  explicit LinkService(LinkPorts ports) : ports_(ports) {}

  [[nodiscard]] core::Result<std::vector<LinkedProvider>> list(const CitizenId& id);
  /// Undoes the link: what that provider said goes, other sources stay; without another proof of
  /// identity the level falls and what rested on it ends.
  /// Errors: kNotFound "provider.not_linked"; kConflict "provider.last_way_in" there is no
  /// password,
  ///   no passkey and no other provider; those of the vault and the store.
  [[nodiscard]] core::Status unlink(const CitizenId& id, std::string_view provider,
                                    core::Instant now);

 private:
  LinkPorts ports_;
};

}  // namespace identity
