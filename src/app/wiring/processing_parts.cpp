#include "app/wiring/processing_parts.h"

#include "app/wiring/platform.h"

namespace app {

ProcessingParts::ProcessingParts(Foundation& ground, vault::Vault& vault,
                                 openid::PartyService& parties)
    : parties_(parties),
      service_(std::move(ground.processing), parties_),
      my_data_(*ground.data, service_.entries()),
      requests_(vault),
      retention_(*ground.data, service_.entries(), {&consents_, &acceptances_, &kept_, &requests_}),
      api_(service_, ground.editions),
      my_data_api_(my_data_) {}

std::vector<http::Route> ProcessingParts::routes() {
  auto routes = api_.routes();
  for (auto& route : my_data_api_.routes()) routes.push_back(std::move(route));
  return routes;
}

}  // namespace app
