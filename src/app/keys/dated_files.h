// Key files whose name says since when they sign: PREFIX<YYYYMMDDThhmmssZ>.pem. Functions for
// start-up and the command line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"

namespace app {

/// "issuer-20261122T094245Z.pem" of "issuer-" and 2026-11-22T09:42:45Z.
[[nodiscard]] std::string dated_file_name(std::string_view prefix, core::Instant at);
/// The moment in such a name; empty if there is none.
[[nodiscard]] std::optional<core::Instant> moment_of_dated_file(std::string_view name,
                                                                std::string_view prefix);
/// The names of the folder's PREFIX*.pem in the order of their moments; of very many the newest.
/// Errors: kNotFound "key.file_missing" no such folder; kInternal "key.unreadable".
[[nodiscard]] core::Result<std::vector<std::string>> dated_file_names(const std::string& folder,
                                                                      std::string_view prefix,
                                                                      std::size_t names_max);

}  // namespace app
