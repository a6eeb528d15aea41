// What every fuzz target shares: the entry point that libFuzzer and replay_main.cpp call. A target
// checks with CORE_ASSERT what must hold of every accepted input, not only that nothing crashes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/assert.h"
#include "core/bytes.h"

/// Runs the parser over one input; returns 0. The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(
    const std::uint8_t* data,  // NOLINT(readability-identifier-naming)
    std::size_t size);
