// Tables of codes, tokens and the sign-ins they came of. Functions over an open unit of work;
// errors are those of store::UnitOfWork::run. Keys are those of token.h.
#pragma once

#include <optional>
#include <vector>

#include "openid/types.h"
#include "store/unit_of_work.h"

namespace openid::sql {

/// True the first time.
[[nodiscard]] core::Result<bool> use_assertion(store::UnitOfWork& unit, core::ByteView key);

struct CodeRow {
  core::Bytes key;
  std::string client_id;
  CitizenId citizen_id;
  FamilyId family_id;
  core::Bytes session_id;
  std::string request;
  std::string facts;
  bool used = false;
};
[[nodiscard]] core::Status insert_code(store::UnitOfWork& unit, const CodeRow& row);
[[nodiscard]] core::Result<std::optional<CodeRow>> find_code(store::UnitOfWork& unit,
                                                             core::ByteView key);
/// False when somebody was first.
[[nodiscard]] core::Result<bool> use_code(store::UnitOfWork& unit, core::ByteView key,
                                          core::Instant now);

struct FamilyRow {
  CitizenId citizen_id;
  FamilyId family_id;
  std::string client_id;
  core::Bytes session_id;
  std::string facts;
  core::Instant started_at;
  core::Instant expires_at;
  bool revoked = false;
};
[[nodiscard]] core::Status insert_family(store::UnitOfWork& unit, const FamilyRow& row);
[[nodiscard]] core::Result<std::optional<FamilyRow>> find_family(store::UnitOfWork& unit,
                                                                 const CitizenId& citizen_id,
                                                                 const FamilyId& family_id);
[[nodiscard]] core::Result<std::vector<FamilyRow>> list_live_families(store::UnitOfWork& unit,
                                                                      const CitizenId& citizen_id,
                                                                      core::Instant now);
[[nodiscard]] core::Status revoke_family(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                         const FamilyId& family_id, core::Instant now);
[[nodiscard]] core::Status revoke_families_of(store::UnitOfWork& unit, const CitizenId& citizen_id,
                                              std::string_view client_id, core::Instant now);

struct AccessRow {
  core::Bytes key;
  std::string client_id;
  std::optional<CitizenId> citizen_id;
  std::optional<FamilyId> family_id;
  std::string scope;
  std::string jkt;
  core::Instant issued_at;
};
[[nodiscard]] core::Status insert_access(store::UnitOfWork& unit, const AccessRow& row);
[[nodiscard]] core::Result<std::optional<AccessRow>> find_access(store::UnitOfWork& unit,
                                                                 core::ByteView key);
[[nodiscard]] core::Status delete_access(store::UnitOfWork& unit, core::ByteView key);

struct RefreshRow {
  core::Bytes key;
  std::string client_id;
  CitizenId citizen_id;
  FamilyId family_id;
  bool used = false;
};
[[nodiscard]] core::Status insert_refresh(store::UnitOfWork& unit, const RefreshRow& row);
[[nodiscard]] core::Result<std::optional<RefreshRow>> find_refresh(store::UnitOfWork& unit,
                                                                   core::ByteView key);
/// False when somebody was first.
[[nodiscard]] core::Result<bool> use_refresh(store::UnitOfWork& unit, core::ByteView key,
                                             core::Instant now);

/// Deletes up to `rows_max` expired rows of each table. @return how many went from the fullest.
[[nodiscard]] core::Result<std::int64_t> purge_tokens(store::UnitOfWork& unit, core::Instant now,
                                                      std::int64_t rows_max);

}  // namespace openid::sql
