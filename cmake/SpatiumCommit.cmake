# cmake -DSOURCE=DIR -DOUT=FILE -P SpatiumCommit.cmake: writes the commit that DIR is at, "+" if its
# tracked files differ from it; "unknown" outside of a git checkout. An unchanged file is left alone.
set(commit unknown)
execute_process(COMMAND git -C "${SOURCE}" rev-parse --short=12 HEAD OUTPUT_VARIABLE head
  OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE code ERROR_QUIET)
if(code EQUAL 0)
  set(commit "${head}")
  execute_process(COMMAND git -C "${SOURCE}" diff --quiet HEAD RESULT_VARIABLE changed ERROR_QUIET)
  if(NOT changed EQUAL 0)
    string(APPEND commit "+")
  endif()
endif()
file(CONFIGURE OUTPUT "${OUT}" CONTENT "#define SPATIUM_COMMIT \"${commit}\"\n")
