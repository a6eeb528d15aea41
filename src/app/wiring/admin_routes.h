// The admin listener's routes: health, readiness, metrics.
// Never served to strangers; what they refer to must outlive them.
#pragma once

#include <atomic>
#include <vector>

#include "app/observe/metrics.h"
#include "app/wiring/platform.h"
#include "http/route.h"

namespace app {

/// @param draining  set when the server is going down; readiness then says no.
[[nodiscard]] std::vector<http::Route> admin_routes(Platform& platform, Metrics& metrics,
                                                    const std::atomic<bool>& draining);

}  // namespace app
