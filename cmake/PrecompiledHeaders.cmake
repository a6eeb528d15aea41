# One precompiled header for all rooms and one for all tests: the standard library, which is most of what
# the compiler reads. A room whose files nearly all read something bigger has its own. Each file still names
# what it uses: the presets "dev" and "fuzz" build without (BERESTA_PRECOMPILED=OFF), and there a forgotten
# #include is an error.
option(BERESTA_PRECOMPILED "Precompile headers" ON)
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(BERESTA_PRECOMPILED OFF)
endif()

set(standard_headers <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint>
  <filesystem> <fstream> <functional> <map> <memory> <mutex> <optional> <set> <span> <sstream> <string>
  <string_view> <thread> <unordered_map> <utility> <variant> <vector> <tl/expected.hpp>)

# Tests are compiled once and run once: there is less to gain from optimising them than it takes.
function(beresta_test_flags target)
  target_compile_options(${target} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O1>)
endfunction()

if(BERESTA_PRECOMPILED)
  # The first for ccache, which has to see what header was taken; the second has to be the same for all who
  # share one. The others are false alarms of GCC 12 about std::string, which it keeps quiet only where it
  # reads the library's headers as text.
  target_compile_options(beresta_flags INTERFACE -fpch-preprocess -pthread
    -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
  file(WRITE "${CMAKE_BINARY_DIR}/precompiled.cpp" "")
  add_library(beresta_headers STATIC "${CMAKE_BINARY_DIR}/precompiled.cpp")
  target_link_libraries(beresta_headers PRIVATE beresta_flags)
  target_precompile_headers(beresta_headers PRIVATE ${standard_headers})
  add_library(beresta_test_headers STATIC "${CMAKE_BINARY_DIR}/precompiled.cpp")
  target_link_libraries(beresta_test_headers PRIVATE beresta_flags GTest::gmock)
  beresta_test_flags(beresta_test_headers)
  target_precompile_headers(beresta_test_headers PRIVATE ${standard_headers} <gmock/gmock.h> <gtest/gtest.h>)
endif()

# beresta_precompiled(TARGET [TEST] [HEADERS header...]): lets a target begin with the precompiled headers;
# with HEADERS, with some of its own as well.
function(beresta_precompiled target)
  cmake_parse_arguments(ARG "TEST" "" "HEADERS" ${ARGN})
  if(ARG_TEST)
    beresta_test_flags(${target})
  endif()
  if(NOT BERESTA_PRECOMPILED)
    return()
  elseif(ARG_HEADERS)
    target_precompile_headers(${target} PRIVATE ${standard_headers} ${ARG_HEADERS})
  elseif(ARG_TEST)
    target_precompile_headers(${target} REUSE_FROM beresta_test_headers)
  else()
    target_precompile_headers(${target} REUSE_FROM beresta_headers)
  endif()
endfunction()
