// serve: the main job: listeners and workers around a Platform, until SIGTERM or SIGINT; then no
// new connection is taken, what is in flight finishes, and the process ends.
#pragma once

#include <string>
#include <vector>

#include "app/config/config.h"
#include "app/config/jurisdiction.h"
#include "http/route.h"

namespace app {

/// Runs until told to stop. Tells on standard error, in JSON lines, what it does.
/// @return the process's exit code: 0 ended as asked, 1 could not start, 3 cut requests at the
/// drain's
///   deadline.
[[nodiscard]] int serve(const Config& config, const Jurisdiction& jurisdiction);

/// Every route of both listeners, for `beresta routes` and the test that walks it.
/// Errors: as Platform::make.
[[nodiscard]] core::Result<std::vector<http::Route>> route_table(const Config& config,
                                                                 const Jurisdiction& jurisdiction);

}  // namespace app
