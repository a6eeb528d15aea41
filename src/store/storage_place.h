// StoragePlace: the country a database stands in, written into it once. Personal data of a country
// stay on its territory: a server set up for one country does not work on another's storage.
// Called at start and by `migrate`; safe with several processes at once.
#pragma once

#include <string>
#include <string_view>

#include "core/instant.h"
#include "core/result.h"
#include "store/database.h"

namespace store {

/// The country in the database, or empty: storage made before there were tags, or not migrated yet.
/// Errors: those of Database::read.
[[nodiscard]] core::Result<std::string> find_place(Database& database);

/// Compares the tag with `country`; storage without one gets it.
/// @return whether it was tagged just now.
/// Errors: kConflict "store.place_differs" it is another country's, the detail names both; those
///   of the database.
[[nodiscard]] core::Result<bool> settle_place(Database& database, std::string_view country,
                                              core::Instant now);

}  // namespace store
