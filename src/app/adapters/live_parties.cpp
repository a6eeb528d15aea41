#include "app/adapters/live_parties.h"

namespace app {

core::Result<std::vector<privacy::LocalTexts>> RegisteredParties::live_parties(core::Instant now) {
  TRY(const auto parties, parties_.list(now));
  std::vector<privacy::LocalTexts> names;
  for (const auto& party : parties) {
    // One that only offers a service and is told nothing about people is no recipient.
    if (party->disabled || party->claims.empty()) continue;
    names.push_back({{"ru", party->name.ru}, {"en", party->name.en}});
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace app
