# beresta_room(NAME DEPENDS rooms... LIBRARIES targets... PRECOMPILE headers...): one library from
# src/NAME/*.cpp without
# *_test.cpp, one GoogleTest binary from src/NAME/*_test.cpp, labelled "unit".
add_library(beresta_flags INTERFACE)
target_compile_features(beresta_flags INTERFACE cxx_std_20)
target_compile_options(beresta_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor
  -fstack-protector-strong -fPIE
  $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>
  $<$<BOOL:${BERESTA_WERROR}>:-Werror>)
target_compile_definitions(beresta_flags INTERFACE _GLIBCXX_ASSERTIONS)
target_include_directories(beresta_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
target_link_options(beresta_flags INTERFACE -pie -Wl,-z,relro -Wl,-z,now)
if(BERESTA_SANITIZE)
  target_compile_options(beresta_flags INTERFACE
    -fsanitize=${BERESTA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(beresta_flags INTERFACE -fsanitize=${BERESTA_SANITIZE})
endif()
if(BERESTA_FUZZ)
  target_compile_options(beresta_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(BERESTA_COVERAGE)
  target_compile_options(beresta_flags INTERFACE --coverage)
  target_link_options(beresta_flags INTERFACE --coverage)
endif()
if(BERESTA_LTO)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

include(PrecompiledHeaders)

function(beresta_room name)
  cmake_parse_arguments(ROOM "" "" "DEPENDS;LIBRARIES;TEST_LIBRARIES;PRECOMPILE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  string(REPLACE "/" "_" target "${name}")
  list(TRANSFORM ROOM_DEPENDS PREPEND beresta_)
  if(sources)
    add_library(beresta_${target} STATIC ${sources})
    beresta_precompiled(beresta_${target} HEADERS ${ROOM_PRECOMPILE})
    set(scope PUBLIC)
  else()
    add_library(beresta_${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(beresta_${target} ${scope} beresta_flags ${ROOM_DEPENDS} ${ROOM_LIBRARIES})
  if(tests AND NOT BERESTA_FUZZ)
    add_executable(${target}_test ${tests})
    beresta_precompiled(${target}_test TEST)
    target_link_libraries(${target}_test PRIVATE beresta_${target} GTest::gmock GTest::gtest_main
                                                 ${ROOM_TEST_LIBRARIES})
    # Tests read their data from the source tree and are run from its root; a relative path keeps object
    # files the same in every checkout, so that one compiler cache serves them all.
    target_compile_definitions(${target}_test PRIVATE BERESTA_SOURCE_DIR=".")
    add_test(NAME ${target} COMMAND ${target}_test WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    set_tests_properties(${target} PROPERTIES LABELS unit)
  endif()
endfunction()
