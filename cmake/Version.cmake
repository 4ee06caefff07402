# The commit is read when CMake configures; a copy without git history says "unknown".
execute_process(
  COMMAND git -C "${CMAKE_SOURCE_DIR}" rev-parse --short=12 HEAD
  OUTPUT_VARIABLE OHMLOOP_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT OHMLOOP_COMMIT)
  set(OHMLOOP_COMMIT "unknown")
endif()
