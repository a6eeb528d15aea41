// Answers that travel in a redirect: parameters appended to a registered address.
// Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "openid/types.h"

namespace openid {

/// The address with the parameters in its query; whatever query it was registered with stays.
[[nodiscard]] std::string with_query(std::string_view uri, const Parameters& parameters);

}  // namespace openid
