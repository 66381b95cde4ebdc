# One test program per layer: every src/spatium/LAYER/**/*_test.cc is linked into LAYER_test.
find_package(GTest REQUIRED)
include(GoogleTest)
find_package(TBB REQUIRED)

file(GLOB layers RELATIVE "${CMAKE_SOURCE_DIR}/src/spatium" CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/spatium/*")
add_custom_target(all_tests)
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/tmp")
foreach(layer IN LISTS layers)
  file(GLOB_RECURSE tests CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/spatium/${layer}/*_test.cc")
  if(NOT tests)
    continue()
  endif()
  add_executable(${layer}_test ${tests})
  target_link_libraries(${layer}_test PRIVATE spatium GTest::gmock GTest::gtest_main)
  target_include_directories(${layer}_test PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  # SPATIUM_SHARED_DIR: real data that is never part of the project; tests skip where it is absent.
  target_compile_definitions(${layer}_test PRIVATE
    SPATIUM_SOURCE_DIR="${CMAKE_SOURCE_DIR}" SPATIUM_SHARED_DIR="${CMAKE_SOURCE_DIR}/../shared"
    SPATIUM_BINARY="$<TARGET_FILE:spatium_cli>" SPATIUM_TEST_PROGRAMS="${CMAKE_BINARY_DIR}/tests")
  add_dependencies(${layer}_test spatium_cli)
  add_dependencies(all_tests ${layer}_test)
  add_test(NAME ${layer} COMMAND ${layer}_test)
  # Temporary files in the build folder: two checkouts under test do not meet.
  set_tests_properties(${layer} PROPERTIES TIMEOUT 1200 LABELS unit
    ENVIRONMENT "TMPDIR=${CMAKE_BINARY_DIR}/tmp;TEST_TMPDIR=${CMAKE_BINARY_DIR}/tmp/")
endforeach()

# The subset that ThreadSanitizer runs: layers with threads of their own.
add_custom_target(tsan_tests)
foreach(layer IN ITEMS base benchmarks chat qa render visibility)
  if(TARGET ${layer}_test)
    set_property(TEST ${layer} APPEND PROPERTY LABELS tsan)
    add_dependencies(tsan_tests ${layer}_test)
    if(SPATIUM_SANITIZE MATCHES thread)
      set_property(TEST ${layer} APPEND PROPERTY ENVIRONMENT
        "TSAN_OPTIONS=suppressions='${CMAKE_SOURCE_DIR}/tests/tsan.supp'")
    endif()
  endif()
endforeach()
