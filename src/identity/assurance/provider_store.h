// Tables of linked identity providers: the login index of their subjects, and the owner's list.
// Functions over an open unit of work; errors are those of store::UnitOfWork::run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/types.h"
#include "store/unit_of_work.h"

namespace identity::sql {

/// A provider's subject that leads to an account.
struct ProviderLinkRow {
  CitizenId citizen_id;
  std::string provider;
  core::Bytes subject_index;
  core::Instant linked_at;
  core::Instant last_used_at;
};

/// Inserts the link; when it is there already only its last use moves.
[[nodiscard]] core::Status put_link(store::UnitOfWork& unit, const ProviderLinkRow& row);
/// All links of the account, by provider.
[[nodiscard]] core::Result<std::vector<ProviderLinkRow>> list_links(store::UnitOfWork& unit,
                                                                    const CitizenId& id);
/// Removes every link of the account with the provider.
[[nodiscard]] core::Status delete_links(store::UnitOfWork& unit, const CitizenId& id,
                                        std::string_view provider);

}  // namespace identity::sql
