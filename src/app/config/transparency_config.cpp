#include "app/config/transparency_config.h"

#include "audit/signed_note.h"

namespace app {
namespace {

const SectionOf<TransparencySettings> kTransparency{
    "transparency",
    [](ConfigDraft& draft) -> TransparencySettings& { return draft.config.transparency; }};

const TextRule kOrigin{"a name without spaces and plus signs", [](std::string_view text) {
                         return text.empty() || audit::is_key_name(text);
                       }};

const TextRule kWitness{"a witness's key, NAME+ID+KEY of type 0x04", [](std::string_view text) {
                          const auto key = audit::NoteVerifier::parse(text);
                          return key && key->type() == audit::NoteKeyType::kCosignature;
                        }};

}  // namespace

std::vector<Setting> transparency_settings() {
  using S = TransparencySettings;
  return {text(kTransparency, &S::origin, kOrigin, {"origin", "\"id.example/log\""}),
          text_list(kTransparency, &S::witnesses, kWitness, {"witnesses", "[]"})};
}

}  // namespace app
