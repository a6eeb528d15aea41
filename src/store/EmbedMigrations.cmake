# beresta_embed_migrations(TARGET DIR SYMBOL): compiles DIR/NNNN_name.sql into TARGET as the function
# SYMBOL ("app::migrations"), which the target declares in a header of its own as
#   namespace app { std::span<const store::Migration> migrations(); }
# This file is also the script that writes the source file at build time.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB scripts "${DIR}/*.sql")
  list(SORT scripts)
  string(REGEX REPLACE "^(.*)::([^:]+)$" "\\1" space "${SYMBOL}")
  string(REGEX REPLACE "^(.*)::([^:]+)$" "\\2" function "${SYMBOL}")
  set(rows "")
  set(last 0)
  foreach(script IN LISTS scripts)
    get_filename_component(stem "${script}" NAME_WE)
    if(NOT stem MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
      message(FATAL_ERROR "${script}: a migration is named 0001_create_thing.sql")
    endif()
    set(name "${CMAKE_MATCH_2}")
    string(REGEX REPLACE "^0*([0-9]+)$" "\\1" number "${CMAKE_MATCH_1}")
    if(NOT number GREATER last)
      message(FATAL_ERROR "${script}: two migrations have the number ${number}")
    endif()
    set(last "${number}")
    file(READ "${script}" sql)
    string(APPEND rows "    Migration{${number}, \"${name}\", R\"beresta_sql(${sql})beresta_sql\"},\n")
  endforeach()
  file(WRITE "${OUTPUT}" "// Written from migrations/*.sql by EmbedMigrations.cmake.
#include <span>
#include <vector>

#include \"store/migration.h\"

namespace ${space} {
std::span<const store::Migration> ${function}();
std::span<const store::Migration> ${function}() {
  using store::Migration;
  static const std::vector<Migration> migrations{
${rows}  };
  return migrations;
}
}  // namespace ${space}
")
  return()
endif()

set(BERESTA_EMBED_MIGRATIONS_SCRIPT "${CMAKE_CURRENT_LIST_FILE}" CACHE INTERNAL "")

function(beresta_embed_migrations target dir symbol)
  file(GLOB scripts CONFIGURE_DEPENDS "${dir}/*.sql")
  string(MAKE_C_IDENTIFIER "${symbol}" stem)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${stem}.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DDIR=${dir}" "-DSYMBOL=${symbol}" "-DOUTPUT=${output}"
            -P "${BERESTA_EMBED_MIGRATIONS_SCRIPT}"
    DEPENDS ${scripts} "${BERESTA_EMBED_MIGRATIONS_SCRIPT}"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
  target_link_libraries(${target} PUBLIC beresta_store)
endfunction()
