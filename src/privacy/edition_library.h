// The edition library: every edition of every public document, read once at start from
// editions/<kind>/<number>.<language>.md. A file begins with a front block between +++ lines (kind,
// number, language, title, published_at, in_force_at). Immutable after loading; safe from any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "privacy/types.h"

namespace privacy {

class EditionLibrary {
 public:
  static constexpr std::size_t kFileBytesMax = 512UL * 1024;
  static constexpr std::size_t kEditionsMax = 1000;

  /// Reads the folder.
  /// Errors (kInvalidInput, detail names the file): "editions.missing" no folder, a kind without
  /// any
  ///   edition, or no language at all; "editions.malformed" no front block, an unknown kind, a name
  ///   that disagrees with the block; those of check_editions.
  [[nodiscard]] static core::Result<EditionLibrary> load(const std::string& folder,
                                                         const std::vector<std::string>& languages);
  /// Reads one file's content. Errors: kInvalidInput "editions.malformed".
  [[nodiscard]] static core::Result<Edition> parse(std::string_view content);
  /// From editions already read. Errors: those of load but for the files'.
  [[nodiscard]] static core::Result<EditionLibrary> make(std::vector<Edition> editions,
                                                         const std::vector<std::string>& languages);

  /// The edition in force. Errors: kNotFound "edition.none_in_force".
  [[nodiscard]] core::Result<const Edition*> current(EditionKind kind, std::string_view language,
                                                     core::Instant now) const;
  /// Errors: kNotFound "edition.unknown".
  [[nodiscard]] core::Result<const Edition*> find(EditionKind kind, int number,
                                                  std::string_view language) const;
  /// The same for readers: one that is to be published later is unknown until then.
  [[nodiscard]] core::Result<const Edition*> find_published(EditionKind kind, int number,
                                                            std::string_view language,
                                                            core::Instant now) const;
  /// The editions of a document that are published by now, the newest first.
  [[nodiscard]] std::vector<const Edition*> published(EditionKind kind, std::string_view language,
                                                      core::Instant now) const;
  /// Proves that what somebody says they were shown is what is in force, to the byte.
  /// Errors: kConflict "edition.superseded"    another edition is in force by now;
  ///         kNotFound "edition.unknown"       there never was such an edition;
  ///         kInvalidInput "edition.mismatch"  the digest is of other bytes.
  [[nodiscard]] core::Status check_seen(const SeenEdition& seen, core::Instant now) const;

  /// Every edition of every document in every language.
  [[nodiscard]] const std::vector<Edition>& all() const { return editions_; }

 private:
  std::vector<Edition> editions_;
};

}  // namespace privacy
