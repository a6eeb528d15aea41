#include "app/config/second_factor_config.h"

#include "identity/authenticator/second_factor_gate.h"

namespace app {
namespace {

const SectionOf<SecondFactorSettings> kSecondFactor{
    "second_factor",
    [](ConfigDraft& draft) -> SecondFactorSettings& { return draft.config.second_factor; }};

const TextRule kDemand{"nobody, verified or everybody", [](std::string_view text) {
                         return identity::find_second_factor_demand(text).has_value();
                       }};

}  // namespace

std::vector<Setting> second_factor_settings() {
  return {text(kSecondFactor, &SecondFactorSettings::demanded_of, kDemand,
               {"demanded_of", "\"nobody\""})};
}

}  // namespace app
