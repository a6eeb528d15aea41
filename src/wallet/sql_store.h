// The wallet's tables. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
#pragma once

#include <optional>
#include <vector>

#include "crypto/digest.h"
#include "store/unit_of_work.h"
#include "wallet/digital_id_code.h"
#include "wallet/types.h"

namespace wallet::sql {

[[nodiscard]] core::Result<std::vector<DocumentProgress>> list_documents(store::UnitOfWork& unit,
                                                                         const CitizenId& id);
[[nodiscard]] core::Result<std::optional<DocumentProgress>> find_document(store::UnitOfWork& unit,
                                                                          const CitizenId& id,
                                                                          DocumentKind kind);
[[nodiscard]] core::Status put_document(store::UnitOfWork& unit, const CitizenId& id,
                                        const DocumentProgress& progress);
/// False when it was not there.
[[nodiscard]] core::Result<bool> delete_document(store::UnitOfWork& unit, const CitizenId& id,
                                                 DocumentKind kind);

[[nodiscard]] core::Status insert_device(store::UnitOfWork& unit, const CitizenId& id,
                                         const Device& device);
/// The citizen's devices; there is at most one, but for a race that find_device's caller settles.
[[nodiscard]] core::Result<std::vector<Device>> list_devices(store::UnitOfWork& unit,
                                                             const CitizenId& id);
[[nodiscard]] core::Result<bool> delete_device(store::UnitOfWork& unit, const CitizenId& id,
                                               const DeviceId& device_id);

/// One attestation as issued.
struct AttestationRow {
  crypto::Digest256 digest{};
  DeviceId device_id;
  Question question = Question::kAgeOver18;
  core::Instant expires_at;
};
[[nodiscard]] core::Status insert_attestation(store::UnitOfWork& unit, const CitizenId& id,
                                              const AttestationRow& row);
/// Puts the unexpired attestations of a device on the list of revoked ones. @return how many.
[[nodiscard]] core::Result<std::int64_t> revoke_attestations(store::UnitOfWork& unit,
                                                             const CitizenId& id,
                                                             const DeviceId& device_id,
                                                             core::Instant now);
/// Whose portrait an identity attestation may show; empty when unknown or expired.
[[nodiscard]] core::Result<std::optional<CitizenId>> find_portrait_owner(
    store::UnitOfWork& unit, const crypto::Digest256& digest, core::Instant now);

/// A line of the revocation list.
struct RevokedRow {
  crypto::Digest256 digest{};
  core::Instant revoked_at;
};
[[nodiscard]] core::Result<std::vector<RevokedRow>> list_revoked_since(store::UnitOfWork& unit,
                                                                       core::Instant since,
                                                                       core::Instant now);
[[nodiscard]] core::Result<std::int64_t> purge_attestations(store::UnitOfWork& unit,
                                                            core::Instant now);

}  // namespace wallet::sql
