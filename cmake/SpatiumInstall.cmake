# What `cmake --install` puts where, so that other programs say find_package(Spatium) and link
# Spatium::spatium. The binary finds the library beside it, wherever the prefix is moved to.
include(CMakePackageConfigHelpers)

file(RELATIVE_PATH lib_from_bin "/${CMAKE_INSTALL_BINDIR}" "/${CMAKE_INSTALL_LIBDIR}")
set_target_properties(spatium_cli PROPERTIES INSTALL_RPATH "$ORIGIN/${lib_from_bin}")

install(TARGETS spatium EXPORT SpatiumTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS spatium_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY "${CMAKE_SOURCE_DIR}/src/spatium" DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h"
  PATTERN "*_test*.h" EXCLUDE PATTERN "test_*.h" EXCLUDE
  PATTERN "embree.h" EXCLUDE
  PATTERN "registered" EXCLUDE PATTERN "assets" EXCLUDE)
install(FILES "${CMAKE_SOURCE_DIR}/LICENSE" "${CMAKE_SOURCE_DIR}/NOTICE"
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/spatium)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Spatium)
install(EXPORT SpatiumTargets NAMESPACE Spatium:: DESTINATION ${package_dir})
configure_package_config_file("${CMAKE_SOURCE_DIR}/cmake/SpatiumConfig.cmake.in"
  "${CMAKE_BINARY_DIR}/SpatiumConfig.cmake" INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file("${CMAKE_BINARY_DIR}/SpatiumConfigVersion.cmake"
  VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/SpatiumConfig.cmake" "${CMAKE_BINARY_DIR}/SpatiumConfigVersion.cmake"
  DESTINATION ${package_dir})
