// Claims: what several sources say about one attribute. Each keeps its own row; which of them is in
// force is decided here, by one rule, whenever they are read (docs/adr/0025). Pure functions, and
// deletion over an open unit of work.
#pragma once

#include <string_view>

#include "core/result.h"
#include "store/unit_of_work.h"
#include "vault/types.h"

namespace vault {

// Sources, as rows name them; a provider's id follows kProviderSource and a colon.
inline constexpr std::string_view kSelfSource = "self";
inline constexpr std::string_view kRegistrySource = "registry";
inline constexpr std::string_view kPassportSource = "e_passport";
inline constexpr std::string_view kDeskSource = "desk";
inline constexpr std::string_view kProviderSource = "identity_provider";

/// Levels of a claim from the least: entered by the person, their number proven, identity proven.
inline constexpr std::string_view kAssertedLevel = "asserted";
inline constexpr std::string_view kPhoneLevel = "phone";
inline constexpr std::string_view kVerifiedLevel = "verified";
/// 0, 1, 2; an unknown word counts as the least.
[[nodiscard]] int rank_of_level(std::string_view level);

/// Whether `a` holds rather than `b`: of the higher level; of one level, proven later; proven at
/// once, of the source nearer to the state's own record (registry, e_passport, desk,
/// identity_provider, self), then by the source's name. A strict order over distinct sources, so
/// that it does not matter which came first.
[[nodiscard]] bool holds_before(const Provenance& a, const Provenance& b);

/// Sorts by name; of one name the claim in force stands first, so that find_record finds it.
void put_in_force_order(PersonalRecords& records);

/// Deletes what one source says about one attribute. Deleting what is not there is no error.
[[nodiscard]] core::Status delete_claim(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                        std::string_view name, std::string_view source);
/// Deletes everything one source says about the person; other sources stay.
[[nodiscard]] core::Status delete_source(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                         std::string_view source);

}  // namespace vault
