#include "app/config/transparency_config.h"

#include "app/config/witness_setting.h"
#include "audit/signed_note.h"

namespace app {
namespace {

const SectionOf<TransparencySettings> kTransparency{
    "transparency",
    [](ConfigDraft& draft) -> TransparencySettings& { return draft.config.transparency; }};

const TextRule kOrigin{"a name without spaces and plus signs", [](std::string_view text) {
                         return text.empty() || audit::is_key_name(text);
                       }};

const TextRule kWitness{
    "a witness's key, NAME+ID+KEY of type 0x04, and after a space the address to send to, if any",
    [](std::string_view text) { return WitnessSetting::parse(text).has_value(); }};

}  // namespace

std::vector<Setting> transparency_settings() {
  using S = TransparencySettings;
  return {text(kTransparency, &S::origin, kOrigin, {"origin", "\"id.example/log\""}),
          text_list(kTransparency, &S::witnesses, kWitness, {"witnesses", "[]"})};
}

}  // namespace app
