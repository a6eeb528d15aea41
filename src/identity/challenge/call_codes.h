// CallCodes: where the digits of a call come from. They are the last ones of the number that rings,
// so whoever owns the numbers draws them; app/ plugs the operators in. Safe from any thread.
#pragma once

#include <string>

#include "core/rng.h"

namespace identity {

class CallCodes {
 public:
  virtual ~CallCodes() = default;
  /// `digits` digits nobody can foretell, in which a number that can ring now ends.
  [[nodiscard]] virtual std::string draw(core::Rng& rng, int digits) = 0;
};

}  // namespace identity
