// A vault on real databases with a root key of its own and consents that a test grants and takes
// back. For tests only.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "audit/testing/databases.h"
#include "crypto/file_key_provider.h"
#include "vault/destruction.h"
#include "vault/vault.h"

namespace world {

/// Consents by hand: what is in the set lives.
class HandConsents final : public vault::ConsentCheck {
 public:
  [[nodiscard]] core::Result<bool> hold_live(store::UnitOfWork& /*unit*/,
                                             const vault::ConsentQuestion& question) override {
    return live.contains({question.citizen_id, std::string(question.consent)});
  }

  std::set<std::pair<core::CitizenId, std::string>> live;
};

/// Databases, root key, consents and the vault over them.
class VaultWorld {
 public:
  [[nodiscard]] core::CitizenId person() { return core::CitizenId::make(kNow, databases.rng()); }

  /// Seals one value, and records or clarifies it.
  [[nodiscard]] core::Status put(const core::CitizenId& id, vault::Category category,
                                 std::string_view name, std::string_view value) {
    TRY(const auto sealed, vault.seal({.citizen_id = id,
                                       .category = category,
                                       .name = std::string(name),
                                       .value = core::Secret<std::string>(std::string(value)),
                                       .provenance = {"self", "phone", kNow}}));
    TRY_VOID(databases.data().write(
        [&](store::UnitOfWork& unit) { return vault.record_or_clarify(unit, sealed); }));
    return {};
  }

  /// Destroys everything of the person, as the erasure of an account does.
  [[nodiscard]] core::Status destroy(const core::CitizenId& id) {
    TRY_VOID(vault::destroy_keys(databases.keys(), id));
    TRY_VOID(databases.data().write(
        [&](store::UnitOfWork& unit) { return vault::destroy_records(unit, id); }));
    return {};
  }

  /// The value as its owner would read it; "" if there is none, the reason of an error otherwise.
  [[nodiscard]] std::string read(const core::CitizenId& id, vault::Category category,
                                 std::string_view name) {
    const auto records = vault.open({.citizen_id = id,
                                     .category = category,
                                     .purpose = vault::Purpose::kShowToCitizen,
                                     .actor = vault::Actor::citizen(),
                                     .now = kNow});
    if (!records) return records.error().reason;
    const auto* record = vault::find_record(*records, name);
    return record == nullptr ? std::string() : record->value.reveal();
  }

  Databases databases;
  HandConsents consents;
  crypto::FileKeyProvider root{crypto::Key256::generate(databases.rng())};
  vault::Vault vault{{databases.data(), databases.keys(), root, consents, databases.rng()}};
};

}  // namespace world
