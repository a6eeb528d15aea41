#include "app/cli/terminal.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace app {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 64> kWords{{
    {"store.missing", "there is no such database, or nothing in it; `beresta migrate` makes it"},
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
    {"key.derivation_damaged", "the keyring is damaged: bring back a copy of it"},
    {"key.token_failed", "the token does not open"},
    {"key.token_place", "a part of the token's place is missing or holds a space"},
    {"key.provider_unavailable", "the token does not answer, or the key is not in it"},
    {"key.token_missing", "the root key is in a token that the keyring does not name"},
    {"key.other_deployment", "root key and key database are of two installations"},
    {"key.root_missing", "the keyring lacks a root key: bring back a copy that has it"},
    {"key.root_retired", "the root key is retired: the keyring is an old copy"},
    {"key.root_in_use", "keys are still wrapped by the old root key; `beresta keys rotate-root`"},
    {"key.none_for_data", "the main database holds people's data, the key database not one key"},
    {"key.next_there", "a root key is waiting already; `beresta keys rotate-root`"},
    {"key.too_many_roots", "the keyring is full of old root keys; `beresta keys retire-root`"},
    {"key.no_next", "no root key is waiting"},
    {"key.wrap_malformed", "the key database holds something that is no wrapped key"},
    {"key.unknown_key_id", "a key is wrapped by a root key that the keyring does not have"},
    {"editions.missing", "documents are missing in the folder of editions"},
    {"editions.malformed", "a document of the editions has a fault"},
    {"backup.file_exists", "there is a copy of that name already"},
    {"backup.file_missing", "the copy or its manifest is not there"},
    {"backup.manifest_malformed", "that is no manifest of a copy"},
    {"backup.damaged", "the copy is not what its manifest says: it is damaged or another one"},
    {"backup.other_part", "that is a copy of the other database"},
    {"backup.other_engine", "the copy is of another database engine than the configured one"},
    {"backup.other_deployment", "the copy belongs to another installation"},
    {"backup.root_retired", "the keys in the copy were wrapped by a root key that is retired"},
    {"backup.target_not_empty", "the database to be filled holds something already"},
    {"backup.tool", "the database's own tool failed"},
    {"editions.untranslated", "an edition lacks one of the languages"},
    {"phone.malformed", "that is no phone number; write it as +7 900 123-45-67"},
    {"citizen.unknown", "no account has this number; the person registers first"},
    {"staff.role_unknown",
     "there is no such role; there are registrar and data_protection_officer"},
    {"staff.no_such_role",
     "this person does not have the role; `beresta staff list` tells who has"},
    {"id.malformed", "that is no id: 36 characters such as 018f3c2e-0000-7000-8000-000000000000"},
    {"request.unknown", "there is no such request; `beresta requests list` tells what is open"},
    {"request.number", "that is no number of a request, such as 261126-48151-7, nor an id"},
    {"request.number_shared", "requests of that day share the number; name one by its id"},
    {"file.unreadable", "there is no such file, or it cannot be read"},
    {"json.malformed", "the file is no JSON"},
    {"json.unknown_member",
     "the file has a member that a registration does not know; look for a misspelt name"},
    {"json.member_missing", "the file lacks a member that a registration needs"},
    {"relying_party.claim",
     "\"claims\" asks for something that there is not; look for a misspelt name"},
    {"relying_party.uri", "an address in the file is not one that may be used"},
    {"relying_party.unknown", "there is no such party; `beresta relying-party list` tells all"},
    {"relying_party.purpose", "the purpose in words is missing in Russian or English, or too long"},
    {"relying_party.name", "the name is missing in Russian or English, or too long"},
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
