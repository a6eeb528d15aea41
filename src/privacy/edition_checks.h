// What must hold among the editions of one document: numbers without gaps, moments that only go
// forward, the same moments in every language. For edition_library.cpp and start-up; pure.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "privacy/types.h"

namespace privacy {

/// Errors (kInvalidInput, the detail names document and edition):
///   "editions.gap"           numbers do not run 1, 2, 3...;
///   "editions.clash"         two editions in force from one moment, an older one that comes into
///                            force or is published after a newer one, one edition with different
///                            moments in two languages, or one text twice;
///   "editions.early"         in force at or before it is published;
///   "editions.untranslated"  an edition lacks one of the languages.
[[nodiscard]] core::Status check_editions(const std::vector<Edition>& editions,
                                          const std::vector<std::string>& languages);

/// Whether each later edition of the agreement is announced long enough before it binds.
/// Errors: kInvalidInput "editions.notice_short".
[[nodiscard]] core::Status check_notice(const std::vector<Edition>& editions, int days);

}  // namespace privacy
