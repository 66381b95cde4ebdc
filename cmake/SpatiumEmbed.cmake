# Text files of a folder (style sheets, scripts) as constants of the library, so that the pages it
# writes need no file beside them. Appends to `out_sources` a generated table that defines
#   std::string_view FUNCTION(std::string_view file_name);   // empty for an unknown name
function(spatium_embed out_sources function dir)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*")
  list(SORT files)
  set(rows "")
  foreach(f IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${f}")
    get_filename_component(name "${f}" NAME)
    file(READ "${f}" text)
    string(APPEND rows "    {\"${name}\", R\"__asset__(${text})__asset__\"},\n")
  endforeach()
  string(REPLACE "/" "_" table "${dir}")
  set(path "${CMAKE_CURRENT_BINARY_DIR}/${table}_table.cc")
  file(CONFIGURE OUTPUT "${path}" CONTENT
"#include <string_view>\n
namespace spatium {\n
std::string_view ${function}(std::string_view file_name);
std::string_view ${function}(std::string_view file_name) {
  struct Row { std::string_view name, text; };
  static constexpr Row kTable[] = {\n${rows}};
  for (const Row& row : kTable)
    if (row.name == file_name) return row.text;
  return {};
}\n
}  // namespace spatium\n" @ONLY)
  set(${out_sources} ${${out_sources}} "${path}" PARENT_SCOPE)
endfunction()
