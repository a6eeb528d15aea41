#include "app/wiring/processing_parts.h"

#include <algorithm>

#include "app/wiring/platform.h"

namespace app {
namespace {

/// How much longer than the rest of the history sign-ins have to be known.
core::Duration beyond_history(const privacy::ProcessingRegister& entries,
                              core::Duration inactive_after) {
  const auto* category = find_named(entries.categories, "history");
  const auto* term = category == nullptr ? nullptr : find_named(entries.terms, category->term);
  const auto kept = std::chrono::hours(24) * (term == nullptr ? 0 : term->days.value_or(0));
  return std::max<core::Duration>(core::Duration::zero(), inactive_after - kept);
}

}  // namespace

ProcessingParts::ProcessingParts(Foundation& ground, vault::Vault& vault,
                                 openid::PartyService& parties, core::Duration inactive_after)
    : parties_(parties),
      service_(std::move(ground.processing), parties_),
      my_data_(*ground.data, service_.entries()),
      requests_(vault),
      operations_(beyond_history(service_.entries(), inactive_after)),
      entries_(vault),
      retention_(
          *ground.data, service_.entries(),
          {&consents_, &acceptances_, &kept_, &requests_, &operations_, &accesses_, &entries_}),
      api_(service_, ground.editions),
      my_data_api_(my_data_) {}

std::vector<http::Route> ProcessingParts::routes() {
  auto routes = api_.routes();
  for (auto& route : my_data_api_.routes()) routes.push_back(std::move(route));
  return routes;
}

}  // namespace app
