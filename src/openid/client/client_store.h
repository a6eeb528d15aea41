// Tables of relying parties. Functions over an open unit of work; errors are those of
// store::UnitOfWork::run.
#pragma once

#include <vector>

#include "openid/types.h"
#include "store/unit_of_work.h"

namespace openid::sql {

[[nodiscard]] core::Result<std::int64_t> registry_version(store::UnitOfWork& unit);
/// A row that no longer reads (a claim that is gone) is left out. Errors: also kInternal.
[[nodiscard]] core::Result<std::vector<RelyingParty>> list_parties(store::UnitOfWork& unit);
/// Inserts or replaces, and tells every process.
[[nodiscard]] core::Status put_party(store::UnitOfWork& unit, const RelyingParty& party);

/// An ask beyond the registration: "scope:snils", "claim:inn".
[[nodiscard]] core::Status note_excess(store::UnitOfWork& unit, std::string_view client_id,
                                       std::string_view excess, core::Instant now);
struct Excess {
  std::string what;
  std::int64_t times = 0;
  core::Instant first_at;
  core::Instant last_at;
};
[[nodiscard]] core::Result<std::vector<Excess>> list_excess(store::UnitOfWork& unit,
                                                            std::string_view client_id);

}  // namespace openid::sql
