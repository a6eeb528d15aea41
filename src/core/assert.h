// CORE_ASSERT: a broken invariant of our own ends the process in every build, so that no wrong
// state reaches a citizen's data. Never used for what a caller, the network or a disk can cause
// (see result.h).
#pragma once

namespace core {

/// Writes file, line and expression to stderr and calls std::abort.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace core

#define CORE_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::core::assertion_failed(#expression, __FILE__, __LINE__))
