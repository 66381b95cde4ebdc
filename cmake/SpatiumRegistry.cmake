# One file in a registry folder = one entry. Appends to `out_sources` a generated, sorted,
# constant table that names every entry, so that a forgotten or misnamed definition is a link
# error and nothing depends on static initialisers surviving a static library.
#
#   spatium_add_registry(out_sources KIND header dir)
# A file dir/x.cc defines `const KINDInfo& KINDInfo_x()`; the table is `std::span<const KINDEntry> KINDs()`.
function(spatium_add_registry out_sources kind header dir)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*.cc")
  list(FILTER files EXCLUDE REGEX "_test\\.cc$")
  list(SORT files)
  set(decls "")
  set(rows "")
  foreach(f IN LISTS files)
    get_filename_component(stem "${f}" NAME_WE)
    string(APPEND decls "const ${kind}Info& ${kind}Info_${stem}();\n")
    string(APPEND rows "    {\"${stem}\", ${kind}Info_${stem}},\n")
  endforeach()
  list(LENGTH files n)
  string(REPLACE "/" "_" table "${dir}")
  set(path "${CMAKE_CURRENT_BINARY_DIR}/${table}_table.cc")
  if(n EQUAL 0)
    set(body "std::span<const ${kind}Entry> ${kind}s() { return {}; }\n")
  else()
    set(body "static constexpr ${kind}Entry kTable[] = {\n${rows}};\nstd::span<const ${kind}Entry> ${kind}s() { return kTable; }\n")
  endif()
  file(CONFIGURE OUTPUT "${path}" CONTENT
"#include \"spatium/${header}\"\n\nnamespace spatium {\n\n${decls}${body}\n}  // namespace spatium\n" @ONLY)
  set(${out_sources} ${${out_sources}} "${path}" PARENT_SCOPE)
endfunction()
