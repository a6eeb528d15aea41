// Tables of passkeys. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
#pragma once

#include <optional>
#include <vector>

#include "identity/authenticator/passkey_ceremony.h"
#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity {

using PasskeyId = core::StrongId<struct PasskeyIdTag>;

/// A passkey, as its owner sees it in the list.
struct Passkey {
  PasskeyId id;
  std::string name;
  core::Instant made_at;
  std::optional<core::Instant> last_used_at;
  bool synced = false;  ///< copied to other devices of its owner by the device's maker
};

namespace sql {

struct PasskeyRow {
  CitizenId citizen_id;
  Passkey passkey;
  core::Bytes credential_id;
  KnownPasskey known;
};

/// False when a passkey with this credential id is there already, anybody's.
[[nodiscard]] core::Result<bool> insert_passkey(store::UnitOfWork& unit,
                                                const CitizenId& citizen_id, const Passkey& passkey,
                                                const NewPasskey& made);
[[nodiscard]] core::Result<std::optional<PasskeyRow>> find_passkey(store::UnitOfWork& unit,
                                                                   core::ByteView credential_id);
[[nodiscard]] core::Result<std::vector<PasskeyRow>> list_passkeys(store::UnitOfWork& unit,
                                                                  const CitizenId& citizen_id);
/// Writes the counter and flags of a use, unless another use has moved the counter meanwhile.
[[nodiscard]] core::Result<bool> use_passkey(store::UnitOfWork& unit, const PasskeyRow& row,
                                             const PasskeyProof& proof, core::Instant now);
/// False when there is no such passkey.
[[nodiscard]] core::Result<bool> rename_passkey(store::UnitOfWork& unit,
                                                const CitizenId& citizen_id, const PasskeyId& id,
                                                std::string_view name);
[[nodiscard]] core::Result<bool> delete_passkey(store::UnitOfWork& unit,
                                                const CitizenId& citizen_id, const PasskeyId& id);

}  // namespace sql
}  // namespace identity
