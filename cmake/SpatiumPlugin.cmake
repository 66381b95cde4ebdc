# A part of Spatium with heavy dependencies, kept out of libspatium.so so that nothing else needs them
# or waits for them at its start: a module beside the library, opened when first needed
# (base/plugin.h). What links Spatium finds all of them built.
#
#   spatium_add_plugin(NAME LIBRARY...)       # from plugin.cc beside the caller
add_custom_target(spatium_plugins)
function(spatium_add_plugin name)
  add_library(spatium_${name} MODULE plugin.cc)
  target_link_libraries(spatium_${name} PRIVATE spatium ${ARGN})
  set_target_properties(spatium_${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "$<TARGET_FILE_DIR:spatium>")
  install(TARGETS spatium_${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  add_dependencies(spatium_plugins spatium_${name})
endfunction()
