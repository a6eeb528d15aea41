// What the code does with personal data, as far as it can be listed: the vault's purposes and
// categories with their operations, and what is kept in tables beside the vault. The register of
// processing is held against this. Pure functions; safe from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vault/operation.h"

namespace privacy {

/// A purpose the code knows.
struct CodePurpose {
  std::string_view name;
  /// What the vault lets it do; empty for a purpose beside the vault, whose operations no table
  /// bounds.
  std::span<const vault::Operation> operations;
};
/// The vault's, in its order, then those beside it.
[[nodiscard]] std::vector<CodePurpose> code_purposes();

/// The vault's categories, in its order, then the groups of tables.
[[nodiscard]] std::vector<std::string_view> code_categories();

/// Categories with rows that the code erases when a number of days has passed
/// (retention_steps.h): their terms must have one.
[[nodiscard]] std::span<const std::string_view> erased_by_term();

/// A table with rows of people, and the category its rows count as.
struct Holding {
  std::string_view table;
  std::string_view category;
};
/// Every table of the main database with a citizen_id. personal_record has the vault's
/// categories in its rows and is none of them alone: its category is empty.
[[nodiscard]] std::span<const Holding> holdings();

}  // namespace privacy
