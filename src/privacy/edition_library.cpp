#include "privacy/edition_library.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/bytes.h"
#include "crypto/digest.h"
#include "privacy/edition_checks.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

tl::unexpected<core::Error> malformed(std::string detail) {
  return fail(ErrorCode::kInvalidInput, "editions.malformed", std::move(detail));
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

using Fields = std::map<std::string, std::string, std::less<>>;

/// `name = "value"` or `name = value`, one a line.
core::Result<Fields> read_front(std::string_view block) {
  Fields fields;
  while (!block.empty()) {
    const auto end = std::min(block.find('\n'), block.size());
    const auto line = trim(block.substr(0, end));
    block.remove_prefix(std::min(end + 1, block.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return malformed("front block line without '='");
    auto value = trim(line.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    fields.emplace(trim(line.substr(0, equals)), value);
  }
  return fields;
}

core::Result<std::string> field(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  if (found == fields.end() || found->second.empty()) {
    return malformed("front block lacks " + std::string(name));
  }
  return found->second;
}

core::Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file || content.str().size() > EditionLibrary::kFileBytesMax) {
    return malformed(path.string() + ": unreadable or too large");
  }
  return content.str();
}

core::Status check_all_kinds(const std::vector<Edition>& editions,
                             const std::vector<std::string>& languages) {
  if (languages.empty()) return fail(ErrorCode::kInvalidInput, "editions.missing", "no language");
  for (const auto kind : kAllEditionKinds) {
    const bool present = std::any_of(editions.begin(), editions.end(),
                                     [&](const Edition& one) { return one.kind == kind; });
    if (!present) {
      return fail(ErrorCode::kInvalidInput, "editions.missing", std::string(name_of(kind)));
    }
  }
  return {};
}

}  // namespace

core::Result<Edition> EditionLibrary::parse(std::string_view content) {
  constexpr std::string_view kFence = "+++\n";
  if (content.substr(0, kFence.size()) != kFence) return malformed("no front block");
  content.remove_prefix(kFence.size());
  const auto end = content.find(kFence);
  if (end == std::string_view::npos) return malformed("front block does not end");
  TRY(const auto fields, read_front(content.substr(0, end)));
  auto text = content.substr(end + kFence.size());
  while (!text.empty() && text.front() == '\n') text.remove_prefix(1);

  Edition edition;
  TRY(const auto kind_name, field(fields, "kind"));
  const auto kind = find_edition_kind(kind_name);
  if (!kind) return malformed("unknown kind");
  edition.kind = *kind;
  TRY(const auto number, field(fields, "number"));
  const auto read = std::from_chars(number.data(), number.data() + number.size(), edition.number);
  const bool whole = read.ec == std::errc{} && read.ptr == number.data() + number.size();
  if (!whole || edition.number < 1) return malformed("number");
  TRY(edition.language, field(fields, "language"));
  TRY(edition.title, field(fields, "title"));
  TRY(const auto published, field(fields, "published_at"));
  TRY(edition.published_at, core::from_rfc3339(published));
  TRY(const auto in_force, field(fields, "in_force_at"));
  TRY(edition.in_force_at, core::from_rfc3339(in_force));
  if (const auto summary = fields.find("summary"); summary != fields.end()) {
    edition.summary = summary->second;
  }
  if (text.empty()) return malformed("no text");
  edition.text = std::string(text);
  edition.sha256 = core::to_hex(crypto::sha256(core::as_bytes(edition.text)));
  return edition;
}

core::Result<EditionLibrary> EditionLibrary::make(std::vector<Edition> editions,
                                                  const std::vector<std::string>& languages) {
  TRY_VOID(check_all_kinds(editions, languages));
  TRY_VOID(check_editions(editions, languages));
  EditionLibrary library;
  library.editions_ = std::move(editions);
  return library;
}

core::Result<EditionLibrary> EditionLibrary::load(const std::string& folder,
                                                  const std::vector<std::string>& languages) {
  std::error_code error;
  std::vector<Edition> editions;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() != ".md") continue;
    if (editions.size() >= kEditionsMax) return malformed("too many editions");
    TRY(const auto content, read_file(entry.path()));
    auto edition = parse(content);
    if (!edition) return malformed(entry.path().string() + ": " + edition.error().detail);
    const auto expected = std::filesystem::path(name_of(edition->kind)) /
                          (std::to_string(edition->number) + "." + edition->language + ".md");
    if (!entry.path().string().ends_with(expected.string())) {
      return malformed(entry.path().string() + ": file name and front block disagree");
    }
    editions.push_back(std::move(*edition));
  }
  if (error || editions.empty()) return fail(ErrorCode::kInvalidInput, "editions.missing", folder);
  return make(std::move(editions), languages);
}

core::Result<const Edition*> EditionLibrary::current(EditionKind kind, std::string_view language,
                                                     core::Instant now) const {
  const Edition* best = nullptr;
  for (const auto& edition : editions_) {
    if (edition.kind != kind || edition.language != language || edition.in_force_at > now) continue;
    if (best == nullptr || edition.in_force_at > best->in_force_at) best = &edition;
  }
  if (best == nullptr) return fail(ErrorCode::kNotFound, "edition.none_in_force");
  return best;
}

core::Result<const Edition*> EditionLibrary::find(EditionKind kind, int number,
                                                  std::string_view language) const {
  for (const auto& edition : editions_) {
    if (edition.kind == kind && edition.number == number && edition.language == language) {
      return &edition;
    }
  }
  return fail(ErrorCode::kNotFound, "edition.unknown");
}

core::Result<const Edition*> EditionLibrary::find_published(EditionKind kind, int number,
                                                            std::string_view language,
                                                            core::Instant now) const {
  TRY(const auto* edition, find(kind, number, language));
  if (edition->published_at > now) return fail(ErrorCode::kNotFound, "edition.unknown");
  return edition;
}

std::vector<const Edition*> EditionLibrary::published(EditionKind kind, std::string_view language,
                                                      core::Instant now) const {
  std::vector<const Edition*> found;
  for (const auto& edition : editions_) {
    if (edition.kind == kind && edition.language == language && edition.published_at <= now) {
      found.push_back(&edition);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Edition* a, const Edition* b) { return a->number > b->number; });
  return found;
}

core::Status EditionLibrary::check_seen(const SeenEdition& seen, core::Instant now) const {
  TRY(const auto* edition, current(seen.kind, seen.language, now));
  if (edition->number != seen.number) {
    TRY_VOID(find(seen.kind, seen.number, seen.language));
    return fail(ErrorCode::kConflict, "edition.superseded");
  }
  if (edition->sha256 != seen.sha256) return fail(ErrorCode::kInvalidInput, "edition.mismatch");
  return {};
}

}  // namespace privacy
