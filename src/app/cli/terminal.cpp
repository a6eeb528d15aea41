#include "app/cli/terminal.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace app {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 31> kWords{{
    {"store.missing",
     "there is no such database, or its folder is missing; `beresta migrate` makes it"},
    {"store.schema_old", "the database is older than this program; run `beresta migrate`"},
    {"store.too_new", "the database was migrated by a newer program; install that one"},
    {"store.migration_edited", "a migration that was applied differs from this program's"},
    {"store.migration_missing", "a migration was left out when the database was made"},
    {"store.read_only", "the database cannot be written"},
    {"store.unreachable", "the database server does not answer"},
    {"store.busy", "another process holds the database"},
    {"store.corrupt", "the file is damaged or is no database"},
    {"store.full", "there is no space left"},
    {"store.url", "that is no address of a database"},
    {"key.file_missing", "a key file is missing; `beresta keys init` makes keys"},
    {"key.file_exists", "a key file is there already and is left as it is"},
    {"key.not_owned", "a key file belongs to another user"},
    {"key.not_regular_file", "a key is not an ordinary file"},
    {"key.permissions_too_open", "others may read a key file; chmod 600"},
    {"key.malformed", "a key file does not hold a key"},
    {"key.not_written", "a key file cannot be written"},
    {"key.unreadable", "a key file cannot be read"},
    {"editions.missing", "documents are missing in the folder of editions"},
    {"editions.malformed", "a document of the editions has a fault"},
    {"backup.file_exists", "there is a copy of that name already"},
    {"backup.file_missing", "the copy or its manifest is not there"},
    {"backup.manifest_malformed", "that is no manifest of a copy"},
    {"backup.damaged", "the copy is not what its manifest says: it is damaged or another one"},
    {"backup.other_part", "that is a copy of the other database"},
    {"backup.other_engine", "the copy is of another database engine than the configured one"},
    {"backup.other_deployment", "the copy belongs to another installation"},
    {"backup.target_not_empty", "the database to be filled holds something already"},
    {"backup.tool", "the database's own tool failed"},
    {"editions.untranslated", "an edition lacks one of the languages"},
}};

std::string_view words_for(std::string_view reason) {
  for (const auto& [known, words] : kWords) {
    if (known == reason) return words;
  }
  return "that did not work";
}

}  // namespace

int tell(Terminal& terminal, const core::Error& error) {
  terminal.err << fmt::format("beresta: {} ({}{}{})\n", words_for(error.reason), error.reason,
                              error.detail.empty() ? "" : ": ", error.detail);
  return kExitFailed;
}

}  // namespace app
